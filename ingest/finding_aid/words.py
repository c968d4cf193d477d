"""Words of EAD elements: mixed content as one line, notes as paragraphs, without what is not published."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

#: Elements that stand in a note as lines of their own (EAD 2002 and EAD3).
_BLOCKS = frozenset(
    [
        "p",
        "item",
        "defitem",
        "chronitem",
        "event",
        "row",
        "legalstatus",
        "accessrestrict",
        "userestrict",
        "scopecontent",
        "list",
        "chronlist",
        "blockquote",
        "address",
        "addressline",
        "note",
        "table",
    ]
)
#: Elements whose neighbours are other words, though no space stands between.
_APART = frozenset(["lb", "br", "part", "label", "language"])


def tag(element: Element) -> str:
    """An element's name without its namespace."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def attribute(element: Element, *names: str) -> str:
    """The first of these attributes that says something, whatever its namespace (EAD 2002's XLink)."""
    for name in names:
        for written, value in element.attrib.items():
            if written.rpartition("}")[2] == name and value.strip():
                return value.strip()
    return ""


def internal(element: Element) -> bool:
    """Whether it is for the archive alone: what ArchivesSpace does not publish has audience="internal"."""
    return attribute(element, "audience").casefold() == "internal"


def within(element: Element, *names: str) -> Iterator[Element]:
    """The published children of these names, in order."""
    return (one for one in element if tag(one) in names and not internal(one))


def line(element: Element, *, without: tuple[str, ...] = ()) -> str:
    """The words of an element in one line, inner mark-up and what is not published left out.

    >>> from xml.etree.ElementTree import fromstring
    >>> line(fromstring('<unittitle>Letters to <title>El  Mundo</title>, <emph>draft</emph></unittitle>'))
    'Letters to El Mundo, draft'
    """
    return " ".join("".join(_pieces(element, frozenset((*without, "head")), " ")).split())


def paragraphs(element: Element) -> str:
    """The words of a note, its heading left out, an empty line between paragraphs.

    >>> from xml.etree.ElementTree import fromstring
    >>> paragraphs(fromstring('<scopecontent><head>Scope</head><p>One.</p><p>Two.</p></scopecontent>'))
    'One.\\n\\nTwo.'
    """
    text = "".join(_pieces(element, frozenset(("head",)), "\n"))
    return "\n\n".join(said for piece in text.split("\n\0") if (said := " ".join(piece.replace("\0", " ").split())))


def _pieces(element: Element, without: frozenset[str], broken: str) -> Iterator[str]:
    block = broken + "\0" if broken == "\n" else broken
    yield element.text or ""
    for child in element:
        name = tag(child)
        if name and name not in without and not internal(child):
            edge = block if name in _BLOCKS else " " if name in _APART else ""
            yield edge
            yield from _pieces(child, without, broken)
            yield edge
        yield child.tail or ""
