"""A word where it stands on the canvas, in whatever direction it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A word with its edges on the canvas; `direction` is 0 to the right, 1 up, 2 to the left, 3 down."""

    content: str
    left: int
    top: int
    right: int
    bottom: int
    direction: int = 0

    @property
    def along(self) -> tuple[int, int]:
        """Where it begins and ends in its direction."""
        return ((self.left, self.right), (-self.bottom, -self.top), (-self.right, -self.left), (self.top, self.bottom))[
            self.direction
        ]

    @property
    def across(self) -> tuple[int, int]:
        """The word's edges at right angles to its direction, the upper edge of the letters first."""
        return ((self.top, self.bottom), (self.left, self.right), (-self.bottom, -self.top), (-self.right, -self.left))[
            self.direction
        ]

    @property
    def size(self) -> int:
        return max(1, self.across[1] - self.across[0])
