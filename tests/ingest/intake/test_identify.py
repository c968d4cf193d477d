"""What becomes of a file that comes in: read, kept as it is, or refused with its true reason."""

import pickle

import pytest
from PIL import Image

from archive.config import IngestSettings
from archive.errors import Encrypted, TooLarge, Unreadable, Unsupported
from archive.record import Frame
from ingest.intake.identify import IdentifyTask, identify
from tests.ingest.intake import kept_samples as samples
from tests.ingest.tools.pages import written

KEPT = [
    ("a.wpd", samples.wordperfect(0, 1), "x-fmt/394"),
    ("a.dbf", samples.dbase(3), "x-fmt/9"),
    ("a.wav", samples.recording(), "fmt/141"),
    ("a.mp4", samples.MP4, "fmt/199"),
    ("a.avi", samples.AVI, "fmt/5"),
    ("a.docx", samples.word_2007(), "fmt/412"),
]
REFUSED = [
    ("a.zip", samples.packed(a_txt="x")),
    ("a.txt", b"hola\n"),
    ("a.exe", b"MZ" + bytes(200)),
    ("a.html", b"<!DOCTYPE html><html><body>hola</body></html>"),
    ("a.xyz", bytes(range(1, 256)) * 9),
]


def identified(path, content=None, named=False, **settings):
    if content is not None:
        path.write_bytes(content)
    return identify(IdentifyTask(path, path.stat().st_size, IngestSettings(**settings), named))


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("name, content, puid", KEPT)
def test_what_cannot_be_read_but_belongs_to_a_collection_is_kept(tmp_path, name, content, puid, named):
    done = identified(tmp_path / name, content, named)
    assert done.kept and done.refused is None
    assert (done.file.puid, done.file.sha256, done.file.bytes) == (puid, done.sha256, len(content))
    assert done.file.frames == (Frame(1, 0, 0),) and done.file.frames[0].kept
    assert done.file.media_type and done.file.format and done.notes == (f"kept as it is, not read: {done.file.format}",)
    assert pickle.loads(pickle.dumps(done)) == done


@pytest.mark.parametrize("name, content", REFUSED)
def test_the_rest_is_refused_unless_a_row_names_it(tmp_path, name, content):
    done = identified(tmp_path / name, content)
    assert isinstance(done.refused, Unsupported) and done.file is None and not done.kept
    assert done.refused.remedy and done.refused.item.endswith(name) and len(done.sha256) == 64
    named = identified(tmp_path / name, content, named=True)
    assert named.kept and named.refused is None


@pytest.mark.parametrize("named", [False, True])
def test_what_is_empty_damaged_encrypted_or_too_large_is_refused_even_if_named(tmp_path, named):
    assert isinstance(identified(tmp_path / "a.wpd", b"", named).refused, Unreadable)
    assert isinstance(identified(tmp_path / "a.pdf", b"%PDF-1.4\n%broken\n", named).refused, Unreadable)
    assert isinstance(identified(tmp_path / "a.tif", b"II*\0" + bytes(40), named).refused, Unreadable)
    Image.new("L", (400, 400)).save(tmp_path / "b.png")
    assert isinstance(identified(tmp_path / "b.png", None, named, max_pixels=1000).refused, TooLarge)


@pytest.mark.parametrize("named", [False, True])
def test_an_encrypted_pdf_is_never_kept_in_silence(tmp_path, named):
    from fpdf import FPDF
    from fpdf.enums import EncryptionMethod

    made = FPDF()
    made.add_page()
    made.set_encryption(owner_password="owner", user_password="user", encryption_method=EncryptionMethod.RC4)
    made.output(tmp_path / "a.pdf")
    done = identified(tmp_path / "a.pdf", None, named)
    assert isinstance(done.refused, Encrypted) and not done.kept


def test_a_scan_of_a_kind_that_is_read_but_cannot_be_is_not_kept_unasked(tmp_path, monkeypatch):
    from ingest.tools import masters

    def unread(path, *_more):
        raise Unsupported("is a TIFF of a kind that is not read", item=str(path))

    monkeypatch.setattr(masters, "identify", unread)
    Image.new("L", (40, 40)).save(tmp_path / "a.tif")
    assert "is a TIFF of a kind" in str(identified(tmp_path / "a.tif").refused)
    named = identified(tmp_path / "a.tif", named=True)
    assert named.kept and named.file.puid == "fmt/353" and "of a kind that is not read" in named.notes[0]


def test_a_scan_has_its_format_too(tmp_path):
    Image.new("L", (60, 40)).save(tmp_path / "a.tif")
    done = identified(tmp_path / "a.tif")
    assert (done.file.puid, done.file.format, done.file.media_type) == (
        "fmt/353",
        "Tagged Image File Format",
        "image/tiff",
    )
    assert not done.kept and not done.file.frames[0].kept
    assert (
        identified(
            written(tmp_path / "a.pdf", [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
        ).refused
        is not None
    )


def test_what_only_a_name_tells_is_not_recorded(tmp_path):
    done = identified(tmp_path / "a.bin", bytes(range(1, 256)) * 9, named=True)
    assert done.kept and (done.file.puid, done.file.format) == ("", "")
    assert done.notes == ("kept as it is, not read: Binary File",)
