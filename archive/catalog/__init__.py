"""The catalog: the record in SQL, through SQLAlchemy Core; SQLite by default, PostgreSQL by URL."""
