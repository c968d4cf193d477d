"""How a run tells of itself while it goes on; the command line draws it, tests keep it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Stages have a name from STAGES and a number of steps that are to be done.

    A step is done (`advance`), well or not (`fail`, besides), or is found not to be needed (`skip`), and then no
    longer counts among those to be done. What takes long is told of when it begins and when it finishes, by any
    words that a person knows it by. `say` is for a person, in a sentence.
    """

    def stage(self, name: str, total: int) -> None: ...

    def advance(self, steps: int = 1) -> None: ...

    def fail(self, steps: int = 1) -> None: ...

    def skip(self, steps: int = 1) -> None: ...

    def begin(self, what: str) -> None: ...

    def finish(self, what: str) -> None: ...

    def say(self, sentence: str) -> None: ...


#: In their order.
STAGES = ("identify", "catalog", "read", "index")


class Silent:
    """Tells nobody."""

    def stage(self, name: str, total: int) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass

    def fail(self, steps: int = 1) -> None:
        pass

    def skip(self, steps: int = 1) -> None:
        pass

    def begin(self, what: str) -> None:
        pass

    def finish(self, what: str) -> None:
        pass

    def say(self, sentence: str) -> None:
        pass
