"""What an archive is: its record, ids, dates, places, access, citations, catalog and search."""

__version__ = "0.1.0"
