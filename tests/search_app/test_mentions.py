"""Where pages speak of a place or date: told of pages whose text may be read, and of what is undecided all that it may
be."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import event

from archive import holdings as module
from archive.access import Audience
from archive.errors import NotFound
from archive.holdings import Holdings
from commands.mentions import mentions
from tests.archive.rule_by_rule import RuleByRule
from tests.search_app.small_archive import UNDECIDED


@pytest.mark.parametrize("audience", Audience)
def test_they_are_told_of_pages_whose_text_may_be_read(archive, audience):
    with Holdings(archive.config, audience) as holdings, RuleByRule(holdings) as slow:
        known = {page.id for pages in slow.pages.values() for page in pages if page.access.text and page.reading}
        found = [(item.id, page, mention) for item, page, mention in holdings.mentioned("place")]
        assert {page.id for _, page, _ in found} == known and len(found) == len(known)
        assert all(page.item_id == item_id and mention == UNDECIDED for item_id, page, mention in found)
        decided = {page.id for _, page, _ in holdings.mentioned("place", "san-vicente/tecoluca")}
        assert decided and decided < known and not list(holdings.mentioned("date"))


def test_queries_are_made_a_portion_and_none_a_mention(archive, monkeypatch):
    def queries(holdings):
        asked = []
        event.listen(holdings.catalog, "before_cursor_execute", lambda *what: asked.append(what[2]))
        assert len(list(holdings.mentioned("place"))) > 8
        return len(asked)

    with Holdings(archive.config) as holdings:
        one = queries(holdings)
    monkeypatch.setattr(module, "PORTION", 8)
    with Holdings(archive.config, Audience.STAFF) as holdings:
        portions = -(-len(list(holdings.mentioned("place"))) // 8)
    with Holdings(archive.config) as holdings:
        assert one <= 16 and queries(holdings) <= portions * one


def run(archive, *arguments):
    return CliRunner().invoke(mentions, arguments, obj=lambda: archive.config, catch_exceptions=False)


def test_the_command_says_where_and_what_it_may_be(archive):
    lines = run(archive).stdout.splitlines()
    assert lines[0].startswith("El Rosario · may be El Rosario (Cuscatlán) or El Rosario (Morazán) · ")
    found = [json.loads(line) for line in run(archive, "--json").stdout.splitlines()]
    assert len(found) == len(lines) and found[0]["url"] in lines[0] and found[0]["page"] in found[0]["url"]
    assert (found[0]["text"], found[0]["value"]) == ("El\nRosario", "")
    assert found[0]["candidates"] == [
        {"value": "cuscatlan/el-rosario", "label": "El Rosario (Cuscatlán)", "evidence": ["name", "page"]},
        {"value": "morazan/el-rosario", "label": "El Rosario (Morazán)", "evidence": ["name"]},
    ]
    assert run(archive, "--kind", "date").stdout == ""


def test_a_place_is_asked_for_by_its_name_or_where_several_have_it_by_its_key(archive):
    by_key, by_name = run(archive, "san-vicente/tecoluca").stdout, run(archive, "TECOLUCA").stdout
    assert by_key == by_name and by_key.startswith("Tecoluca · ") and "may be" not in by_key
    with pytest.raises(NotFound, match="several places have the name") as refused:
        run(archive, "El Rosario")
    assert "la-paz/el-rosario" in refused.value.remedy
    with pytest.raises(NotFound, match="no such place"):
        run(archive, "Macondo")
