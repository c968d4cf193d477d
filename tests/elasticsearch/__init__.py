"""A real Elasticsearch for the tests: brought by Maven, started once a run, ended by its process id."""
