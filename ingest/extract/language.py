"""The language of a paragraph and of a page: Spanish, English, mixed, or undecided.

A vote of function words, frequent words and endings, from languages.tsv. bench/languages.py compares it with
simplemma, py3langid and lingua on recognised pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from archive import knowledge
from archive.layout import Layout, TextBlock
from archive.places import fold

#: Several languages, and undecided, as ISO 639-2 calls them.
MIXED, UNDECIDED = "mul", "und"

#: A paragraph is decided by at least this weight of votes …
FEWEST_VOTES = 1.0
#: … of which this share is one language's: a Spanish report quotes names and titles of the other, and back.
CLEAR_SHARE = 0.72
#: … and which are at least this share of its words: a list of names has few.
FEWEST_PER_WORD = 0.12
#: A page is mixed where the second language has this share of the words in decided paragraphs …
MIXED_SHARE = 0.15
#: … and at least so many of them: a heading or a quotation makes no mixed page.
MIXED_WORDS = 25

#: The languages that are told apart.
TOLD_APART = ("spa", "eng")
#: A few lines read at a first glance are surely in a language by at least this weight of votes, of which this share is
#: its own.
SURE_VOTES, SURE_SHARE = 3.0, 0.8

_ENDING_WEIGHT = 0.5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _table() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    words: dict[str, str] = {}
    endings: dict[str, str] = {}
    names: set[str] = set()
    both: set[str] = set()
    for row in knowledge.rows("ingest.extract", "languages.tsv"):
        for word in row["words"].split():
            if row["kind"] == "ending":
                endings[word] = row["language"]
            elif row["kind"] == "in names":
                names.add(word)
            elif words.setdefault(word, row["language"]) != row["language"]:
                both.add(word)
    return {word: language for word, language in words.items() if word not in both}, endings, frozenset(names)


_LANGUAGE_OF, _ENDINGS, _IN_NAMES = _table()
_ENDING = re.compile(rf".{{2,}}(?P<ending>{'|'.join(sorted(_ENDINGS, key=len, reverse=True))})$")
#: Words without a meaning of their own, folded, in either language.
FUNCTION_WORDS = frozenset(_LANGUAGE_OF)


def votes(text: str) -> tuple[float, float, int]:
    """The weight of the votes for Spanish, those for English, and the number of words.

    >>> votes("Los soldados capturaron a dos campesinos")
    (3.0, 0.0, 6)
    """
    spanish = english = 0.0
    found = list(_WORD.finditer(text))
    capitals = sum(c.isupper() for c in text) > 0.6 * sum(c.isalpha() for c in text)
    only_in_names = True
    for number, match in enumerate(found):
        word = match[0]
        folded = word.lower() if word.isascii() else fold(word)
        language = _LANGUAGE_OF.get(folded)
        weight = 1.0
        if language is None:
            if len(folded) < 5 or not capitals and word[0].isupper() and number:
                continue
            ending = _ENDING.match(folded)
            if not ending:
                continue
            language, weight = _ENDINGS[ending["ending"]], _ENDING_WEIGHT
            only_in_names &= capitals
        elif folded in _IN_NAMES and not capitals and _is_in_name(found, number):
            continue
        elif folded in _IN_NAMES:
            weight = 0.5
        if folded in _LANGUAGE_OF and folded not in _IN_NAMES:
            only_in_names = False
        if language == "spa":
            spanish += weight
        else:
            english += weight
    return (0, 0, len(found)) if only_in_names else (spanish, english, len(found))


def _is_in_name(found: list[re.Match], number: int) -> bool:
    """ "El" of "El Salvador", "de la" of "Juan de la Cruz": a part of a name, in either language."""
    if found[number][0][0].isupper() and number:
        return True
    following = next((one[0] for one in found[number + 1 : number + 4] if one[0].lower() not in _IN_NAMES), "a")
    before = found[number - 1][0] if number else "a"
    return following[0].isupper() and (before[0].isupper() or before in _IN_NAMES)


def paragraph_language(text: str) -> str | None:
    """`spa`, `eng`, or None where the words do not decide: names and figures, too few words, both languages.

    >>> paragraph_language("Los soldados capturaron a dos campesinos en el cantón")
    'spa'
    >>> paragraph_language("Juan de la Cruz, 12-III-84") is None
    True
    """
    spanish, english, words = votes(text)
    most, least = max(spanish, english), min(spanish, english)
    if most < FEWEST_VOTES or most < CLEAR_SHARE * (most + least) or most < FEWEST_PER_WORD * words:
        return None
    return "spa" if spanish > english else "eng"


def surely(text: str) -> str | None:
    """`spa`, `eng`, or None where a few lines, hastily read, leave a doubt: it is to decide in which language a page is
    read.

    >>> surely("y los soldados del cuartel 1legaron a1 cantón"), surely("a de 1os o")
    ('spa', None)
    """
    spanish, english, words = votes(text)
    most = max(spanish, english)
    if most < SURE_VOTES or most < SURE_SHARE * (spanish + english) or most < FEWEST_PER_WORD * words:
        return None
    return "spa" if spanish > english else "eng"


def page_language(paragraphs: Iterable[TextBlock | str]) -> str:
    """`spa`, `eng`, `mul` (both, each with a fair share) or `und`, from the page's paragraphs.

    Paragraphs too short to decide alone are decided together.
    """
    words = {"spa": 0, "eng": 0}
    undecided: list[str] = []
    for paragraph in paragraphs:
        text = paragraph if isinstance(paragraph, str) else paragraph.text
        language = paragraph_language(text)
        if language:
            words[language] += len(_WORD.findall(text))
        else:
            undecided.append(text)
    first, second = sorted(words, key=words.get, reverse=True)
    if not words[first]:
        return paragraph_language("\n".join(undecided)) or UNDECIDED
    if words[second] >= max(MIXED_WORDS, MIXED_SHARE * sum(words.values())):
        return MIXED
    return first


def with_languages(layout: Layout) -> Layout:
    """The layout with the language of each of its blocks."""
    return replace(
        layout, blocks=tuple(replace(block, language=paragraph_language(block.text)) for block in layout.blocks)
    )
