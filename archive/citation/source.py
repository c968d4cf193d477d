"""What a citation needs to know of one cited page or item: a plain value, built from the catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

#: The genres a citation tells apart; anything else is cited as `other`.
GENRES = ("chronology", "report", "clipping", "photograph", "other")


class Creator(NamedTuple):
    """One creator as the description has it.

    `name` is kept as written: "Apellido Apellido, Nombre" for a person, anything else is literal.
    `role` is the description's `creator_role` (author, reporter, photographer…), empty where not said.
    `is_corporate` is true for a body; a name without a comma is cited literally either way, because
    to split it would be to guess where a double surname begins.
    """

    name: str
    role: str = ""
    is_corporate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything a citation says of one unit. It holds description only, never a page's text, so that
    a closed item can be cited and nothing of what it says leaves with the citation.

    An empty string, tuple or None means: not known, say nothing of it.

    >>> Source(kind="item", id="r1b3", title="Weekly report").genre
    'other'
    """

    #: `page` (one page is cited) or `item` (the whole).
    kind: Literal["page", "item"]
    #: The minted name of the page or item (archive.ids), unique in an export: BibTeX keys end in it.
    id: str
    #: One of GENRES; decides the type in every format.
    genre: str = "other"
    #: In the order of the description, all roles.
    creators: tuple[Creator, ...] = ()
    #: The title of the item (a page is cited by its item's title and its own label).
    title: str = ""
    #: `formal` (the document bears it: quoted) or `devised` (an archivist's words: not quoted).
    title_type: Literal["formal", "devised"] = "devised"
    #: Which of title, creator, date and publication a machine drew from the text or the file, and no person confirmed.
    unreviewed: tuple[str, ...] = ()
    #: EDTF, verbatim from the description (`1989-11-16`, `1982~`, `1992-11-09/1992-11-16`).
    date_edtf: str = ""
    #: The date as found on the document or written by the archivist ("November 9-16, 1992").
    date_text: str = ""
    #: Newspaper or periodical a clipping was cut from; series title of a report.
    publication: str = ""
    #: Its place ("San Salvador").
    publication_place: str = ""
    #: The page of the *publication* ("3A"), not of the scan.
    publication_page: str = ""
    #: The number printed on the cited page ("10", "iv"); only where kind is `page`.
    page_label: str = ""
    #: The cited page's place in its item, from 1; cited as "image 12" where no label is printed.
    image_number: int | None = None
    #: Pages of the whole item.
    page_count: int | None = None
    #: Indicators alone ("3", not "Box 3").
    box: str = ""
    folder: str = ""
    barcode: str = ""
    #: Titles of the components above the item from the top down: collection, series…, file.
    component_path: tuple[str, ...] = ()
    #: Who keeps it and under what name.
    collection: str = ""
    repository: str = ""
    #: City (and state) of the repository, which ends a bibliography entry ("Northridge, CA").
    repository_place: str = ""
    call_number: str = ""
    #: The item's own identifier, as the archive's papers and spreadsheets have it ("ER-M-0030").
    identifier: str = ""
    #: Absolute URL of the cited unit itself (base_url + "/" + ARK): a page's for a page.
    permalink: str = ""
    #: Canonical rightsstatements.org or Creative Commons URI.
    rights_uri: str = ""
    rights_note: str = ""
    #: ISO 639-2: `spa`, `eng`, `mul`, `und`.
    language: str = ""
    #: The description's own summary (element `description`); never recognised text.
    abstract: str = ""
    subjects: tuple[str, ...] = ()
