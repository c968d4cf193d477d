"""The HTML page of a batch: whole in both languages, self-contained, with a picture where one can be made."""

import io
import stat
from datetime import UTC, datetime

import lxml.html
import pytest
from PIL import Image

from archive import derivatives
from archive.config import Config
from ingest.reports import page as html
from ingest.reports import phrases, pictures, reporting
from ingest.reports.account import Failure, account
from ingest.reports.phrases import Phrases
from ingest.tools.glimpse import SIDE, Glimpse
from tests.ingest.reports.batches import batch, file, page

FILES = [
    (file("a.tif"), [page("a.tif")]),
    (
        file("<b>&.tif", "failed", "1 of 1 pages could not be read: page 1: is damaged: x."),
        [page("<b>&.tif", "failed", "is damaged: x.")],
    ),
    (file("c.tif", "refused", "is empty. Copy it again.", (), 0), []),
]
DAMAGED = Failure("/m/box 1/<b>&.tif", "failed", "is damaged: x.", 1, "p1", "damaged")


def written(language="en", made=None, untried=0, only=frozenset()):
    taken = pictures.Pictures(200, untried, made if made is not None else {DAMAGED: Glimpse(b"jpeg", False)})
    return "".join(
        html.write(
            batch(),
            account(FILES),
            iter(FILES),
            taken,
            Config(),
            Phrases(language),
            datetime(1999, 3, 2, tzinfo=UTC),
            only,
        )
    )


@pytest.mark.parametrize("language, said", [("en", "For staff."), ("es", "Para el personal.")])
def test_the_page_is_whole_and_asks_nobody_for_anything(language, said):
    text = written(language)
    tree = lxml.html.fromstring(text)
    assert tree.get("lang") == language and said in tree.text_content()
    assert not tree.xpath("//script | //link | //iframe") and all(
        src.startswith("data:") for src in tree.xpath("//img/@src")
    )
    assert all(tree.xpath(f"//*[@id='{target}']") for target in (href[1:] for href in tree.xpath("//nav//a/@href")))
    assert all(image.get("alt") for image in tree.xpath("//img"))
    assert [cell.text_content() for cell in tree.xpath("//section//article//p[contains(@class,'path')]")] == [
        "box 1/c.tif",
        "box 1/<b>&.tif, " + ("page 1" if language == "en" else "página 1"),
    ]


def test_the_page_in_spanish_has_only_what_the_ledger_says_in_english():
    tree = lxml.html.fromstring(written("es", untried=3))
    for element in tree.xpath("//*[@lang='en'][not(self::html)]"):
        element.drop_tree()
    left = tree.text_content()
    english = [
        one
        for key, one in phrases.table("en").items()
        if len(one) > 14 and "{" not in one and one in left and one != phrases.table("es")[key]
    ]
    assert english == []


def test_reasons_are_in_spanish_and_what_is_not_is_marked():
    tree = lxml.html.fromstring(written("es", made={}))
    said = {
        one.text_content(): one.get("lang")
        for one in tree.xpath("//*[contains(@class, 'reason')][self::p or self::td]")
        if one.text_content()
    }
    assert said["está dañado: x."] is None
    assert {text: lang for text, lang in said.items() if "Copy it again." in text} == {"is empty. Copy it again.": "en"}


def test_pictures_are_counted_and_what_has_none_says_so():
    empty = Failure("/m/box 1/c.tif", "refused", "is empty. Copy it again.", code="empty")
    text = written(made={DAMAGED: Glimpse(b"jpeg", False), empty: None}, untried=7)
    assert (
        "Pictures: 1 of 9" in text and "Of 7 more no picture was tried" in text and "as far as it can be read" in text
    )
    assert "No picture can be made" in text


def test_pages_lead_to_the_desk_and_what_is_restricted_is_named():
    text = "".join(
        html.write(
            batch(),
            account(FILES),
            iter(FILES),
            pictures.Pictures(200, 0, {}),
            Config(),
            Phrases("es"),
            datetime(1999, 3, 2, tzinfo=UTC),
            stands=lambda id: "hidden",
        )
    )
    tree = lxml.html.fromstring(text)
    links = [href for href in tree.xpath("//main//a/@href") if not href.startswith("#")]
    assert links and set(links) == {"http://127.0.0.1:8001/page/p1"}
    assert tree.xpath("//*[@class='restricted']/text()") == ["no se muestra al público"] * len(links)
    assert not lxml.html.fromstring(written()).xpath("//*[@class='restricted']")


def test_the_table_of_files_holds_only_what_was_asked_for():
    tree = lxml.html.fromstring(written(only=frozenset({"refused"})))
    assert [row.text_content() for row in tree.xpath("//details//tbody//bdi")] == ["box 1/c.tif"]
    assert "Show the files: 1" in tree.xpath("//summary")[0].text_content() and "3 files" in tree.text_content()


def test_pictures_come_from_the_derivative_else_from_the_master_else_not_at_all(tmp_path):
    config = Config(folder=tmp_path)
    thumbnail = derivatives.thumbnail(config.data_folder, "r1abcdefghk")
    thumbnail.parent.mkdir(parents=True)
    thumbnail.write_bytes(b"thumbnail")
    Image.effect_noise((900, 600), 60).save(tmp_path / "whole.png")
    for name in ("half.jpg", "half.tif"):
        Image.effect_noise((900, 600), 60).save(tmp_path / name)
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-20_000])
    (tmp_path / "empty.tif").touch()
    failures = [
        Failure("/gone.tif", "failed", "x", 1, "r1abcdefghk"),
        *(
            Failure(str(tmp_path / name), "refused", "x")
            for name in ("whole.png", "half.jpg", "half.tif", "empty.tif", "gone.tif")
        ),
        Failure("\0", "refused", "x"),
    ]
    taken = pictures.take(iter(failures), 9, config, limit=7)
    of = {failure.path.rsplit("/")[-1]: taken.made[failure] for failure in failures}
    assert of["gone.tif"] is None and of["empty.tif"] is None and of["\0"] is None
    assert taken.made[failures[0]] == Glimpse(b"thumbnail", True)
    assert (of["whole.png"].whole, of["half.jpg"].whole, of["half.tif"].whole) == (True, False, False)
    assert all(
        max(Image.open(io.BytesIO(of[name].jpeg)).size) == SIDE for name in ("whole.png", "half.jpg", "half.tif")
    )
    assert (taken.shown, taken.none, taken.untried) == (4, 3, 2)


def test_a_report_is_written_whole_and_for_its_owner_alone(tmp_path):
    target = tmp_path / "report.html"
    target.write_text("old")
    target.chmod(0o644)

    def breaking():
        yield "new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        reporting.write(target, breaking())
    assert target.read_text() == "old" and len(list(tmp_path.iterdir())) == 1
    reporting.write(target, ["new", "\udce9"])
    assert target.read_text() == "new\\udce9" and stat.S_IMODE(target.stat().st_mode) == 0o600
