"""The archivist's own pages: what was read worst beside its image, corrections typed over it, and those that wait.
Never served to the public."""

from search_app.review.app import create_review
from search_app.review.desk import Corrections

__all__ = ["Corrections", "create_review"]
