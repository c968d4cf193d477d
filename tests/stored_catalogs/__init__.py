"""Catalogs as earlier versions left them, as SQL: a number is the shape, each made by the program of its day.

`rescate ingest` had taken in a page about Tecoluca (Box 3, Folder 7), a folder of two leaves, and a letter that its row
closes, all made up.
From 0008 on a name on the page about Tecoluca was typed over and a line added, a correction was withdrawn, and a word
of the closed letter typed over.
"""
