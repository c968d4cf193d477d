"""What a test needs of the machine: skipped with the reason and the mending command, or failed where CI=true."""

import os
from typing import NoReturn

import pytest


def missing(what: str, mend: str) -> NoReturn:
    """Ends the test for want of `what`; `mend` is the command that brings it."""
    said = f"{what}; run: {mend}"
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(f"CI=true allows no skipping. {said}", pytrace=False)
    pytest.skip(said)
