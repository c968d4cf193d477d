"""The measurements still name what they measure."""

from bench.search_pages import PARTS


def test_the_parts_of_a_page_of_results_are_where_they_are_looked_for():
    for owner, name in (one for part in PARTS.values() for one in part):
        assert callable(getattr(owner, name))
