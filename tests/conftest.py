"""The fixtures of the whole suite: sample archives, the installed command, a browser, Elasticsearch, PostgreSQL."""

import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from hypothesis import settings

# A shell that starts the tests in the background has them ignore interrupts, and what they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Where set-up had to bring Node.js, it stands beside Python.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

# The same few pages are read in hundreds of tests: Tesseract is asked once a run what stands on each. The workers of a
# run are given what its first process set.
if (tesseract := shutil.which("tesseract")) and "RESCATE_TEST_TESSERACT" not in os.environ:
    _said_before = tempfile.TemporaryDirectory(prefix="said-before-")
    os.environ |= {
        "RESCATE_TEST_TESSERACT": tesseract,
        "RESCATE_TEST_SAID_BEFORE": _said_before.name,
        "PATH": f"{Path(__file__).with_name('said_before')}{os.pathsep}{os.environ['PATH']}",
    }

pytest_plugins = [
    "tests.browser",
    "tests.elasticsearch.fixture",
    "tests.ingest.shelf",
    "tests.postgresql.fixture",
    "tests.sample_archive",
    "tests.small_scans",
]

# How long an example takes is the machine's matter: a busy one must not fail a property. What fifty do not find, the
# next runs do: each draws others.
settings.register_profile("suite", deadline=None, max_examples=50)
settings.load_profile("suite")
