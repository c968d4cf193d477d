"""A PDF's objects by pdfminer, within a time: its XMP packet, and what a page's content asks to be drawn."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import PDFStream, list_value, resolve1
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

#: Seconds for what is asked here: some PDFs send pdfminer round in circles.
SECONDS = 10
#: Of a page's content, what is looked through.
LONGEST = 4_000_000

#: What pdfminer raises on damaged pages besides its own: it does not check what it parses.
FAULTS = (
    PdfminerException,
    MalformedPDFException,
    PDFException,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
    ZeroDivisionError,
    OverflowError,
    NotImplementedError,
    MemoryError,
    EOFError,
)

#: A string or a name to be shown, and the operator that shows it (ISO 32000-1, 8.8 and 9.4.3).
_SHOWN_TEXT = re.compile(rb"[)>\]]\s*(?:Tj|TJ|'|\")(?=\s|$)")
_EMPTY_TEXT = re.compile(rb"(?:\(\s*\)|<\s*>|\[\s*\])\s*(?:Tj|TJ|'|\")(?=\s|$)")
_SHOWN_OBJECT = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?=\s|$)")


def xmp_packet(path: Path) -> bytes:
    """The document's XMP packet; empty where there is none, or it cannot be had."""
    try:
        with time_limit(SECONDS):
            stream = resolve1(opened(path).doc.catalog.get("Metadata"))
            return stream.get_data() if isinstance(stream, PDFStream) else b""
    except TooLong:
        return b""
    except FAULTS:
        forget()
        return b""


def asked_to_draw(path: Path, number: int) -> str:
    """What the content of a page asks to be drawn, of words and pictures: an empty string where that is nothing.

    It is asked of a page that came out white, to tell an empty page from one whose content is lost. Pages that cannot
    be found so are given the benefit of the doubt.
    """
    try:
        with time_limit(SECONDS):
            document = opened(path)
            if not 0 < number <= len(document.pages):
                return ""
            page = document.pages[number - 1].page_obj
            streams = [resolve1(stream) for stream in list_value(page.contents)]
            if any(stream is None for stream in streams):
                return "something"
            content = b"\n".join(stream.get_data() for stream in streams if isinstance(stream, PDFStream))[:LONGEST]
            if _SHOWN_TEXT.search(_EMPTY_TEXT.sub(b"", content)):
                return "text"
            objects = resolve1((resolve1(page.resources) or {}).get("XObject")) or {}
            for name in _SHOWN_OBJECT.findall(content):
                shown = resolve1(objects.get(name.decode("latin-1")))
                if not isinstance(shown, PDFStream) or str(shown.get("Subtype")) == "/'Image'":
                    return "a picture"
            return ""
    except TooLong:
        return ""
    except FAULTS:
        forget()
        return ""


def opened(path: Path) -> pdfplumber.PDF:
    """The document; kept for the next page, since the list of pages is built once a document. Raises FAULTS."""
    found = path.stat()
    return _document(path, found.st_mtime_ns, found.st_size)


def forget() -> None:
    """Lets the document go, which may be in disorder after a fault."""
    _document.cache_clear()


@lru_cache(maxsize=1)
def _document(path: Path, _mtime_ns: int, _size: int) -> pdfplumber.PDF:
    return pdfplumber.open(path)


class TooLong(BaseException):
    """Not an Exception: pdfminer catches those."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Breaks off pure Python code in the main thread of a process after so many seconds."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
