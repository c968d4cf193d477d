"""What a finding aid says, as plain rows: the finding aid itself, its components in order, their containers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContainerEntry:
    """A box, or what stands in it: `parent` is the place, in its component's list, of the one that holds it."""

    type: str
    indicator: str
    barcode: str = ""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class AccessRestriction:
    """An accessrestrict of a component's own: its words, its local types, and until when.

    `published` is false where ArchivesSpace keeps the note from readers: it restricts, and is not shown.
    """

    words: str
    types: tuple[str, ...] = ()
    until: str = ""
    published: bool = True


@dataclass(frozen=True, slots=True)
class ComponentEntry:
    """A component as its finding aid describes it, after its parent and its elder siblings.

    `ref_id` is EAD's c/@id without ArchivesSpace's prefix; where there is none, or a second of the same, a
    key made of what the component is called. `internal` says that it is not published (EAD @audience).
    """

    ref_id: str
    parent_ref_id: str | None
    position: int
    level: str
    unitid: str
    title: str
    date: str = ""
    date_edtf: str = ""
    description: str = ""
    extent: str = ""
    use_note: str = ""
    restrictions: tuple[AccessRestriction, ...] = ()
    containers: tuple[ContainerEntry, ...] = ()
    internal: bool = False
    digital_objects: tuple[str, ...] = ()

    @property
    def access_note(self) -> str:
        """The words on access that readers may see (DACS 4.1)."""
        return "\n\n".join(one.words for one in self.restrictions if one.published and one.words)


@dataclass(frozen=True, slots=True)
class FindingAid:
    """What the head of a finding aid says of it. `identifier` is its eadid (EAD 2002) or recordid (EAD3)."""

    identifier: str
    version: str
    title: str = ""
    repository: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What an archivist should know of a component, by its ref_id; `lost` where something was left out."""

    ref_id: str
    text: str
    remedy: str = ""
    lost: bool = False
