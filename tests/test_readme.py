"""README.md and the pages in docs/ are true: their commands are run, their tables compared with the program."""

import csv
import json
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cli
from archive import errors
from archive.citation.formats import FORMATS
from tests.command import COMMAND
from tests.postgresql import switch
from tests.sample_archive import ROOT, SCANS, answers, free_port

DOCS = ROOT / "docs"
#: README.md first, then as it names them: what is run, in its order.
PAPERS = (
    ROOT / "README.md",
    *(
        DOCS / f"{name}.md"
        for name in (
            "batches",
            "describing",
            "reading",
            "scripts",
            "deployment",
            "preservation",
            "design",
            "glossary",
            "settings",
        )
    ),
)
README = PAPERS[0].read_text("utf-8")
SCRIPTS = (DOCS / "scripts.md").read_text("utf-8")
DESCRIBING = (DOCS / "describing.md").read_text("utf-8")
#: Commands that no test can run within itself, with what is looked at instead.
ELSEWHERE = {
    "make demo": "test_the_make_targets_are_there",
    "make test": "test_the_make_targets_are_there; this very suite",
    "docker compose up elasticsearch": "test_compose.py",
    "docker compose up postgresql": "test_compose.py",
}
#: Commands that stay: they are asked for a page and ended.
STAYING = {"serve", "review"}


def commands():
    """Every command in the `sh` blocks of all papers, in order."""
    for block in re.findall(r"^```sh\n(.*?)^```", "".join(one.read_text("utf-8") for one in PAPERS), re.M | re.S):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()


@pytest.fixture
def workplace(own_archive):
    """The folder where a reader of the README stands: settings, an archive in data/, and scans/."""
    (own_archive.folder / "scans").symlink_to(SCANS)
    port = free_port()
    text = own_archive.config.read_text("utf-8")
    own_archive.config.write_text(re.sub(r"^  port: \d+", f"  port: {port}", text, flags=re.M), "utf-8")
    return own_archive.folder, f"http://127.0.0.1:{port}"


def in_shell(line, folder, **options):
    return {
        "args": ["bash", "-euo", "pipefail", "-c", line],
        "cwd": folder,
        "text": True,
        "env": {**os.environ, "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"},
        **options,
    }


def make_room(folder):
    """Gives the restored archive another database: the dump's own settings name the one that was dumped."""
    if switch.ON:
        (folder / "restored").mkdir()
        switch.settings_in(folder / "restored", ROOT / "config.yaml")


def test_every_command_does_what_is_said(workplace):
    folder, address = workplace
    for line in commands():
        if line in ELSEWHERE:
            continue
        if STAYING & set(shlex.split(line)):
            process = subprocess.Popen(**in_shell(f"exec {line}", folder, stderr=subprocess.PIPE))
            try:
                for _ in range(6000):
                    if answers(address) or process.poll() is not None:
                        break
                    time.sleep(0.1)
                assert process.poll() is None, f"{line}\n{process.stderr.read()}"
                assert answers(address), line
            finally:
                process.terminate()
                process.communicate(timeout=600)
            continue
        if " restore " in line:
            make_room(folder)
        done = subprocess.run(**in_shell(line, folder, capture_output=True, timeout=1200))
        if switch.ON and line.startswith("cp config.yaml"):
            # Another archive wants another database; this one is as the settings are shipped.
            switch.at(folder / "my-archive" / "config.yaml", "")
        assert done.returncode == 0, f"{line}\n{done.stdout[-1000:]}\n{done.stderr[-2000:]}"
        if line.startswith("rescate search"):
            assert done.stdout.strip(), f"{line}: finds nothing among the samples"
    assert (folder / "morazan.ris").read_text("utf-8").startswith("TY  - ")
    assert list((folder / "texts").rglob("*.txt"))
    assert (folder / "my-archive" / "data" / "catalog.sqlite").exists()


def test_nothing_is_excused_that_is_not_in_the_papers():
    assert set(ELSEWHERE) <= set(commands())


@pytest.mark.parametrize("target", ["setup", "demo", "test", "test-postgresql", "bench", "samples", "clean", "help"])
def test_the_make_targets_are_there(target):
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_make_alone_lists_every_target():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {"setup", "demo", "test", "bench", "samples", "clean"} <= set(re.findall(r"^  (\w+)\s", listed, re.M))


def test_the_table_of_commands_is_whole():
    table = re.search(r"^\| to \| run \| read \|\n(.*?)\n\n", README, re.M | re.S)[1]
    assert set(re.findall(r"`rescate ([\w-]+)`", table)) == set(cli.main.commands)


