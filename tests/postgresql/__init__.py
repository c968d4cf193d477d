"""A real PostgreSQL for the tests: the machine's own programs, a server started once a run, a database a test."""
