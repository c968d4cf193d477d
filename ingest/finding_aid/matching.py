"""Finds the component of the catalog that a finding aid speaks of, so that it keeps its id.

By its ref_id. The collection of a finding aid whose eadid is not known yet is also found by its reference code,
for components.csv calls it by a name of its own.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

from archive.catalog import tree
from archive.record import Component
from ingest.finding_aid.rows import ComponentEntry, Remark

#: An id that ArchivesSpace made: the same in two finding aids is the same component, carried over. Others
#: (`ref12`) every finding aid has.
_UNIQUE = re.compile(r"[0-9a-f]{32}")


class Matching:
    """The components of one finding aid against those of the catalog."""

    def __init__(self, connection: Connection, finding_aid: str):
        self.connection, self.finding_aid = connection, finding_aid

    def find(self, entry: ComponentEntry) -> tuple[Component | None, str, Remark | None]:
        """The component that stands, if one does; the ref_id that it has or is to have; what to say of it."""
        found = tree.component_by_ref(self.connection, entry.ref_id)
        if found is not None and self._another(found) and not _UNIQUE.fullmatch(entry.ref_id):
            own = f"{self.finding_aid}:{entry.ref_id}"[:255]
            return (
                tree.component_by_ref(self.connection, own),
                own,
                Remark(
                    own,
                    f"the finding aid {found.finding_aid} has a component {entry.ref_id} too; this one is known by "
                    "both names",
                ),
            )
        if found is None and entry.parent_ref_id is None:
            found = self._by_reference_code(entry)
        return found, found.ref_id if found and found.ref_id else entry.ref_id, None

    def _another(self, found: Component) -> bool:
        return bool(found.finding_aid) and found.finding_aid != self.finding_aid

    def _by_reference_code(self, entry: ComponentEntry) -> Component | None:
        same = [
            one
            for one in tree.children(self.connection, None)
            if entry.unitid and one.unitid == entry.unitid and one.level == entry.level and not self._another(one)
        ]
        return same[0] if len(same) == 1 else None
