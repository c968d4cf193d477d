"""Reads a finding aid, EAD 2002 or EAD3, component by component; the file is never in memory as a whole.

EAD 2002 (with its namespace, its DTD or neither) and EAD3 are read by the same rules: they differ in names of
elements and attributes, which stand beside each other where they are looked for. Components are c or c01 to
c12, however their dsc are nested. What ArchivesSpace writes of its own: ids with the prefix `aspace_`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from archive.errors import FindingAidError
from ingest.finding_aid.description import Described
from ingest.finding_aid.rows import ComponentEntry, FindingAid, Remark
from ingest.finding_aid.words import attribute, internal, line, tag

#: What ArchivesSpace puts before a ref_id to make an XML id of it.
PREFIX = "aspace_"
#: How the key of a component begins that has no id of its own: nothing elsewhere can be found by it.
WITHOUT_ID = "no-id-"
#: The longest ref_id and unitid that the catalog keeps, and the longest level.
_LONGEST, _LONGEST_LEVEL = 255, 32
#: No finding aid nests its elements as deep as this.
_DEEPEST = 200
_COMPONENT = re.compile(r"c(0[1-9]|1[0-2])?")
#: Elements that hold components, or hold what does: each child of theirs is let go as soon as it has been read.
_HOLDERS = frozenset(("ead", "archdesc", "dsc"))


@dataclass
class _Frame:
    """A component whose end has not come yet."""

    element: Element
    parent: _Frame | None
    position: int
    internal: bool
    said: Described = field(default_factory=Described)
    key: str = ""
    emitted: bool = False
    children: int = 0


class Ead:
    """One reading of a finding aid: iterate for its components, each after its parent.

    `finding_aid` is known from the first component on, `remarks` and `passed_over` (notes that the archive
    has no place for, by element) are whole at the end. Raises FindingAidError where it is no EAD, or broken.
    """

    def __init__(self, path: Path):
        self.path = path
        self.finding_aid: FindingAid | None = None
        self.remarks: list[Remark] = []
        self.passed_over: Counter[str] = Counter()
        self._head = FindingAid("", "")
        self._keys: set[str] = set()

    def __iter__(self) -> Iterator[ComponentEntry]:
        try:
            with self.path.open("rb") as file:
                yield from self._components(file)
        except OSError as trouble:
            raise FindingAidError(
                f"it cannot be read ({trouble.strerror or trouble})", item=str(self.path), remedy="Check the path."
            ) from trouble
        except ParseError as broken:
            raise FindingAidError(
                f"it is no well-formed XML ({broken})",
                item=str(self.path),
                remedy="Export it from ArchivesSpace again.",
            ) from broken
        except DefusedXmlException as hostile:
            raise FindingAidError(
                "it declares entities of its own, which are not read",
                item=str(self.path),
                remedy="Remove what stands in [ ] in its DOCTYPE.",
            ) from hostile
        if self.finding_aid is None:
            raise FindingAidError(
                "it has no archdesc: it describes nothing",
                item=str(self.path),
                remedy="Export the whole resource as EAD.",
            )

    def _components(self, file) -> Iterator[ComponentEntry]:
        open_elements: list[Element] = []
        frames: list[_Frame] = []
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=False):
            name = tag(element)
            is_component = _COMPONENT.fullmatch(name) is not None and bool(frames)
            if event == "start":
                if not open_elements and name != "ead":
                    raise FindingAidError(
                        f"it is no finding aid: its first element is {name}, not ead",
                        item=str(self.path),
                        remedy="Export the resource as EAD 2002 or EAD3.",
                    )
                if len(open_elements) >= _DEEPEST:
                    raise FindingAidError(
                        f"its elements are nested more than {_DEEPEST} deep",
                        item=str(self.path),
                        remedy="Export it from ArchivesSpace again.",
                    )
                if is_component and not frames[-1].emitted:
                    yield self._entry(frames[-1])
                if is_component or name == "archdesc" and not frames:
                    frames.append(self._opened(element, frames, open_elements))
                open_elements.append(element)
                continue
            open_elements.pop()
            holder = open_elements[-1] if open_elements else None
            if frames and element is frames[-1].element:
                if not frames[-1].emitted:
                    yield self._entry(frames[-1])
                frames.pop()
            elif frames and holder is frames[-1].element:
                self._take(frames[-1], element)
            elif name in ("eadheader", "control") and not frames:
                self._head = _head(element)
            if holder is not None and (tag(holder) in _HOLDERS or frames and holder is frames[-1].element):
                holder.remove(element)

    def _opened(self, element: Element, frames: list[_Frame], above: list[Element]) -> _Frame:
        parent = frames[-1] if frames else None
        if parent is not None:
            parent.children += 1
        hidden = internal(element) or any(internal(one) for one in above if tag(one) == "dsc" or one is above[0])
        return _Frame(element, parent, parent.children if parent else 0, hidden)

    def _take(self, frame: _Frame, element: Element) -> None:
        if not frame.emitted:
            frame.said.take(element)
        elif tag(element) != "dsc":
            self.remarks.append(
                Remark(
                    frame.key,
                    f"its {tag(element)} stands behind its components and was not read",
                    "Put it before them, as EAD asks.",
                    lost=True,
                )
            )

    def _entry(self, frame: _Frame) -> ComponentEntry:
        """The row of a component, all that describes it having been read."""
        said, _element = frame.said, frame.element
        self.passed_over.update(said.passed_over)
        if frame.parent is None:
            self._know(said)
        frame.key, frame.emitted = self._key(frame), True
        level = self._level(frame)
        title = said.title
        if not title:
            # As ArchivesSpace shows it: by its dates.
            title = said.dates.words or said.unitid or level
            if not said.dates.words:
                self._remark(frame, f"it has no unittitle; {title} was put in its place", "Give it a title (DACS 2.3).")
        for words in said.dates.unread:
            self._remark(
                frame,
                f"its date “{words}” could not be read; it stands in words alone",
                "Give its begin and end (unitdate/@normal).",
            )
        unitid = said.unitid
        if len(unitid) > _LONGEST:
            unitid = unitid[:_LONGEST]
            self.remarks.append(
                Remark(frame.key, f"its unitid is longer than {_LONGEST} characters and was cut", "", lost=True)
            )
        return ComponentEntry(
            frame.key,
            frame.parent.key if frame.parent else None,
            frame.position,
            level,
            unitid,
            title,
            said.dates.words,
            said.dates.edtf,
            said.description,
            said.extent,
            said.use_note,
            tuple(said.restrictions),
            said.containers,
            frame.internal,
            tuple(dict.fromkeys(said.digital_objects)),
        )

    def _know(self, said: Described) -> None:
        head = self._head
        identifier = head.identifier or said.unitid or WITHOUT_ID + _digest(said.title)
        if not head.identifier:
            self.remarks.append(
                Remark(
                    "",
                    f"the finding aid has no eadid; it is known as {identifier}",
                    "Give the resource an EAD ID in ArchivesSpace.",
                )
            )
        self.finding_aid = FindingAid(
            identifier[:_LONGEST], head.version or "EAD 2002", head.title, said.repository, head.language
        )

    def _key(self, frame: _Frame) -> str:
        """What the component is found by when the finding aid is read again."""
        identifier = self.finding_aid.identifier if self.finding_aid else ""
        written = attribute(frame.element, "id").removeprefix(PREFIX)
        if frame.parent is None:
            written = written or identifier
        if written and len(written) <= _LONGEST and written not in self._keys:
            self._keys.add(written)
            return written
        # Never its place among others: a component put in before it would take its permalink.
        above = frame.parent.key if frame.parent else ""
        named = [
            identifier,
            above,
            written,
            frame.said.unitid or frame.said.title or frame.said.dates.words,
        ]
        key = WITHOUT_ID + _digest("\0".join(named))
        again = 1
        while key in self._keys:
            again += 1
            key = WITHOUT_ID + _digest("\0".join((*named, str(again))))
        self._keys.add(key)
        why = f"the id {written} stands in the finding aid before" if written else "it has no id"
        self.remarks.append(
            Remark(
                key, f"{why}; it is known by what it is called", "Export it from ArchivesSpace, which gives each an id."
            )
        )
        return key

    def _level(self, frame: _Frame) -> str:
        level = attribute(frame.element, "level")
        if level == "otherlevel":
            level = attribute(frame.element, "otherlevel") or level
        elif not level:
            level = "otherlevel" if frame.parent else "collection"
            self._remark(frame, f"it has no level; {level} was put in its place", "Give it its level of description.")
        return level[:_LONGEST_LEVEL]

    def _remark(self, frame: _Frame, text: str, remedy: str) -> None:
        self.remarks.append(Remark(frame.key, text, remedy))


def _head(element: Element) -> FindingAid:
    """What the eadheader (EAD 2002) or the control (EAD3) says."""
    found: dict[str, str] = {}
    for one in element.iter():
        name = tag(one)
        if name in ("eadid", "recordid", "titleproper"):
            found.setdefault(name, line(one, without=("num",)))
        elif name == "language" and (code := attribute(one, "langcode")):
            found.setdefault(name, code)
    return FindingAid(
        found.get("eadid") or found.get("recordid") or "",
        "EAD3" if tag(element) == "control" else "EAD 2002",
        found.get("titleproper", ""),
        "",
        found.get("language", ""),
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]
