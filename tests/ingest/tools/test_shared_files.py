"""What becomes of a few hundred real files that are not part of the project: as shared_files.tsv says, each for its
reason."""

import csv
import os
from pathlib import Path

import pytest

from archive.config import IngestSettings
from bench import formats

SHARED = os.environ.get("RESCATE_SHARED_DATA", "")
HERE = Path(__file__).parent


@pytest.mark.skipif(not SHARED, reason="RESCATE_SHARED_DATA names no folder of real files")
def test_every_real_file_is_read_or_refused_with_its_reason():
    with (HERE / "shared_files.tsv").open(encoding="utf-8", newline="") as table:
        expected = {
            row["file"]: (row["outcome"], row["class"], row["text"]) for row in csv.DictReader(table, delimiter="\t")
        }
    base = Path(SHARED)
    tried = formats.trials([base / name for name in expected], IngestSettings())
    found = {}
    for trial in tried:
        name, _, _, outcome, error_class, reason, _, text, _ = trial.row(base)
        found[name] = (outcome, error_class, text)
        assert bool(reason) is (outcome not in ("read", "kept")), name
    assert found == expected
