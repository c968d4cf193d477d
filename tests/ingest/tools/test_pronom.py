"""PRONOM's identifiers: by content, whatever the name and however long the file; no network is asked."""

import os
import socket
import subprocess
import sys

import pytest
from PIL import Image

from ingest.tools import pronom
from ingest.tools.pronom import WINDOW, Format, identify
from tests.ingest.intake import kept_samples as samples
from tests.ingest.tools.pages import pdf, text_at

KNOWN = [
    ("a.wpd", samples.wordperfect(0, 0), "x-fmt/393"),
    ("a.wpd", samples.wordperfect(0, 1), "x-fmt/394"),
    ("a.wpd", samples.wordperfect(2, 1), "x-fmt/44"),
    ("nombre", samples.wordperfect(0, 1), "x-fmt/394"),
    ("INDICE.DBF", samples.dbase(0x03), "x-fmt/9"),
    ("INDICE.DBF", samples.dbase(0x04), "x-fmt/10"),
    ("a.wav", samples.recording(), "fmt/141"),
    ("a.mp4", samples.MP4, "fmt/199"),
    ("a.rtf", samples.RTF, None),
    ("a.docx", samples.word_2007(), "fmt/412"),
    ("a.zip", samples.packed(a_txt="x"), "x-fmt/263"),
    ("a.txt", b"Informe de Tecoluca\n", "x-fmt/111"),
]


@pytest.mark.parametrize("name, content, puid", KNOWN)
def test_a_format_is_told_by_its_content(tmp_path, name, content, puid):
    (tmp_path / name).write_bytes(content)
    found = identify(tmp_path / name)
    assert found.puid == (puid or found.puid) and found.name and not found.by_name
    assert puid is not None or found.name.startswith("Rich Text Format")


def test_scans_too(tmp_path):
    page = Image.new("RGB", (60, 40), "white")
    for name, puid in (("a.tif", "fmt/353"), ("a.jpg", "fmt/43"), ("a.png", "fmt/11")):
        page.save(tmp_path / name)
        assert identify(tmp_path / name).puid == puid
    assert identify(pdf(tmp_path / "a.pdf", text_at(72, 700, "Tecoluca"))).puid == "fmt/18"


def test_name_class_and_media_type_come_with_it(tmp_path):
    (tmp_path / "a.wpd").write_bytes(samples.wordperfect(2, 1))
    assert identify(tmp_path / "a.wpd") == Format(
        "x-fmt/44", "WordPerfect for MS-DOS/Windows Document 6.x", "application/vnd.wordperfect", ("Word Processor",)
    )


def test_what_a_name_alone_tells_is_said_to_be_that(tmp_path):
    (tmp_path / "a.bin").write_bytes(bytes(range(1, 256)) * 9)
    assert identify(tmp_path / "a.bin").by_name
    (tmp_path / "a.qqq").write_bytes(bytes(range(1, 256)) * 9)
    assert identify(tmp_path / "a.qqq") == Format()


def test_an_empty_file_has_no_format(tmp_path):
    (tmp_path / "a.wpd").touch()
    assert identify(tmp_path / "a.wpd") == Format()


def test_a_long_file_is_told_by_its_ends(tmp_path):
    """A TIFF of 3 GiB, most of it a hole: looked at whole it would take half a minute."""
    Image.new("L", (60, 40)).save(tmp_path / "a.tif")
    os.truncate(tmp_path / "a.tif", 3 << 30)
    assert identify(tmp_path / "a.tif").puid == "fmt/353"


def test_the_end_of_a_long_pdf_counts(tmp_path):
    path = pdf(tmp_path / "a.pdf", text_at(72, 700, "Tecoluca") + " " * (3 * WINDOW))
    assert path.stat().st_size > 2 * WINDOW and identify(path).puid == "fmt/18"


@pytest.mark.parametrize("content", [samples.wordperfect(0, 1), samples.wordperfect(0, 1) + bytes(3 * WINDOW)])
def test_a_name_of_any_bytes(tmp_path, content):
    path = tmp_path / os.fsdecode(b"a\xf1o\xff.wpd")
    path.write_bytes(content)
    assert identify(path).puid == "x-fmt/394"


def test_what_cannot_be_opened_raises(tmp_path):
    with pytest.raises(OSError):
        identify(tmp_path / "gone.wpd")


def test_in_a_worker_of_little_memory_and_without_a_network(tmp_path):
    """Go's runtime wants address space: a worker has at least four gigabytes."""
    (tmp_path / "a.wpd").write_bytes(samples.wordperfect(0, 1))
    program = (
        "import resource, socket, sys; resource.setrlimit(resource.RLIMIT_AS, (4 << 30,) * 2); socket.socket = None; "
        "from ingest.tools.pronom import identify; print(identify(sys.argv[1]).puid)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path / "a.wpd"], capture_output=True, text=True)
    assert done.stdout == "x-fmt/394\n", done.stderr
    assert socket.socket is not None


def test_its_version_names_the_signatures():
    assert "DROID_SignatureFile" in pronom.version()
