"""PREMIS 3.0: an item, its files with fixity and format, what happened to them, and who did it.

event_types.tsv gives our actions the terms of the PREMIS event type vocabulary.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from archive import __version__, knowledge
from archive.preservation.elements import PREMIS, XSI, Element, Namespace, to_bytes
from archive.record import Event
from archive.unit import Matter, Other

SCHEMA = "http://www.loc.gov/standards/premis/v3/premis-v3-0.xsd"
#: The agent that writes down what a person, or a timer, has it do.
SOFTWARE = f"Rescate {__version__}"
_premis = Namespace(PREMIS)


@dataclass(frozen=True, slots=True)
class EventType:
    """One of our actions: its term in the vocabulary and the term's URI."""

    action: str
    term: str
    uri: str
    source: str


@dataclass(frozen=True)
class KeptFile:
    """A file of an item: fixity, size, format (PRONOM's id and name where known), the name it came with.

    `checked` is when it was last found with these bytes, where that was looked at.
    """

    sha256: str
    bytes: int
    media_type: str
    name: str
    puid: str = ""
    format: str = ""
    checked: datetime | None = None


@functools.cache
def event_types() -> Mapping[str, EventType]:
    """Action → event type, in the table's order.

    >>> event_types()["fixity check"].uri.rpartition("/")[2]
    'fix'
    """
    return {row["action"]: EventType(**row) for row in knowledge.rows("archive.preservation", "event_types.tsv")}


def document(
    ark: str, title: str, kept: Iterable[KeptFile], events: Iterable[tuple[int, Event]], *, whole: bool
) -> bytes:
    """The preservation metadata of one item.

    `events` are numbered as the catalog has them. Without `whole`, what the public may not read is left out:
    who did it, and the details.
    """
    root = _premis.root("premis", SCHEMA, version="3.0")
    kept, events = tuple(kept), tuple(events)
    _entity(root, ark, title)
    for one in kept:
        _file(root, ark, one)
    agents: dict[str, str] = {SOFTWARE: "software"}
    for number, event in events:
        did = _by_whom(event, whole)
        agents.update(did)
        _event(root, str(number), event, did, _object(ark, event), whole)
    for one in kept:
        if one.checked is not None:
            checked = Event(one.checked, "", "fixity check", Matter.file(one.sha256), "intact", {})
            _event(
                root,
                f"checked-{one.sha256[:16]}-{one.checked:%Y%m%dT%H%M%S}",
                checked,
                {SOFTWARE: "software"},
                ("SHA-256", one.sha256),
                whole,
            )
    for name, kind in agents.items():
        _agent(root, name, kind)
    return to_bytes(root)


def _identified(parent: Element, name: str, kind: str, value: str) -> None:
    identifier = _premis.add(parent, f"{name}Identifier")
    _premis.add(identifier, f"{name}IdentifierType", kind)
    _premis.add(identifier, f"{name}IdentifierValue", value)


def _entity(root: Element, ark: str, title: str) -> None:
    made = _premis.add(root, "object", **{f"{{{XSI}}}type": "premis:intellectualEntity"})
    _identified(made, "object", "ARK", ark)
    if title:
        _premis.add(made, "originalName", title)


