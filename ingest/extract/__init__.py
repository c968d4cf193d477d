"""Finds dates, places and languages in text, and resolves them or leaves them undecided."""
