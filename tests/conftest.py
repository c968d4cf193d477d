"""The fixtures of the whole suite: sample archives, the installed command, a browser, Elasticsearch, PostgreSQL."""

import os
import signal
import sys
from pathlib import Path

from hypothesis import settings

# A shell that starts the tests in the background has them ignore interrupts, and what they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Where set-up had to bring Node.js, it stands beside Python.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

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
