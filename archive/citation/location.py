"""Where the cited thing is: the page or image in its item, the box and folder, the collection, the repository."""

from __future__ import annotations

import re

from archive.citation.source import Source
from archive.citation.text import one_line
from archive.citation.wording import container, say

_RANGE = re.compile(r"\d\s*[-–,]\s*\d")


def page(label: str, language: str) -> str:
    """`p. 10`, `pp. 10–11`; "" for an empty label.

    >>> page("10-11", "en"), page("iv", "es")
    ('pp. 10–11', 'p. iv')
    """
    label = one_line(label)
    if not label:
        return ""
    if _RANGE.search(label):
        return say("pages", language, re.sub(r"(?<=\d)\s*-\s*(?=\d)", "–", label))
    return say("page", language, label)


def within(source: Source, language: str) -> str:
    """Where in the item: the printed label, else the image; "" for a whole item or an item of one page.

    A clipping's label that repeats the newspaper's page is not said twice.

    >>> within(Source(kind="page", id="r1", image_number=12, page_count=24), "es")
    'imagen 12'
    """
    if source.kind != "page":
        return ""
    label = one_line(source.page_label)
    if label and not (source.genre == "clipping" and label == one_line(source.publication_page)):
        return page(label, language)
    if label or source.image_number is None or source.page_count == 1:
        return ""
    return say("image", language, source.image_number)


def containers(source: Source, language: str) -> str:
    """`Box 1, Folder 2`.

    >>> containers(Source(kind="item", id="r1", box="1", folder="2"), "spa")
    'caja 1, carpeta 2'
    """
    labelled = (
        container(kind, one_line(value), language) for kind, value in (("box", source.box), ("folder", source.folder))
    )
    return ", ".join(filter(None, labelled))


def keeper(source: Source) -> str:
    """Collection and repository, as a reference manager has one field for both."""
    return ", ".join(filter(None, (one_line(source.collection), one_line(source.repository))))


def shelf(source: Source, language: str) -> str:
    """Box, folder, collection, repository in the order of a note."""
    return ", ".join(filter(None, (containers(source, language), keeper(source))))


def call_numbers(source: Source) -> str:
    """The collection's call number and the item's own identifier, as a reference manager has one field for both.

    >>> call_numbers(Source(kind="item", id="r1", call_number="URB", identifier="ER-M-0030"))
    'URB, ER-M-0030'
    """
    return ", ".join(dict.fromkeys(filter(None, (one_line(source.call_number), one_line(source.identifier)))))


def further_place(source: Source) -> str:
    """The repository's place, less a city that the repository's name already ends in.

    >>> further_place(Source(kind="item", id="r1", repository="State University, Northridge",
    ...                      repository_place="Northridge, CA"))
    'CA'
    """
    place, name = one_line(source.repository_place), one_line(source.repository)
    city, _, rest = place.partition(",")
    return rest.strip() if city and name.casefold().endswith(city.casefold()) else place