def _file(root: Element, ark: str, one: KeptFile) -> None:
    made = _premis.add(root, "object", **{f"{{{XSI}}}type": "premis:file"})
    _identified(made, "object", "SHA-256", one.sha256)
    said = _premis.add(made, "objectCharacteristics")
    _premis.add(said, "compositionLevel", "0")
    fixity = _premis.add(said, "fixity")
    _premis.add(fixity, "messageDigestAlgorithm", "SHA-256")
    _premis.add(fixity, "messageDigest", one.sha256)
    _premis.add(said, "size", str(one.bytes))
    format = _premis.add(said, "format")
    designation = _premis.add(format, "formatDesignation")
    _premis.add(designation, "formatName", one.format or one.media_type)
    if one.puid:
        registry = _premis.add(format, "formatRegistry")
        _premis.add(registry, "formatRegistryName", "PRONOM")
        _premis.add(registry, "formatRegistryKey", one.puid)
        _premis.add(registry, "formatRegistryRole", "specification")
    if one.format:
        _premis.add(format, "formatNote", one.media_type)
    _premis.add(made, "originalName", one.name)
    relation = _premis.add(made, "relationship")
    _premis.add(relation, "relationshipType", "structural")
    _premis.add(relation, "relationshipSubType", "is part of")
    related = _premis.add(relation, "relatedObjectIdentifier")
    _premis.add(related, "relatedObjectIdentifierType", "ARK")
    _premis.add(related, "relatedObjectIdentifierValue", ark)


def _object(ark: str, event: Event) -> tuple[str, str]:
    """What an event happened to: a file by its checksum, an item or page by its ARK."""
    if event.subject.kind is Other.FILE:
        return "SHA-256", event.subject.id
    return "ARK", f"{ark.rpartition('/')[0]}/{event.subject.id}"


def _by_whom(event: Event, whole: bool) -> dict[str, str]:
    """The agents of an event: the program, the reader it ran, who corrected, and the account that ran it."""
    found = {SOFTWARE: "software"}
    if event.action == "read" and event.detail.get("reader"):
        found[str(event.detail["reader"])] = "software"
    if whole and event.detail.get("author"):
        found[str(event.detail["author"])] = "person"
    if whole and event.agent:
        found[event.agent] = "person"
    return found


def _event(
    root: Element, number: str, event: Event, agents: Iterable[str], happened_to: tuple[str, str], whole: bool
) -> None:
    made = _premis.add(root, "event")
    _identified(made, "event", "local", number)
    kind = event_types().get(event.action)
    if kind:
        _premis.add(
            made,
            "eventType",
            kind.term,
            authority="eventType",
            authorityURI="http://id.loc.gov/vocabulary/preservation/eventType",
            valueURI=kind.uri,
        )
    else:
        _premis.add(made, "eventType", event.action)
    # SQLite forgets the time zone; what is written is always UTC.
    at = event.at if event.at.tzinfo else event.at.replace(tzinfo=UTC)
    _premis.add(made, "eventDateTime", at.isoformat(timespec="seconds"))
    if kind and kind.term != event.action:
        _premis.add(_premis.add(made, "eventDetailInformation"), "eventDetail", event.action)
    outcome = _premis.add(made, "eventOutcomeInformation")
    _premis.add(outcome, "eventOutcome", event.outcome)
    if whole and event.detail:
        _premis.add(
            _premis.add(outcome, "eventOutcomeDetail"),
            "eventOutcomeDetailNote",
            json.dumps(event.detail, ensure_ascii=False, sort_keys=True),
        )
    for name in agents:
        link = _premis.add(made, "linkingAgentIdentifier")
        _premis.add(link, "linkingAgentIdentifierType", "local")
        _premis.add(link, "linkingAgentIdentifierValue", name)
    link = _premis.add(made, "linkingObjectIdentifier")
    _premis.add(link, "linkingObjectIdentifierType", happened_to[0])
    _premis.add(link, "linkingObjectIdentifierValue", happened_to[1])


def _agent(root: Element, name: str, kind: str) -> None:
    made = _premis.add(root, "agent")
    _identified(made, "agent", "local", name)
    label, _, version = name.rpartition(" ") if kind == "software" else (name, "", "")
    _premis.add(made, "agentName", label or name)
    _premis.add(
        made,
        "agentType",
        kind,
        authority="agentType",
        authorityURI="http://id.loc.gov/vocabulary/preservation/agentType",
        valueURI=f"http://id.loc.gov/vocabulary/preservation/agentType/{kind[:3]}",
    )
    if label and version:
        _premis.add(made, "agentVersion", version)
