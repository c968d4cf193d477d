"""Dates in a text: found in both languages, kept as written, and given as EDTF where the words decide."""

from __future__ import annotations

from ingest.extract.date_forms import find_spans
from ingest.extract.date_values import candidates, resolve
from ingest.extract.folded import Folded
from ingest.extract.mention import Context, Mention, Span


def find_dates(text: str | Folded, language: str | None = None, context: Context = Context()) -> tuple[Mention, ...]:
    """The dates of a paragraph in order; `value` is None where they are undecided.

    `language` is the paragraph's (`spa`, `eng`, None), `context` what is known of its page.

    >>> [(one.text, one.value.edtf) for one in find_dates("Los días 17, 18 y 19 de mayo de 1983; 12 JAN 90")]
    [('17, 18 y 19 de mayo de 1983', '1983-05-17/1983-05-19'), ('12 JAN 90', '1990-01-12')]
    >>> find_dates("7/13-8/10")[0].value is None
    True
    """
    folded = text if isinstance(text, Folded) else Folded(text)
    return tuple(_mention(folded, span, language, context) for span in find_spans(folded))


def _mention(folded: Folded, span: Span, language: str | None, context: Context) -> Mention:
    value = resolve(span, language, context)
    undecided = () if value else candidates(span, context)
    text = folded.source[span.start : span.end]
    return Mention("date", span.start, span.end, text, span.rule, value, candidates=undecided)
