"""What a finding aid means for access: only what restrictions.tsv says word for word, and what is not published.

A note on access is written for the reading room, in free words; what it means for a scan is not guessed.
Shown as it stands, it changes nothing by itself: access already given or withheld by a spreadsheet or a person
stays. A local type or a whole note that restrictions.tsv calls closed closes its component. With
`close_restricted` every note closes that the table does not call open: the safe way to take in a tree whose
restricted series hold scans already. A component that is not published (audience="internal") is suppressed
with all that stands in it: what the archive hides in ArchivesSpace it does not name here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from archive import knowledge
from archive.access import Rule, State
from ingest.finding_aid.rows import AccessRestriction, ComponentEntry

#: Who decided it, in access rules.
AUTHORITY = "finding aid"


@cache
def table() -> dict[tuple[str, str], State]:
    """The rows of restrictions.tsv: by kind (type or phrase) and folded value, open or closed."""
    rows = knowledge.rows("ingest.finding_aid", "restrictions.tsv")
    return {(row["kind"], folded(row["value"])): State(row["state"]) for row in rows}


def folded(text: str) -> str:
    """Words alone, in lower case, without accents: as phrases are compared.

    >>> folded("  Abierto a la CONSULTA. ")
    'abierto a la consulta'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def meaning(restriction: AccessRestriction) -> State | None:
    """What the table says of a note; None where it does not know it. A closing word stands before an opening one."""
    types = [table().get(("type", folded(one))) for one in restriction.types]
    whole = table().get(("phrase", folded(restriction.words)))
    if State.CLOSED in (*types, whole):
        return State.CLOSED
    opened = None not in types if types else whole is State.OPEN
    return State.OPEN if opened else None


def undecided(entry: ComponentEntry) -> bool:
    """Whether it has a note on access that the table does not know."""
    return any(meaning(one) is None for one in entry.restrictions)


def rule(entry: ComponentEntry, close_restricted: bool = False) -> Rule | None:
    """The access rule that the finding aid puts on a component; None where it puts none.

    Nothing is ever opened by a finding aid.
    """
    if entry.internal:
        return Rule(State.SUPPRESSED, authority=AUTHORITY)
    closing = [
        one for one in entry.restrictions if meaning(one) is State.CLOSED or close_restricted and meaning(one) is None
    ]
    if not closing:
        return None
    reason = "\n\n".join(one.words for one in closing if one.published and one.words)
    # Only where each says until when is there a day to look at it again.
    until = max(one.until for one in closing) if all(one.until for one in closing) else ""
    return Rule(State.CLOSED, reason=reason, authority=AUTHORITY, review_date=until)
