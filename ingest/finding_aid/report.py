"""What became of a finding aid, in words and as an object: by ref_id, never by the title of what is not published."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.finding_aid.accession import Imported
from ingest.finding_aid.rows import Remark

#: Lines of one kind that are said one by one; of more, the number is said and `--json` has them all.
_EACH = 20


def as_json(done: Imported) -> dict:
    """All of it, for scripts."""
    return {
        "finding_aid": done.finding_aid.identifier,
        "version": done.finding_aid.version,
        "title": done.finding_aid.title,
        "repository": done.finding_aid.repository,
        "language": done.finding_aid.language,
        "batch": done.batch,
        "added": done.added,
        "changed": done.changed,
        "moved": done.moved,
        "unchanged": done.unchanged,
        "changes": [{"ref_id": ref, "what": list(what)} for ref, what in done.changes],
        "withdrawn": done.withdrawn,
        "missing": done.missing,
        "closed": done.closed,
        "suppressed": done.suppressed,
        "undecided": done.undecided,
        "not_kept": dict(done.passed_over),
        "remarks": [
            {"ref_id": one.ref_id, "text": one.text, "remedy": one.remedy, "lost": one.lost} for one in done.remarks
        ],
    }


def sentences(done: Imported, dry: bool = False) -> Iterator[str]:
    """The report, line by line, for a person."""
    known = done.finding_aid
    yield f"{known.version} {known.identifier}: {known.title}".rstrip(": ")
    would = "would be " if dry else ""
    yield (
        f"{done.added} components {would}added, {done.changed} {would}changed ({done.moved} of them moved), "
        f"{done.unchanged} unchanged"
    )
    if dry:
        yield from _each([f"{ref}: {', '.join(what)}" for ref, what in done.changes], "changes")
    if done.withdrawn:
        yield (
            f"{len(done.withdrawn)} no longer in the finding aid and empty: {would}withdrawn ({_some(done.withdrawn)})"
        )
    if done.missing:
        yield (
            f"{len(done.missing)} no longer in the finding aid, and kept, for something hangs on them: "
            f"{_some(done.missing)}. "
            "If ArchivesSpace no longer publishes them, close them here too; else move their items."
        )
    if done.suppressed:
        yield (
            f"{len(done.suppressed)} not published in ArchivesSpace: {would}suppressed here, with all below "
            f"({_some(done.suppressed)})"
        )
    if done.closed:
        yield f"{len(done.closed)} {would}closed by their note on access ({_some(done.closed)})"
    if done.undecided:
        yield (
            f"{len(done.undecided)} have a note on access whose meaning is not known: it is shown, and access "
            "stays as it was "
            f"({_some(done.undecided)}). Close them all with --close-restricted, or say what a note means in "
            "restrictions.tsv."
        )
    if done.passed_over:
        yield "Notes that are not kept here: " + ", ".join(
            f"{name} ({count})" for name, count in sorted(done.passed_over.items())
        )
    yield from _each([_sentence(one) for one in done.remarks], "remarks")
    if not dry:
        yield f"Batch {done.batch}." if done.batch is not None else "Nothing changed."


def _sentence(one: Remark) -> str:
    return " ".join(
        filter(
            None, (f"{one.ref_id}: {one.text}." if one.ref_id else f"{one.text[:1].upper()}{one.text[1:]}.", one.remedy)
        )
    )


def _some(refs: list[str]) -> str:
    return ", ".join(refs[:_EACH]) + (f" and {len(refs) - _EACH} more" if len(refs) > _EACH else "")


def _each(lines: list[str], what: str) -> Iterator[str]:
    yield from lines[:_EACH]
    if len(lines) > _EACH:
        yield f"… and {len(lines) - _EACH} more {what}: --json has them all."
