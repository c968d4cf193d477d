"""The fixtures of the whole suite: sample archives, the installed command, a browser, Elasticsearch."""

pytest_plugins = ["tests.browser", "tests.elasticsearch.fixture", "tests.sample_archive"]
