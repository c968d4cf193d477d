"""Puts a finding aid into the catalog: components found again by ref_id, their ids never changed.

All of it is one transaction and one batch of the kind `finding aid`, which remembers what each component was
before (`archive.catalog.batches`), so that `rescate batch undo` takes it back. Containers, shared by many, are
only ever added.

A finding aid stands before components.csv: what it describes, a spreadsheet no longer changes, save for its
access, which is a rule of its own (see `archive.catalog.rules`). What a newer finding aid has no more stays
in the tree while anything hangs on it; what is empty is withdrawn, so that its permalink has a tombstone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from archive.access import Rule, State
from archive.catalog import batches, items, journal, prior_states, rules, tree
from archive.catalog.tree import FINDING_AID
from archive.record import Component
from archive.unit import Matter, Unit
from ingest.finding_aid import access
from ingest.finding_aid.ead import PREFIX, WITHOUT_ID
from ingest.finding_aid.matching import Matching
from ingest.finding_aid.rows import ComponentEntry, ContainerEntry, FindingAid, Remark
from ingest.finding_aid.whole import WholeFindingAid

__all__ = ["FINDING_AID", "PREFIX", "WITHOUT_ID", "Imported", "put_finding_aid"]

#: What the tombstone of an empty component says that a newer finding aid has no more.
GONE = "Ya no figura en la descripción del archivo / No longer in the finding aid"
#: Columns that say what a component is, in the order of a report.
_DESCRIPTION = ("title", "level", "unitid", "date", "date_edtf", "description", "extent", "access_note", "use_note")
#: Components whose items are asked for at once.
_PORTION = 500


@dataclass
class Imported:
    """What became of a finding aid: how many components, and what an archivist should look at.

    `batch` is None where nothing changed. `missing` are the ref_ids of components that the finding aid has no
    more and that stay, for something hangs on them; `undecided` those with a note on access whose meaning is not
    known; `closed` and `suppressed` those that the finding aid keeps from readers.
    """

    finding_aid: FindingAid
    batch: int | None = None
    added: int = 0
    changed: int = 0
    moved: int = 0
    unchanged: int = 0
    withdrawn: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    suppressed: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    changes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Nothing was lost, and nothing of an older finding aid waits for a decision."""
        return not self.missing and not any(one.lost for one in self.remarks)


def put_finding_aid(
    connection: Connection, naan: str, whole: WholeFindingAid, *, close_restricted: bool = False
) -> Imported:
    """Adds or updates the components of a finding aid. To see what it would do, roll the transaction back."""
    return _Accession(connection, naan, whole, close_restricted).run()


