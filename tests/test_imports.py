"""The walls of the project: who imports whom, how long a module is, what names are not used."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("archive", "commands", "ingest", "search_app")
PRODUCT = sorted([ROOT / "cli.py", *(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))])
WHOLE = sorted([*PRODUCT, *(file for name in ("tests", "scans", "bench") for file in (ROOT / name).rglob("*.py"))])

#: Libraries that open masters or run the reader.
TOOLS = {"pytesseract", "pypdfium2", "pdfplumber", "pdfminer", "pygfried"}
#: Names that say nothing of what a thing is.
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "handler", "handlers", "processor", "service"}
EMPTY_NAMES = EMPTY_WORDS | {"info", "data", "misc", "core", "base"}


def relative(file):
    return file.relative_to(ROOT).as_posix()


def imported(tree):
    """The top-level name of everything a module imports, within its functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


def words(name):
    """The words of a Python name: those of `HTTPServer` and `http_server` are http and server."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


def wide_excepts(tree):
    """The lines of `except:`, `except Exception` and `except BaseException`, alone or among others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(one is None or getattr(one, "id", "") in {"Exception", "BaseException"} for one in caught):
                yield node.lineno


@pytest.fixture(scope="module")
def trees():
    """The syntax tree of every module, by its file."""
    return {file: ast.parse(file.read_text("utf-8"), str(file)) for file in WHOLE}


def test_imports_go_one_way():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--config",
            "setup.cfg",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", done.stdout)


def test_nothing_imports_the_command_line_or_the_tests(trees):
    assert [relative(file) for file in PRODUCT if set(imported(trees[file])) & {"cli", "tests", "bench", "scans"}] == []


def test_the_command_line_itself_knows_its_commands_and_the_archive_only(trees):
    """cli.py is a module, which the contracts on packages do not see."""
    own = {"cli", *PACKAGES}
    assert set(imported(trees[ROOT / "cli.py"])) & own == {"archive", "commands"}


def test_only_the_tools_of_ingest_open_masters(trees):
    assert {
        relative(file): used
        for file in PRODUCT
        if not relative(file).startswith("ingest/tools/") and (used := set(imported(trees[file])) & TOOLS)
    } == {}


def test_only_ingest_runs_programs_and_the_server_more_of_itself(trees):
    running = [
        relative(file)
        for file in PRODUCT
        if not relative(file).startswith("ingest/") and {"subprocess", "multiprocessing"} & set(imported(trees[file]))
    ]
    assert running == ["search_app/processes.py"]


def test_the_command_line_holds_no_sql_and_no_engine(trees):
    assert [
        relative(file)
        for file in PRODUCT
        if relative(file).startswith(("cli.py", "commands/"))
        and set(imported(trees[file])) & {"sqlalchemy", "tantivy", "elasticsearch", "flask", "PIL"}
    ] == []


def test_one_function_makes_a_request_of_what_was_typed(trees):
    def makes(tree):
        called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        return any(getattr(one, "id", getattr(one, "attr", "")) == "SearchRequest" for one in called)

    assert [relative(file) for file in PRODUCT if makes(trees[file])] == ["archive/search/typed.py"]


def test_a_module_says_in_its_first_line_what_it_is(trees):
    silent = []
    for file, tree in trees.items():
        if not tree.body and relative(file).startswith("tests/") and file.name == "__init__.py":
            continue
        first = [line for line in file.read_text("utf-8").splitlines()[:2] if not line.startswith("#!")][:1]
        if not (first and first[0].startswith(('"""', 'r"""')) and len(ast.get_docstring(tree).splitlines()[0]) > 10):
            silent.append(relative(file))
    assert silent == []


def test_no_module_is_long():
    long = {relative(file): lines for file in WHOLE if (lines := len(file.read_text("utf-8").splitlines())) > 500}
    assert long == {}


def test_names_say_what_a_thing_is(trees):
    empty = []
    for file in PRODUCT:
        named = [(file.stem, 1)] + [
            (node.name, node.lineno)
            for node in ast.walk(trees[file])
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        # A method may well be called `common`: it says of whom, and of what.
        empty += [
            f"{relative(file)}:{line} {name}"
            for name, line in named
            if name.lower() in EMPTY_NAMES - {"common"}
            or name.lower() == "common"
            and line == 1
            or (name[:1].isupper() or line == 1)
            and set(words(name)) & EMPTY_WORDS
        ]
    assert empty == []


@pytest.mark.parametrize(
    "place, most", [("cli.py", 1), ("commands/", 0), ("search_app/", 1), ("ingest/", 1), ("archive/", 0)]
)
def test_everything_is_caught_at_three_rims_only(place, most, trees):
    rims = [
        f"{relative(file)}:{line}"
        for file in PRODUCT
        if relative(file).startswith(place)
        for line in wide_excepts(trees[file])
    ]
    assert len(rims) <= most, rims
