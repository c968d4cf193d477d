"""Citations: from a cited unit to RIS, BibTeX, CSL-JSON, CSV and formatted Chicago, MLA and APA.

`Source` is what is cited, `write` writes any number of them in one of `FORMATS`, `cite` one for a page to show.
"""

from archive.citation.formats import FORMATS, Format, write
from archive.citation.formatted import STYLES, Cited, cite
from archive.citation.source import Creator, Source

__all__ = ["FORMATS", "STYLES", "Cited", "Creator", "Format", "Source", "cite", "write"]
