"""What a survey finds, passes over and refuses."""

import os

import pytest

from ingest.intake.survey import absolute, survey

IGNORE = (".*", "Thumbs.db", "README*", "truth")


@pytest.fixture
def scans(tmp_path):
    for name in (
        "b/2.tif",
        "b/1.tif",
        "a.jpg",
        "b/truth/1.txt",
        ".hidden",
        "thumbs.DB",
        "readme.txt",
        "b/Metadata.CSV",
        "pages.csv",
        "components.csv",
        "b/metadata.xlsx",
    ):
        path = tmp_path / "scans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "scans"


def test_files_come_in_order_with_their_place_below_the_given_folder(scans):
    found = survey([scans], IGNORE)
    assert [one.relative for one in found.files] == ["a.jpg", "b/1.tif", "b/2.tif"]
    assert {one.root for one in found.files} == {scans}
    assert (found.files[0].size, found.files[0].mtime_ns) == (5, (scans / "a.jpg").stat().st_mtime_ns)


def test_sheets_are_set_apart_whatever_the_case_of_their_names(scans):
    assert [(one.relative, one.kind) for one in survey([scans], IGNORE).sheets] == [
        ("b/Metadata.CSV", "metadata"),
        ("b/metadata.xlsx", "metadata"),
        ("components.csv", "components"),
        ("pages.csv", "pages"),
    ]


def test_what_is_passed_over_is_counted_by_pattern_and_a_folder_counts_once(scans):
    assert survey([scans], IGNORE).passed_over_by_pattern == {".*": 1, "Thumbs.db": 1, "README*": 1, "truth": 1}


def test_what_is_named_itself_is_taken_whatever_its_name(scans):
    found = survey([scans / ".hidden", scans / "b" / "truth"], IGNORE)
    assert [(one.relative, one.root.name) for one in found.files] == [(".hidden", "scans"), ("1.txt", "truth")]


def test_a_file_named_twice_is_listed_once(scans):
    assert [one.relative for one in survey([scans, scans / "b", scans / "a.jpg"], IGNORE).files] == [
        "a.jpg",
        "b/1.tif",
        "b/2.tif",
    ]


def test_links_are_followed_but_not_in_circles(scans):
    (scans / "b" / "again").symlink_to(scans)
    (scans / "linked.tif").symlink_to(scans / "b" / "1.tif")
    (scans / "lost.tif").symlink_to(scans / "nowhere")
    found = survey([scans], IGNORE)
    assert "linked.tif" in [one.relative for one in found.files] and len(found.files) == 4
    assert {one.relative: one.reason for one in found.refused} == {
        "b/again": "is a link back to a folder it stands in",
        "lost.tif": "is a link to nothing",
    }


def test_a_pipe_is_refused_and_never_opened(scans):
    os.mkfifo(scans / "pipe.tif")
    assert [(one.relative, one.reason) for one in survey([scans], IGNORE).refused] == [
        ("pipe.tif", "is neither a file nor a folder")
    ]


def test_a_path_that_is_not_there_is_refused_by_name(tmp_path):
    (refused,) = survey([tmp_path / "gone"]).refused
    assert (refused.path.name, refused.reason) == ("gone", "does not exist") and refused.remedy


def test_a_folder_that_may_not_be_read_is_refused_and_the_others_are_walked(scans, monkeypatch):
    # Root may read every folder, so the refusal is played.
    real = os.scandir
    monkeypatch.setattr(
        os,
        "scandir",
        lambda path: real(path) if path.name != "b" else (_ for _ in ()).throw(PermissionError(13, "denied")),
    )
    found = survey([scans], IGNORE)
    assert [one.relative for one in found.files] == ["a.jpg"]
    assert [(one.relative, one.reason) for one in found.refused] == [("b", "may not be read")]


@pytest.fixture
def outside(tmp_path):
    """A folder beside the scans, with a secret in it."""
    (tmp_path / "outside" / "below").mkdir(parents=True)
    (tmp_path / "outside" / "secret.tif").write_text("secret")
    (tmp_path / "outside" / "below" / "deep.tif").write_text("deep")
    return tmp_path / "outside"


def refused(found):
    return {one.relative: (one.reason, one.remedy) for one in found.refused}


@pytest.mark.parametrize("target", ["secret.tif", "below", ".", "../outside/secret.tif", "../scans/../outside"])
def test_a_link_that_leads_out_is_not_taken_in(scans, outside, target):
    (scans / "b" / "out.tif").symlink_to(f"../../outside/{target}")
    (scans / "chain.tif").symlink_to(scans / "b" / "out.tif")
    found = survey([scans], IGNORE)
    assert not {one.path.name for one in found.files} & {"out.tif", "chain.tif", "secret.tif", "deep.tif"}
    said = refused(found)
    assert set(said) == {"b/out.tif", "chain.tif"}
    for reason, remedy in said.values():
        assert "leads out of the ingested folders" in reason and "as a path of its own" in remedy


def test_links_to_system_files_and_to_a_file_above_are_refused(scans):
    (scans.parent / "above.tif").write_text("x")
    (scans / "passwd.tif").symlink_to("/etc/passwd")
    (scans / "up.tif").symlink_to("../above.tif")
    (scans / "upper").symlink_to("..")
    assert set(refused(survey([scans], IGNORE))) == {"passwd.tif", "up.tif", "upper"}


def test_a_sheet_that_is_a_link_out_of_the_folder_is_refused(scans, outside):
    (outside / "metadata.csv").write_text("id,file\n")
    (scans / "metadata.csv").symlink_to(outside / "metadata.csv")
    found = survey([scans], IGNORE)
    assert "metadata.csv" in refused(found) and "metadata.csv" not in [one.relative for one in found.sheets]


def test_what_was_asked_for_by_name_may_be_a_link_and_so_may_links_into_it(scans, outside):
    (scans / "out").symlink_to(outside)
    (scans.parent / "way").symlink_to(outside)
    assert "out/secret.tif" in [one.relative for one in survey([scans, outside], IGNORE).files]
    assert "out/secret.tif" in [one.relative for one in survey([scans, scans.parent / "way"], IGNORE).files]
    assert [one.relative for one in survey([scans / "out"]).files] == ["below/deep.tif", "secret.tif"]
    assert "out/secret.tif" in [one.relative for one in survey([scans], IGNORE, roots=[outside]).files]
    (scans / "one.tif").symlink_to(outside / "secret.tif")
    assert [one.relative for one in survey([scans / "one.tif"]).files] == ["one.tif"]


def test_a_link_out_and_in_again_leads_nowhere_strange(scans, outside):
    (outside / "back.tif").symlink_to(scans / "a.jpg")
    (scans / "round.tif").symlink_to(outside / "back.tif")
    assert "round.tif" in [one.relative for one in survey([scans], IGNORE).files]


@pytest.mark.parametrize(
    "written", ["scans", "scans/", "./scans", "scans/.", "b/../scans", "scans/b/..", "../{here}/scans", "scans//"]
)
def test_a_folder_may_be_written_in_any_way(scans, monkeypatch, written):
    (scans.parent / "b").mkdir()
    monkeypatch.chdir(scans.parent)
    path = written.format(here=scans.parent.name)
    assert absolute(path) == scans
    assert {one.relative for one in survey([path], IGNORE).files} == {"a.jpg", "b/1.tif", "b/2.tif"}


def test_up_from_a_link_is_up_from_what_it_leads_to(scans, outside):
    (scans / "link").symlink_to(outside / "below")
    assert absolute(scans / "link" / "..") == outside
    assert absolute(scans / "link") == scans / "link"
