"""Citations: from a cited unit to RIS, BibTeX, CSL-JSON, CSV and formatted Chicago, MLA and APA.

`source.Source` is what is cited, `formats.write` writes any number of them, `formatted.cite` one for a page.
"""
