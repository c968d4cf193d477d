"""From a page's words to what they say: find spans, then resolve each or leave it undecided. Knowledge is in *.tsv."""

from ingest.extract.extraction import EXTRACTOR_VERSION, Extraction, extract
from ingest.extract.mention import Context, Mention

__all__ = ["Context", "EXTRACTOR_VERSION", "Extraction", "Mention", "extract"]
