"""The command as scripts and people use it: help, exit codes, what is data and what is talk."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from commands import search
from tests.command import COMMAND
from tests.postgresql import switch
from tests.sample_archive import ROOT, SampleArchive
from tests.small_scans import ingest, page, small_archive_in, small_scans_in

COMMANDS = sorted(main.commands)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory) -> SampleArchive:
    """An archive with the small scans taken in, only to be read."""
    folder = tmp_path_factory.mktemp("taken-in")
    archive = small_archive_in(folder)
    ingest(archive, small_scans_in(folder / "scans"))
    return archive


@pytest.fixture
def own(taken_in, tmp_path) -> SampleArchive:
    """A copy of it, and of its scans, that the test may change."""
    return SampleArchive(switch.copied(taken_in.folder, tmp_path / "own"))


def test_the_commands_are_those_that_were_promised():
    assert {"ingest", "search", "serve", "reindex", "export", "verify", "check", "demo"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_and_is_in_the_readme(command, small_archive):
    done = small_archive.rescate(command, "--help")
    assert done.returncode == 0 and len(done.stdout.splitlines()) > 4
    assert f"rescate {command}" in (ROOT / "README.md").read_text("utf-8") or f"make {command}" in (
        ROOT / "README.md"
    ).read_text("utf-8")


def test_stdout_is_data_and_stderr_is_talk(taken_in):
    done = taken_in.rescate("search", "leaf", "--json")
    answer = json.loads(done.stdout)
    assert set(answer) == {"total", "hits", "facets"} and answer["total"] == len(answer["hits"]) == 2
    assert set(answer["hits"][0]) >= {"item", "page", "title", "date", "score", "snippet", "url"}
    assert set(answer["facets"]) >= {"date", "place", "language", "genre"}
    plain = taken_in.rescate("search", "leaf")
    assert "2 pages" in plain.stderr and "2 pages" not in plain.stdout and "leaf" in plain.stdout


@pytest.mark.parametrize(("number", "said"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages")])
def test_one_page_is_one_page(number, said):
    assert search._pages(number) == said


def test_what_was_searched_is_said(taken_in):
    said = taken_in.rescate("search", "1983 OR OR leaf -hombres").stderr.splitlines()
    assert said[0].startswith("1983: these words, or documents of that time")
    assert said[1].startswith("leaf: accents aside")
    assert said[2].startswith("not hombres: accents aside, and other endings: hombr…")
    assert said[3] == "left out: OR"
    refused = taken_in.rescate("search", "date:1981-1984")
    assert refused.returncode and "date:1982..1984" in refused.stderr and "Perhaps: date:1981..1984" in refused.stderr


def test_a_query_may_begin_with_a_minus(taken_in):
    assert taken_in.json("search", "-leaf")["total"] == 1
    assert taken_in.json("search", "-hombre")["total"] == 3


def test_an_empty_query_means_everything(taken_in):
    assert taken_in.json("search", "")["total"] == taken_in.json("search")["total"] == 3


def test_hits_can_be_paged_through(taken_in):
    pages = [taken_in.json("search", "--size", 1, "--offset", n, "--sort", "date")["hits"][0]["page"] for n in range(3)]
    assert len(set(pages)) == 3
    assert taken_in.json("search", "--offset", 3)["hits"] == []


def test_a_copy_of_the_settings_elsewhere_is_an_archive_of_its_own(tmp_path, small_scans):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        switch.settings_in(tmp_path / name, ROOT / "config.yaml")
    one, two = (SampleArchive(tmp_path / name / "config.yaml") for name in ("one", "two"))
    ingest(one, small_scans / "a.png")
    assert one.json("search", "", "--size", 0)["total"] == 1
    empty = two.rescate("search", "")
    assert empty.returncode != 0 and "rescate ingest" in empty.stderr
    assert {path.name for path in (tmp_path / "one").iterdir()} == {"config.yaml", "data"}


def test_the_settings_above_are_found_from_any_folder_below(own):
    deep = own.folder / "a" / "b"
    deep.mkdir(parents=True)
    done = subprocess.run([COMMAND, "search", "leaf", "--json"], cwd=deep, capture_output=True, text=True)
    assert json.loads(done.stdout)["total"] == 2


@pytest.mark.parametrize(
    "written, said",
    [
        ("serch: {}\n", "search"),
        ("search: {engin: embedded}\n", "search.engine"),
        ("search: {engine: solr}\n", "embedded, elasticsearch"),
        ("ingest: {workers: many}\n", "whole number"),
        ("[\n", "YAML"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, written, said):
    (tmp_path / "config.yaml").write_text(written)
    done = SampleArchive(tmp_path / "config.yaml").rescate("search", "")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("number", ["2147483648", "9223372036854775808"])
@pytest.mark.parametrize(
    "command", [["batch", "undo", "--yes"], ["report"], ["redo", "--batch"], ["verify", "--older-than"]]
)
def test_a_number_that_no_database_counts_to_is_no_number(command, number):
    done = CliRunner().invoke(main, [*command, number])
    assert done.exit_code == 2 and "is not in the range" in done.output


@pytest.mark.parametrize("query", ['"', "(", "*", "-", "a*b", "date:never", "\\", "a:b:c", "ñ OR", "😀", "' OR 1=1 --"])
def test_no_query_ends_in_a_traceback(taken_in, query):
    done = taken_in.rescate("search", "--json", "--", query)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or (done.returncode == 2 and done.stderr.startswith("rescate: "))


@pytest.mark.parametrize(
    "format, begins",
    [
        ("ris", "TY  - "),
        ("bibtex", "@"),
        ("csl-json", "["),
        ("csv", "\ufeff"),
        ("chicago-notes", ""),
        ("mla", ""),
        ("apa", ""),
    ],
)
def test_citations_go_to_stdout(taken_in, format, begins):
    done = taken_in.rescate("export", "--query", "leaf", "--format", format)
    assert done.returncode == 0 and done.stdout.startswith(begins) and done.stderr == ""
    assert done.stdout.count("ark:99999/") >= 2


def test_citations_of_nothing_are_nothing_and_no_error(taken_in):
    done = taken_in.rescate("export", "--query", "nowhere", "--format", "ris")
    assert (done.returncode, done.stdout) == (0, "")


def test_an_unknown_format_is_said_with_those_there_are(taken_in):
    done = taken_in.rescate("export", "--format", "endnote")
    assert done.returncode == 2 and "ris" in done.stderr and "Traceback" not in done.stderr


def test_whole_items_are_cited_once(taken_in):
    done = taken_in.rescate("export", "--query", "leaf", "--format", "ris", "--items")
    assert done.stdout.count("TY  - ") == 1


def test_fixity_finds_what_changed_and_what_is_gone(small_archive, small_scans):
    taken_in = small_archive
    ingest(taken_in, small_scans)
    assert taken_in.rescate("verify").returncode == 0
    page(small_scans / "a.png", "Another text")
    (small_scans / "b" / "b-1.png").unlink()
    done = taken_in.rescate("verify", "--json")
    states = {Path(one["path"]).name: one["state"] for one in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 1 and states == {"a.png": "changed", "b-1.png": "missing", "b-2.png": "intact"}
    assert "1 intact, 1 missing, 1 changed" in taken_in.rescate("verify").stderr


def test_check_says_what_is_well_and_what_to_do(taken_in, empty_archive):
    done = taken_in.rescate("check")
    assert done.returncode == 0 and "FAIL" not in done.stdout and "Tesseract" in done.stdout
    bare = empty_archive.rescate("check")
    assert bare.returncode == 1 and "rescate ingest" in bare.stdout


def test_check_names_a_language_that_is_not_installed(small_archive):
    small_archive.config.write_text(small_archive.config.read_text().replace("[eng]", "[zzz]"))
    done = small_archive.rescate("check")
    assert done.returncode == 1 and "zzz" in done.stdout and "tesseract-ocr-zzz" in done.stdout


def test_the_index_is_built_anew_from_the_catalog(own):
    shutil.rmtree(own.folder / "data" / "index")
    assert own.rescate("search", "leaf").returncode != 0
    assert own.rescate("reindex").returncode == 0
    assert own.json("search", "leaf")["total"] == 2


def test_the_staff_index_is_asked_only_where_there_is_one(empty_archive, small_scans):
    ingest(empty_archive, small_scans / "a.png")
    done = empty_archive.rescate("search", "", "--staff")
    assert done.returncode != 0 and "search.staff_index" in done.stderr
    assert not (empty_archive.folder / "data" / "index" / "staff").exists()