class _Accession:
    """One finding aid on its way into the catalog."""

    def __init__(self, connection: Connection, naan: str, whole: WholeFindingAid, close_restricted: bool):
        self.connection, self.naan, self.close_restricted = connection, naan, close_restricted
        self.whole = whole
        self.done = Imported(
            finding_aid=whole.finding_aid, remarks=list(whole.remarks), passed_over=Counter(whole.passed_over)
        )
        self.ids: dict[str, str] = {}
        self.touched: list[str] = []
        self.shelf: dict[tuple, int] = {}  # containers asked for once: one box stands in hundreds of components
        self.matching = Matching(connection, whole.finding_aid.identifier)

    def run(self) -> Imported:
        for entry in self.whole:
            self._put(entry)
        self._uncircle()
        self._let_go()
        journal.post(self.connection, map(Unit.component, self.touched))
        if self.done.batch is not None:
            batches.end(self.connection, self.done.batch)
            journal.note(
                self.connection,
                "finding aid",
                Matter.batch(self.done.batch),
                added=self.done.added,
                changed=self.done.changed,
                withdrawn=len(self.done.withdrawn),
            )
        return self.done

    # -- one component

    def _put(self, entry: ComponentEntry) -> None:
        standing, ref_id, remark = self.matching.find(entry)
        if remark:
            self.done.remarks.append(remark)
        parent = self.ids[entry.parent_ref_id] if entry.parent_ref_id else standing.parent_id if standing else None
        values = dict(
            parent_id=parent,
            position=entry.position,
            source=FINDING_AID,
            finding_aid=self.whole.finding_aid.identifier,
            access_note=entry.access_note,
            **{name: getattr(entry, name) for name in _DESCRIPTION if name != "access_note"},
        )
        wanted = access.rule(entry, self.close_restricted)
        if access.undecided(entry) and (wanted is None):
            self.done.undecided.append(ref_id)
        if wanted is not None:
            (self.done.suppressed if wanted.state is State.SUPPRESSED else self.done.closed).append(ref_id)
        if standing is None:
            self._add(entry, ref_id, values, wanted)
        else:
            self._update(entry, standing, values, wanted)

    def _add(self, entry: ComponentEntry, ref_id: str, values: dict, wanted: Rule | None) -> None:
        id = tree.add_described(self.connection, self.naan, ref_id, values)
        self.ids[entry.ref_id] = id
        self.done.added += 1
        self._keep(id, None)
        if entry.containers:
            tree.set_component_containers(self.connection, id, self._containers(entry.containers))
        if wanted is not None:
            self._rule(id, wanted)

    def _update(self, entry: ComponentEntry, standing: Component, values: dict, wanted: Rule | None) -> None:
        self.ids[entry.ref_id] = id = standing.id
        differing = tuple(name for name, value in values.items() if getattr(standing, name) != value)
        before = [one.id for one in tree.component_containers(self.connection, id)]
        now = self._containers(entry.containers)
        rule = rules.of_origin(self.connection, Unit.component(id), FINDING_AID)
        if not differing and set(before) == set(now) and rule == wanted:
            self.done.unchanged += 1
            return
        self._keep(id, prior_states.component_state(self.connection, id))
        if standing.source != FINDING_AID:
            said = [name for name in _DESCRIPTION if name in differing and getattr(standing, name)]
            if said:
                self.done.remarks.append(
                    Remark(
                        standing.ref_id or "",
                        f"components.csv says otherwise of its {', '.join(said)}; the finding aid holds",
                        "Correct components.csv, or take the component out of it.",
                    )
                )
        tree.describe(self.connection, id, values)
        if set(before) != set(now):
            tree.set_component_containers(self.connection, id, now)
            differing += ("containers",)
        if rule != wanted:
            self._rule(id, wanted)
            differing += ("access",)
        self.done.changed += 1
        self.done.moved += "parent_id" in differing
        self.done.changes.append((standing.ref_id or "", differing))
        # What the index says of pages: their series, and whether they may be read.
        if {"parent_id", "level", "access"} & set(differing):
            self.touched.append(id)

    def _containers(self, entries: Iterable[ContainerEntry]) -> list[int]:
        found: list[int] = []
        for one in entries:
            named = (one.type, one.indicator, one.barcode, found[one.parent] if one.parent is not None else None)
            if named not in self.shelf:
                self.shelf[named] = tree.put_container(
                    self.connection, one.type, one.indicator, barcode=one.barcode, parent_id=named[3], by_barcode=True
                )
            found.append(self.shelf[named])
        return list(dict.fromkeys(found))

    def _rule(self, id: str, wanted: Rule | None) -> None:
        rules.put(self.connection, Unit.component(id), wanted, FINDING_AID)
        journal.note(self.connection, "access", Unit.component(id), state=wanted.state if wanted else "")

    # -- the batch

    def _keep(self, id: str, state: dict | None) -> None:
        """Remembers what a component was before the batch, which begins with its first change."""
        if self.done.batch is None:
            self.done.batch = batches.begin(
                self.connection, batches.FINDING_AID, [str(self.whole.path.absolute())], name=self.whole.path.name
            ).id
        prior_states.remember(self.connection, self.done.batch, Unit.component(id), state)

    # -- what the finding aid has no more

    def _uncircle(self) -> None:
        """The top of the finding aid hangs where it hung, unless that is now below it."""
        top = tree.component(self.connection, next(iter(self.ids.values())))
        if top is not None and top.parent_id in set(self.ids.values()):
            self.done.remarks.append(
                Remark(top.ref_id or "", "it hung below one of its own parts; it stands at the top now")
            )
            tree.describe(self.connection, top.id, {"parent_id": None})

    def _let_go(self) -> None:
        """What this finding aid described before and has no more: kept where anything hangs on it, else withdrawn."""
        here = set(self.ids.values())
        gone = [
            one for one in tree.described_by(self.connection, self.whole.finding_aid.identifier) if one.id not in here
        ]
        vanished = {one.id for one in gone}
        for one in gone:
            below = tree.below(self.connection, one.id)
            if set(below) <= vanished and not any(True for _ in self._items_of(below)):
                rule = rules.of_origin(self.connection, Unit.component(one.id), FINDING_AID)
                wanted = Rule(State.WITHDRAWN, reason=GONE, authority=access.AUTHORITY)
                if rule != wanted:
                    self._keep(one.id, prior_states.component_state(self.connection, one.id))
                    self._rule(one.id, wanted)
                    self.done.withdrawn.append(one.ref_id or "")
            else:
                self.done.missing.append(one.ref_id or "")

    def _items_of(self, component_ids: Iterable[str]):
        ids = list(component_ids)
        for start in range(0, len(ids), _PORTION):
            yield from items.items_of_component(self.connection, ids[start : start + _PORTION])
