"""Who may read what: one place for the states, the switches, and how rules pass down the tree.

Rules stand on a component, an item or a page. From the top of the tree down, the nearest rule that
says `open` or `closed` holds; `suppressed` and `withdrawn` hold for everything below them, whatever
stands below, and the stricter of the two wins. A rule's switches (description, text, image,
download) are set apart from its state: a clipping may be searchable and its image not shown.
The note of a closed unit follows DACS 4.1 (conditions governing access).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Any


class Audience(StrEnum):
    """For whom the archive is read: each has an index of its own, and the public server opens only the public one."""

    PUBLIC = "public"
    STAFF = "staff"


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Rule:
    """What one rule says: a state, switches (None: as the state has it), and why, by whom, until when."""

    state: State
    description: bool | None = None
    text: bool | None = None
    image: bool | None = None
    download: bool | None = None
    reason: str = ""
    authority: str = ""
    review_date: str = ""


@dataclass(frozen=True)
class Access:
    """What an audience may have of one unit, and the rule's words where it may not have all."""

    state: State = State.OPEN
    description: bool = True
    text: bool = True
    image: bool = True
    download: bool = True
    reason: str = ""
    authority: str = ""
    review_date: str = ""

    @property
    def whole(self) -> bool:
        """Nothing of the unit is kept back."""
        return self.description and self.text and self.image and self.download


STAFF = Access()

_BY_STATE = {
    State.OPEN: dict(description=True, text=True, image=True, download=True),
    State.CLOSED: dict(description=True, text=False, image=False, download=False),
    State.SUPPRESSED: dict(description=False, text=False, image=False, download=False),
    State.WITHDRAWN: dict(description=False, text=False, image=False, download=False),
}

_SWITCHES = ("description", "text", "image", "download")
_STRICTNESS = {State.OPEN: 0, State.CLOSED: 0, State.SUPPRESSED: 1, State.WITHDRAWN: 2}


def of_rule(rule: Rule) -> Access:
    """The access that one rule gives by itself.

    >>> of_rule(Rule(State.OPEN, image=False)).download
    False
    """
    switches = dict(_BY_STATE[rule.state])
    if rule.state in (State.OPEN, State.CLOSED):
        for name in _SWITCHES:
            said = getattr(rule, name)
            if said is not None:
                switches[name] = said
    # What cannot be seen cannot be downloaded.
    if not (switches["image"] or switches["text"]) or rule.image is False:
        switches["download"] = False
    return Access(rule.state, **switches, reason=rule.reason, authority=rule.authority, review_date=rule.review_date)


def below(above: Access, rule: Rule | None) -> Access:
    """The access of a unit in another that has `above`, from the rule on it (None: nothing said there).

    >>> below(of_rule(Rule(State.CLOSED)), Rule(State.OPEN)).state.value
    'open'
    >>> below(of_rule(Rule(State.SUPPRESSED)), Rule(State.OPEN)).state.value
    'suppressed'
    """
    if rule is None or _STRICTNESS[rule.state] < _STRICTNESS[above.state]:
        return above
    return of_rule(rule)


def effective(chain: Iterable[Rule | None], default: State = State.OPEN) -> Access:
    """The access of a unit from the rules above and on it, outermost first (None: nothing said there).

    >>> effective([Rule(State.CLOSED), None]).state.value
    'closed'
    >>> effective([Rule(State.CLOSED), Rule(State.OPEN)]).state.value
    'open'
    >>> effective([Rule(State.SUPPRESSED), Rule(State.OPEN)]).state.value
    'suppressed'
    """
    return reduce(below, chain, of_rule(Rule(default)))


#: The state of a rule, and what it says of the description, under which a unit may not even be named. In one that may
#: be named no rule stands above that would hold against its own, so that its own alone says it.
UNNAMED = tuple(
    (state, said) for state in State for said in (None, True, False) if not of_rule(Rule(state, said)).description
)


def narrows(before: Access, after: Access) -> bool:
    """Whether less may be had of a unit after a change than before, or it is named another way.

    >>> open_, closed = of_rule(Rule(State.OPEN)), of_rule(Rule(State.CLOSED))
    >>> narrows(open_, closed), narrows(closed, open_)
    (True, False)
    """
    return _STRICTNESS[after.state] > _STRICTNESS[before.state] or any(
        getattr(before, name) and not getattr(after, name) for name in _SWITCHES
    )


def narrowed(access: Access, **switches: bool) -> Access:
    """`access` with some switches turned off; none is ever turned on."""
    kept: dict[str, Any] = {name: getattr(access, name) and allowed for name, allowed in switches.items()}
    return replace(access, **kept)
