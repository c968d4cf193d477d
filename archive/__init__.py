"""What an archive is: its record, ids, dates, places, access, citations, catalog and search."""
