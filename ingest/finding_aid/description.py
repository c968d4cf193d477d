"""Reads the did and the notes of one component (EAD archdesc or c) into the parts of its row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

from ingest.finding_aid.containers import read_containers
from ingest.finding_aid.rows import AccessRestriction, ContainerEntry
from ingest.finding_aid.unit_dates import UnitDates, read_dates
from ingest.finding_aid.words import attribute, internal, line, paragraphs, tag, within

#: Elements of a did that are no part of the description kept here.
_NOT_NOTES = frozenset(
    [
        "head",
        "unittitle",
        "unitid",
        "unitdate",
        "unitdatestructured",
        "unitdatestructuredset",
        "container",
        "physdesc",
        "physdescstructured",
        "physdescset",
        "did",
        "abstract",
        "repository",
        "dao",
        "daogrp",
        "daoset",
    ]
)
#: Kinds of unitid that are addresses of the record elsewhere, and no reference code.
_ADDRESSES = frozenset(("aspace_uri", "ark", "ark-superseded"))


@dataclass
class Described:
    """What was read of a component so far. `passed_over` counts, by element, what the archive does not keep."""

    title: str = ""
    unitid: str = ""
    dates: UnitDates = UnitDates()
    scope: list[str] = field(default_factory=list)
    abstract: str = ""
    extent: str = ""
    uses: list[str] = field(default_factory=list)
    restrictions: list[AccessRestriction] = field(default_factory=list)
    containers: tuple[ContainerEntry, ...] = ()
    digital_objects: list[str] = field(default_factory=list)
    repository: str = ""
    passed_over: Counter[str] = field(default_factory=Counter)

    def take(self, element: Element) -> None:
        """Takes in a did or a note that stands directly in the component."""
        name = tag(element)
        if name in ("accessrestrict", "legalstatus"):
            said = restriction(element)
            if said.words or said.types:
                self.restrictions.append(said)
        elif internal(element):
            return
        elif name == "did":
            self._did(element)
        elif name == "scopecontent":
            self.scope.append(paragraphs(element))
        elif name == "userestrict":
            self.uses.append(paragraphs(element))
        elif name == "descgrp":
            for one in element:
                self.take(one)
        elif name in ("dao", "daogrp", "daoset"):
            self._digital_objects(element)
        elif name and name not in ("head", "dsc"):
            self.passed_over[name] += 1

    def _did(self, did: Element) -> None:
        titles = list(within(did, "unittitle"))
        self.title = " / ".join(filter(None, map(_title, titles)))
        self.unitid = next(filter(None, map(_unitid, within(did, "unitid"))), "")
        inside = [one for title in titles for one in within(title, "unitdate", "unitdatestructured")]
        beside = [
            one
            for child in did
            if not internal(child)
            for one in (within(child, "unitdatestructured") if tag(child) == "unitdatestructuredset" else (child,))
            if tag(one) in ("unitdate", "unitdatestructured") and not internal(one)
        ]
        self.dates = read_dates([*inside, *beside])
        self.abstract = "\n\n".join(filter(None, map(paragraphs, within(did, "abstract"))))
        self.extent = "; ".join(filter(None, map(extent, within(did, "physdesc", "physdescstructured", "physdescset"))))
        self.containers = read_containers(within(did, "container"))
        self.repository = next(filter(None, map(line, within(did, "repository"))), "")
        for one in within(did, "dao", "daogrp", "daoset"):
            self._digital_objects(one)
        for one in did:
            if tag(one) and tag(one) not in _NOT_NOTES and not internal(one):
                self.passed_over[tag(one)] += 1

    def _digital_objects(self, element: Element) -> None:
        if not internal(element):
            for one in element.iter():
                if tag(one) in ("dao", "daoloc") and not internal(one) and (href := attribute(one, "href")):
                    self.digital_objects.append(href)

    @property
    def description(self) -> str:
        """The scope and content; where there is none, the abstract."""
        return "\n\n".join(filter(None, self.scope)) or self.abstract

    @property
    def use_note(self) -> str:
        return "\n\n".join(filter(None, self.uses))


def _title(unittitle: Element) -> str:
    """A title without the date that follows it; a date within its wording stays, for without it the wording is none.

    >>> from xml.etree.ElementTree import fromstring
    >>> _title(fromstring('<unittitle>Informes, <unitdate>1983</unitdate></unittitle>'))
    'Informes'
    >>> _title(fromstring('<unittitle><unitdate>circa 1983</unitdate>, preparación y defensa</unittitle>'))
    'circa 1983, preparación y defensa'
    """
    alone, whole = (
        line(unittitle, without=("unitdate", "unitdatestructured")).rstrip(" ,;"),
        line(unittitle, without=("unitdatestructured",)),
    )
    if not any(character.isalnum() for character in alone):
        return ""
    return re.sub(r"\s+(?=[,;])", "", alone if whole.startswith(alone) else whole).strip(" ,;")


def _unitid(element: Element) -> str:
    if attribute(element, "type", "localtype").casefold() in _ADDRESSES:
        return ""
    # An ARK stands in a link of its own.
    return line(element, without=("extref", "ref", "extptr", "ptr")) or (
        "" if len(element) else attribute(element, "identifier")
    )


def restriction(element: Element) -> AccessRestriction:
    """An accessrestrict with its local types (ArchivesSpace's restriction_type) and the day that ends it, if it names
    one."""
    types = tuple(
        dict.fromkeys(
            word
            for one in element.iter()
            if tag(one) in ("accessrestrict", "legalstatus")
            for word in attribute(one, "type", "localtype").split()
        )
    )
    until = ""
    for one in element.iter():
        if tag(one) in ("date", "datesingle", "todate"):
            written = attribute(one, "normal", "standarddate").rpartition("/")[2]
            try:
                until = max(until, date.fromisoformat(written).isoformat()) if len(written) == 10 else until
            except ValueError:
                continue
    return AccessRestriction(paragraphs(element), types, until, not internal(element))


def extent(element: Element) -> str:
    """A physdesc in one line: `2 Linear Feet (4 boxes), photographs, 13 x 18 cm` (DACS 2.5).

    >>> from xml.etree.ElementTree import fromstring
    >>> extent(fromstring('<physdesc><extent>2 Linear Feet</extent>'
    ...                   '<extent altrender="carrier">4 boxes</extent></physdesc>'))
    '2 Linear Feet (4 boxes)'
    """
    name = tag(element)
    if name == "physdescset":
        return "; ".join(filter(None, map(extent, within(element, "physdescstructured"))))
    if name == "physdescstructured":
        counted = " ".join(map(line, within(element, "quantity", "unittype")))
        return ", ".join(filter(None, (counted, *map(line, within(element, "physfacet", "dimensions")))))
    parts = list(within(element, "extent", "physfacet", "dimensions"))
    if not parts or (element.text or "").strip() or any((one.tail or "").strip(" ,;.()\n\t") for one in parts):
        return line(element)
    said = ""
    for one in parts:
        words = line(one)
        if words and said and attribute(one, "altrender") == "carrier":
            said += f" {words}" if words.startswith("(") else f" ({words})"
        elif words:
            said += f", {words}" if said else words
    return said
