"""Languages by code and by name."""

import pytest

from archive import languages
from archive.languages import find

EVERY = list(languages.languages().values())


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.code)
def test_each_name_and_code_leads_to_its_code(one):
    for name in filter(None, (one.code, one.terminology, one.two_letter, one.label("en"), one.label("es"), *one.also)):
        assert find(name) == find(name.upper()) == one.code
    if one.two_letter:
        assert find(f"{one.two_letter}-SV") == find(f"{one.two_letter}_sv") == one.code


def test_no_code_stands_twice():
    for codes in (
        [one.code for one in EVERY],
        [one.terminology for one in EVERY],
        [one.two_letter for one in EVERY if one.two_letter],
    ):
        assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("text", ["", "e", "xx", "qqq", "klingon", "es-", "123"])
def test_no_language(text):
    assert find(text) is None
