"""What undoing a batch took out is erased for good: whatever of it the record holds, as `archive.catalog.owned` says.

Its ids stay, with nothing said of it: they lead to a notice, and stand again when the masters are taken in again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Column, ColumnElement, Connection, and_, exists, select, true

from archive.access import Rule, State
from archive.catalog import decisions, journal, owned, prior_states, rules
from archive.catalog import tables as t
from archive.catalog.owned import Fate, Owned, Owner
from archive.unit import Kind, Matter, Other, Unit

#: Ids in one statement.
PORTION = 500
#: The origin of a rule that closes a page of which a decision restricted a part; only a person ends it.
ERASED = "erase"
#: The ids of all that goes, by what they are ids of.
_Scope: TypeAlias = Mapping[Owner, Set[Any]]


@dataclass(frozen=True)
class Erased:
    """How many items and pages were erased, and the ids of the pages whose images are to go: these, and the pages that
    stay and whose scan was the batch's."""

    items: int
    pages: int
    pictured: tuple[str, ...]


def erase(connection: Connection, batch_id: int) -> Erased:
    """Removes for good what undoing this batch took out: items, pages that it brought into items which stay, and scans
    in whose place others stand again."""
    gone = set(connection.scalars(select(t.item.c.id).where(t.item.c.undone == batch_id)))
    left = _scans_left(connection, batch_id)
    scope = _scope(connection, batch_id, gone, left)
    rescanned = set(_ids(connection, t.reading.c.page_id, t.reading.c.file_id, left))
    for part in _portions(scope[Owner.PAGE]):
        for page_id in decisions.restricted(connection, part):
            # What closed a part of it goes with its text; should it come again, all of it is closed.
            rules.put(connection, Unit.page(page_id), Rule(State.CLOSED), ERASED)
    for one in owned.children_first():
        for hang in one.points:
            for part in _portions(scope[hang.owner]):
                connection.execute(one.table.update().where(hang.column.in_(part)).values({hang.column.name: None}))
    for one in owned.children_first():
        _erase(connection, one, scope)
    pages = scope[Owner.PAGE]
    journal.note(connection, "erase", Matter.batch(batch_id), items=len(gone), pages=len(pages))
    return Erased(len(gone), len(pages), tuple(sorted({*pages, *rescanned})))


# -- what goes


def _scope(connection: Connection, batch_id: int, gone: Set[str], left: Set[int]) -> _Scope:
    items, led = set(gone), set(gone)
    while led := set(_ids(connection, t.alias.c.alias, t.alias.c.target, led)) - items:
        items |= led  # what went into one of these items before leads to it
    pages = set(_ids(connection, t.page.c.id, t.page.c.item_id, items)) | _brought(connection, batch_id)
    readings = set(_ids(connection, t.reading.c.id, t.reading.c.page_id, pages))
    readings |= set(_ids(connection, t.reading.c.id, t.reading.c.file_id, left))
    uses = (
        (t.page.c.file_id, t.page.c.id, pages),
        (t.reading.c.file_id, t.reading.c.id, readings),
        (t.reading.c.transcript_id, t.reading.c.id, readings),
        (t.page_outcome.c.transcript_id, t.page_outcome.c.page_id, pages),
        (t.item_file.c.file_id, t.item_file.c.item_id, items),
    )
    used = left | {id for file, user, going in uses for id in _ids(connection, file, user, going) if id is not None}
    shared = {
        id
        for file, user, going in uses
        for part in _portions(used)
        for id, by in connection.execute(select(file, user).where(file.in_(part)))
        if by not in going
    }
    alone = used - shared
    components, places = (_changed(connection, batch_id, kind) for kind in (Kind.COMPONENT, Other.PLACE))
    return {
        Owner.ITEM: items,
        Owner.PAGE: pages,
        Owner.READING: readings,
        Owner.FILE: alone,
        Owner.BYTES: set(_ids(connection, t.file.c.sha256, t.file.c.id, alone)),
        Owner.SHARED_BYTES: set(_ids(connection, t.file.c.sha256, t.file.c.id, shared)),
        # What is there no more: an undo took it away.
        Owner.COMPONENT: components - set(_ids(connection, t.component.c.id, t.component.c.id, components)),
        Owner.PLACE: (places - {str(id) for id in _ids(connection, t.location.c.id, t.location.c.id, map(int, places))})
        | {str(id) for id in _ids(connection, t.location.c.id, t.location.c.file_id, alone)},
    }


def _brought(connection: Connection, batch_id: int) -> set[str]:
    """Pages that the batch put into items which stay, and that are in none any more. Where a later batch changed such
    an item since, nobody can say whose its pages are: they are left."""
    c = t.prior_state.c
    since = set(
        connection.scalars(
            select(c.subject_id)
            .join(t.batch, t.batch.c.id == c.batch_id)
            .where(c.batch_id > batch_id, c.subject_kind == Kind.ITEM, t.batch.c.undone.is_(None))
        )
    )
    found: set[str] = set()
    for item_id, before in prior_states.changed(connection, batch_id).items():
        if item_id not in since:
            out = select(t.page.c.id).where(t.page.c.item_id == item_id, t.page.c.sequence == 0)
            found |= set(connection.scalars(out)) - before
    return found


def _scans_left(connection: Connection, batch_id: int) -> set[int]:
    """The files that the batch took in, and that are no page's master and at no place any more."""
    named = select(t.file_outcome.c.sha256).where(t.file_outcome.c.batch_id == batch_id)
    asked = select(t.file.c.id).where(
        t.file.c.sha256.in_(named),
        ~exists().where(t.page.c.file_id == t.file.c.id),
        ~exists().where(t.location.c.file_id == t.file.c.id),
    )
    return set(connection.scalars(asked))


def _changed(connection: Connection, batch_id: int, kind: Kind | Other) -> set[str]:
    c = t.prior_state.c
    return set(connection.scalars(select(c.subject_id).where(c.batch_id == batch_id, c.subject_kind == kind)))


def _ids(connection: Connection, wanted: Column[Any], by: Column[Any], values: Iterable[Any]) -> Iterator[Any]:
    for part in _portions(values):
        yield from connection.scalars(select(wanted).where(by.in_(part)).distinct())


def _portions(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    return (ordered[start : start + PORTION] for start in range(0, len(ordered), PORTION))


# -- and how


def _erase(connection: Connection, one: Owned, scope: _Scope) -> None:
    if one.erase is Fate.CLEAR:
        connection.execute(one.table.delete())
    if one.erase not in (Fate.TAKE_AWAY, Fate.EMPTY):
        return
    for hang in one.hangs:
        for part in _portions(scope[hang.owner]):
            here = and_(hang.column.in_(part), true() if hang.kind is None else hang.kind == hang.named)
            if hang.owner is Owner.SHARED_BYTES:
                _leave_out(connection, one, here, scope[Owner.ITEM])
            elif one.erase is Fate.EMPTY:
                connection.execute(one.table.update().where(here).values(one.emptied))
            else:
                connection.execute(one.table.delete().where(here))


def _leave_out(connection: Connection, one: Owned, here: ColumnElement[bool], items: Set[str]) -> None:
    """Takes the items out of the rows' lists; a row that names no others goes."""
    (key,) = one.table.primary_key.columns
    for named in one.lists:
        for id, before in connection.execute(select(key, named).where(here)).all():
            after = [item for item in before if item not in items]
            if before and not after:
                connection.execute(one.table.delete().where(key == id))
            elif after != before:
                connection.execute(one.table.update().where(key == id).values({named.name: after}))
