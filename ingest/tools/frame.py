"""One page of a master, as the record has it."""

from archive.record import Frame

__all__ = ["Frame"]
