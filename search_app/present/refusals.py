"""Why a query cannot be asked and what to do, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from archive.errors import ArchiveError, NoSuchField
from archive.search import cost, query, refused


def said(error: ArchiveError) -> str:
    """The sentence for a refused query: what is wrong, then what to type."""
    if isinstance(error, NoSuchField):
        return _(
            "There is no field “%(name)s” to search in. Type the words alone; only date: (fecha:) may stand before "
            "a colon. "
            "Places, kinds of document, languages and series are filters beside the results.",
            name=error.name,
        )
    sentences = {
        query.NO_WORD: _("There is no word to look for. Type at least one word or number."),
        query.STAR_WITHIN: _(
            "An asterisk may stand only at the end of a word. Write the beginning of the word and then "
            "the asterisk, as in desapar*."
        ),
        query.NO_DATE: _(
            "This is no date. Write a year, a month or a day: 1983, 1983-05, 1983-05-12; a span of time with two "
            "points: "
            "1981..1984."
        ),
        query.TOO_LONG: _("The query is too long. Look for fewer words at a time."),
        cost.TOO_COSTLY: _(
            "This asks too much of the search at once. Ask for fewer or shorter phrases, at most some fifty, or write "
            "more letters before the asterisk."
        ),
        refused.TOO_FAR: _(
            "This is farther into the result than pages go. Narrow the search, turn its order by date round, or "
            "take the "
            "whole result as a file of citations."
        ),
        query.TOO_DEEP: _("There are too many parentheses within parentheses. Write it with fewer."),
    }
    return sentences.get(error.message, _("This cannot be asked. Look at the help on how to search."))
