"""How a run tells of itself while it goes on; the command line draws it, tests keep it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Stages have a name from STAGES and a number of steps; `say` is for a person, in a sentence."""

    def stage(self, name: str, total: int) -> None: ...

    def advance(self, steps: int = 1) -> None: ...

    def say(self, sentence: str) -> None: ...


#: In their order.
STAGES = ("identify", "catalog", "read", "index")


class Silent:
    """Tells nobody."""

    def stage(self, name: str, total: int) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass

    def say(self, sentence: str) -> None:
        pass
