"""The containers of a component: boxes with their barcodes, what stands in them, as EAD 2002 and EAD3 say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from xml.etree.ElementTree import Element

from archive import knowledge
from ingest.finding_aid.rows import ContainerEntry
from ingest.finding_aid.words import attribute, line

#: ArchivesSpace's EAD 2002 puts the barcode behind the kind of material: `Mixed Materials [32108…]`.
_BARCODE = re.compile(r"\[([^\[\]]+)\]\s*$")
#: `box-folder` with `3:12`, as older finding aids write a pair in one element.
_PAIR = re.compile(r"\s*([^\s:/]+)\s*[:/]\s*([^\s:/]+)\s*")


@cache
def types() -> dict[str, str]:
    """What the words of container_types.tsv mean: `caja` is a box."""
    return {row["word"]: row["type"] for row in knowledge.rows("ingest.finding_aid", "container_types.tsv")}


def read_containers(elements: Iterable[Element]) -> tuple[ContainerEntry, ...]:
    """The containers that these elements name, in order, each after the one that holds it.

    What a container stands in is said by its @parent, or, in older finding aids, by standing behind it.

    >>> from xml.etree.ElementTree import fromstring
    >>> did = fromstring('<did><container type="Box" label="Text [321]">3</container>'
    ...                  '<container type="Folder">7</container></did>')
    >>> [(one.type, one.indicator, one.barcode, one.parent) for one in read_containers(did)]
    [('box', '3', '321', None), ('folder', '7', '', 0)]
    """
    found: list[ContainerEntry] = []
    by_id: dict[str, int] = {}
    top: int | None = None
    for element in elements:
        type = _type(element)
        words = line(element)
        pair = _PAIR.fullmatch(words) if "-" in type and all(one in types() for one in type.split("-")) else None
        if pair:
            outer, inner = (types()[one] for one in type.split("-")[:2])
            found += [ContainerEntry(outer, pair[1], _barcode(element)), ContainerEntry(inner, pair[2], "", len(found))]
            top = len(found) - 2
            continue
        named = attribute(element, "parent")
        parent = by_id.get(named.split()[0]) if named else None
        type = types().get(type, type) or "container"
        if (
            parent is None
            and not named
            and type != "box"
            and top is not None
            and found[top].type == "box"
            and not attribute(element, "id")
        ):
            parent = top
        # "Box 3" in a container that is a box already.
        first, _, rest = words.partition(" ")
        indicator = rest if rest and types().get(first.casefold(), first.casefold()) == type else words
        if not indicator:
            continue
        if id := attribute(element, "id"):
            by_id[id] = len(found)
        if parent is None:
            top = len(found)
        found.append(ContainerEntry(type[:32], indicator[:64], _barcode(element), parent))
    return tuple(found)


def _type(element: Element) -> str:
    return attribute(element, "type", "localtype").casefold().replace("_", " ")


def _barcode(element: Element) -> str:
    inside = _BARCODE.search(attribute(element, "label"))
    return (attribute(element, "containerid") or (inside[1].strip() if inside else ""))[:64]
