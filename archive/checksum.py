"""The checksum of masters, by itself: workers that hash need nothing of the catalog."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256(path: str | Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal; OSError where it cannot be read."""
    return digest(path, "sha256")


def digest(path: str | Path, algorithm: str) -> str:
    """The checksum of a file's bytes in hexadecimal, by any algorithm that hashlib knows."""
    with Path(path).open("rb", buffering=0) as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
