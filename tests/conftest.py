"""The fixtures of the whole suite: sample archives, the installed command, a browser."""

pytest_plugins = ["tests.browser", "tests.sample_archive"]