@pytest.mark.parametrize("name", ["commands.md", "errors.md"])
def test_what_is_generated_is_current(name):
    """In a process of its own: Click lays help out by the width that it is told."""
    program = "import runpy, sys; print(runpy.run_path('docs/reference.py')['PAGES'][sys.argv[1]](), end='')"
    asked = [sys.executable, "-c", program, name]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (DOCS / name).read_text("utf-8") == done.stdout, "write it anew: python docs/reference.py"


def test_a_word_of_the_house_means_one_thing():
    words = re.findall(r"^\| ([^|]+) \|", (DOCS / "glossary.md").read_text("utf-8"), re.M)[2:]
    assert len(words) > 50 and words == sorted(set(words), key=str.casefold)


def expected_table(sheet):
    """The table of a spreadsheet's columns, from archive/elements.tsv."""
    lines = ["| column | what it says | Dublin Core | archival |", "|---|---|---|---|"]
    with (ROOT / "archive" / "elements.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["sheet"] == sheet:
                name = f"`{row['column']}`" + " *" * (row["required"] == "yes")
                cells = (name, row["explanation_en"], row["dublin_core"], row["archival"])
                lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


@pytest.mark.parametrize("sheet", ["metadata", "pages", "components"])
def test_the_columns_are_those_of_the_spreadsheets(sheet):
    table = re.search(rf"^\*\*`{sheet}\.csv`\*\*.*?\n\n(.*?)\n\n", DESCRIBING, re.M | re.S)[1]
    assert table == expected_table(sheet)


def promise(opening):
    """The names in a bullet of docs/scripts.md."""
    bullet = re.search(rf"^- `{re.escape(opening)}.*?(?=^- |^```)", SCRIPTS, re.M | re.S)[0]
    return re.findall(r"`([\w-]+)`", bullet)


def test_the_fields_of_ingest_are_as_promised(sample_archive):
    promised = promise("rescate ingest")
    outcomes = {name for name in promised if name in {"added", "kept", "unchanged", "duplicate", "refused", "failed"}}
    assert len(outcomes) == 6
    for one in sample_archive.outcomes:
        assert set(promised) - outcomes <= set(one)
        assert one["outcome"] in outcomes


def test_the_fields_of_search_are_as_promised(sample_archive):
    promised = promise("rescate search")
    found = sample_archive.json("search", "")
    assert set(promised) == {*found, *found["hits"][0]}
    assert found["total"] > 0


def test_the_formats_of_export_are_as_promised():
    assert promise("rescate export --query") == list(FORMATS)


@pytest.mark.parametrize(
    "error",
    [
        errors.ConfigError,
        errors.QueryError,
        errors.ToolMissing,
        errors.EngineUnavailable,
        errors.NotFound,
        errors.Unreadable,
    ],
)
def test_the_exit_codes_are_as_promised(error):
    promised = {
        errors.ConfigError: 2,
        errors.QueryError: 2,
        errors.ToolMissing: 3,
        errors.EngineUnavailable: 4,
        errors.NotFound: 1,
        errors.Unreadable: 1,
    }
    assert error.exit_code == promised[error]


def test_a_backup_restored_is_a_whole_archive(workplace):
    folder, _ = workplace
    backup = [line for line in commands() if "rescate.tar" in line]
    assert len(backup) == 2
    make_room(folder)
    for line in backup:
        subprocess.run(**in_shell(line, folder, capture_output=True, check=True))

    def found(where):
        done = subprocess.run(**in_shell("rescate search Morazán --json", where, capture_output=True, check=True))
        return json.loads(done.stdout)

    assert found(folder)["total"] > 0
    assert found(folder / "restored") == found(folder)


@pytest.mark.parametrize("paper", [*PAPERS, DOCS / "errors.md", ROOT / "bench" / "README.md"], ids=lambda one: one.name)
def test_no_link_leads_nowhere(paper):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", paper.read_text("utf-8")):
        assert target.startswith("https://") or (paper.parent / target).exists(), target


def test_the_samples_are_called_samples():
    assert re.search(r"\*\*The scans in `scans/` are samples\.\*\*", README)
    assert "son muestras" in README


def test_no_machine_is_named_in_what_is_shipped():
    """No folder of a developer's machine: set-up works from any."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout; run this in a clone")
    personal = re.compile(r"/(?:root|home/\w+|work|Users/\w+)/")
    named = []
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if not name or name == Path(__file__).relative_to(ROOT).as_posix() or not path.is_file():
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{name}: {match[0]}" for match in personal.finditer(text)]
    assert named == []
