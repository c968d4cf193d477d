"""One reading of what two readers read on the same page: aligned word by word, voted, the losing words kept beside."""

from ingest.page.voting import layers
from ingest.page.voting.judgement import mark
from ingest.page.voting.lexicon import is_here
from ingest.page.voting.single_lines import boxes, doubtful_lines, vote_lines
from ingest.page.voting.two_sizes import joined
from ingest.page.voting.verdict import alone, vote

__all__ = ["alone", "boxes", "doubtful_lines", "is_here", "joined", "layers", "mark", "vote", "vote_lines"]
