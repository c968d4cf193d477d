"""What a row says of access; where that is not clear, it is read as closed."""

from __future__ import annotations

from datetime import date

from ingest.sheets.cells import Row
from ingest.sheets.rows import AccessDeclaration

#: The reason that readers see where the row's own word was not understood.
NOT_DETERMINED = "Acceso sin determinar / Access not determined"


def read_access(row: Row, unit: str) -> AccessDeclaration | None:
    """The declaration of an item's or a component's row; None where it says nothing and inherits.

    What was meant as a restriction is never read as its absence: a word not understood, or a reason
    without a state, keeps the `unit` (as the message calls it) closed.
    """
    written, state = row.written("access"), row.one("access")
    reason, authority, review = (row.one(f"access_{part}") for part in ("reason", "authority", "review_date"))
    if written and not state:
        row.leave_out("access", f"until it is mended, the {unit} is closed")
        state = "closed"
        reason = reason or NOT_DETERMINED
    elif not written and (row.written("access_reason") or row.written("access_review_date")):
        row.leave_out(
            "access",
            f"it is empty though a reason or a review date stands beside it; the {unit} is closed",
            "Write closed, or open, or delete the reason.",
            "closed",
        )
        state = "closed"
    if not state:
        return None
    if state in ("closed", "withdrawn") and not reason:
        row.leave_out(
            "access_reason",
            f"access is {state} without a reason; the {unit} is {state} all the same",
            "Say why (DACS 4.1).",
        )
    return AccessDeclaration(state, reason, authority, date.fromisoformat(review) if review else None)


def read_page_access(row: Row) -> AccessDeclaration | None:
    """The declaration of a page's row, which has a state alone."""
    written, state = row.written("access"), row.one("access")
    if written and not state:
        row.leave_out("access", "until it is mended, the page is closed")
        state = "closed"
    return AccessDeclaration(state) if state else None


def may_restrict(row: Row) -> bool:
    """Whether the row, refused or not, may keep something from readers."""
    return row.waits or row.written("access").casefold() not in ("", "open")
