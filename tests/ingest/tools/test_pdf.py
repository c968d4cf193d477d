"""PDF masters: canvas, damage, passwords, limits."""

import pytest
from fpdf import FPDF

from archive.config import IngestSettings
from archive.errors import Encrypted, TooLarge, Unreadable
from ingest.tools import masters, pdf_text
from ingest.tools.media_type import PDF
from tests.ingest.tools.pages import SETTINGS, pdf, text_at, written


def frames(path, settings=SETTINGS):
    return masters.identify(path, PDF, settings).frames


@pytest.mark.parametrize("rotate, size", [(0, (1250, 417)), (90, (417, 1250)), (180, (1250, 417)), (270, (417, 1250))])
def test_the_canvas_is_the_cropbox_turned_at_the_settings_dpi(rotate, size, tmp_path):
    path = pdf(tmp_path / "x.pdf", "", crop=(100, 200, 400, 300), rotate=rotate)
    (frame,) = frames(path)
    assert (frame.width, frame.height, frame.dpi) == (*size, 300)
    assert masters.render(path, PDF, frame).size == size


def test_a_plan_is_drawn_at_a_lower_dpi(tmp_path):
    path = pdf(tmp_path / "x.pdf", text_at(100, 100, "Plano", 200), media=(0, 0, 7200, 3600))
    (frame,) = frames(path, IngestSettings(max_pixels=20_000_000))
    assert frame.width * frame.height <= 20_100_000 and 60 < frame.dpi < 65
    assert masters.render(path, PDF, frame).size == (frame.width, frame.height)


def test_grey_pages_are_grey_and_a_stamp_keeps_its_colour(tmp_path):
    (grey,) = frames(pdf(tmp_path / "grey.pdf", text_at(100, 600, "Informe")))
    assert masters.render(tmp_path / "grey.pdf", PDF, grey).mode == "L"
    (red,) = frames(pdf(tmp_path / "red.pdf", text_at(100, 600, "Informe") + "1 0 0 rg 300 300 30 12 re f"))
    assert masters.render(tmp_path / "red.pdf", PDF, red).mode == "RGB"


@pytest.mark.parametrize("junk", [b"\r\n", b"From: scanner\r\n\r\n", b"\xef\xbb\xbf", b"\0" * 900])
def test_what_stands_before_the_header_does_not_matter(junk, tmp_path):
    pdf(tmp_path / "x.pdf", text_at(100, 600, "Informe"))
    (tmp_path / "y.pdf").write_bytes(junk + (tmp_path / "x.pdf").read_bytes())
    (frame,) = frames(tmp_path / "y.pdf")
    assert masters.render(tmp_path / "y.pdf", PDF, frame).getextrema()[0] < 100


def test_a_pdf_without_pages_says_so(tmp_path):
    with pytest.raises(Unreadable, match="has no pages"):
        frames(pdf(tmp_path / "x.pdf", "", pages=0))


def test_what_was_wrong_with_the_file_before_is_not_said_of_the_next(tmp_path):
    secret = FPDF()
    secret.add_page()
    secret.set_encryption(owner_password="owner", user_password="secret")
    secret.output(str(tmp_path / "secret.pdf"))
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    pdf(tmp_path / "none.pdf", "", pages=0)
    said = []
    for name in ("none", "secret", "none", "damaged", "none", "secret", "damaged"):
        with pytest.raises((Encrypted, Unreadable)) as raised:
            frames(tmp_path / f"{name}.pdf")
        said.append(raised.value.message.split(":")[0])
    assert said == [
        "has no pages",
        "wants a password",
        "has no pages",
        "is damaged",
        "has no pages",
        "wants a password",
        "is damaged",
    ]


def test_a_damaged_page_fails_alone(tmp_path):
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
    path = written(
        tmp_path / "x.pdf",
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>", page],
    )
    good, bad = frames(path)
    assert (good.width, good.problem) == (417, "") and (bad.number, bad.width) == (2, 0) and "damaged" in bad.problem
    with pytest.raises(Unreadable, match="page 2"):
        masters.render(path, PDF, bad)


def test_where_no_page_is_found_the_file_is_refused(tmp_path):
    path = written(
        tmp_path / "x.pdf", [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [9 0 R] /Count 1 >>"]
    )
    with pytest.raises(Unreadable, match="none of its pages"):
        frames(path)


@pytest.mark.parametrize("content", [b"%PDF-1.4\nnothing more", b"%PDF-1.7\n%%EOF\n"])
def test_damage_is_said(content, tmp_path):
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(Unreadable, match="damaged"):
        frames(tmp_path / "x.pdf")


@pytest.mark.parametrize("method", ["RC4", "AES_128", "AES_256"])
def test_a_password_to_open_is_asked_for_and_one_to_change_is_not(method, tmp_path):
    from fpdf.enums import EncryptionMethod

    for user in ("", "secret"):
        made = FPDF(format="letter")
        made.add_page()
        made.set_encryption(owner_password="owner", user_password=user, encryption_method=EncryptionMethod[method])
        made.output(str(tmp_path / f"{user or 'open'}.pdf"))
    assert frames(tmp_path / "open.pdf")[0].width == 2550
    with pytest.raises(Encrypted, match="wants a password"):
        frames(tmp_path / "secret.pdf")


def test_too_many_pages(tmp_path):
    path = pdf(tmp_path / "x.pdf", "", pages=4)
    assert len(frames(path)) == 4
    with pytest.raises(TooLarge, match="has 4 pages, more than 3"):
        frames(path, IngestSettings(max_pages=3))


def test_an_empty_file_and_one_that_is_gone(tmp_path):
    (tmp_path / "x.pdf").touch()
    with pytest.raises(Unreadable, match="is empty"):
        frames(tmp_path / "x.pdf")
    with pytest.raises(Unreadable, match="no longer there"):
        frames(tmp_path / "y.pdf")


def test_a_file_written_anew_is_read_anew(tmp_path):
    assert len(frames(pdf(tmp_path / "x.pdf", ""))) == 1
    assert len(frames(pdf(tmp_path / "x.pdf", "", pages=3))) == 3


@pytest.mark.filterwarnings("ignore:Encryption R=5")
@pytest.mark.parametrize("revision", [5, 6])
def test_what_an_empty_owners_password_opens_is_read(revision, tmp_path):
    """Though it wants a password of who only reads it; its text layer, too."""
    import pikepdf

    plain = pdf(tmp_path / "plain.pdf", text_at(60, 700, "siempre"))
    with pikepdf.open(plain) as made:
        made.save(tmp_path / "x.pdf", encryption=pikepdf.Encryption(owner="", user="secret", R=revision))
    (frame,) = masters.identify(tmp_path / "x.pdf", PDF, SETTINGS).frames
    assert masters.render(tmp_path / "x.pdf", PDF, frame).getextrema()[0] < 100
    assert pdf_text.read(tmp_path / "x.pdf", frame).layout.text == "siempre"
