"""Folders watched: when one has come to rest, it is taken in."""
