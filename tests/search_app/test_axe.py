"""Pages can be read by everybody: axe (Deque's rules of accessibility) finds nothing serious on any kind of them, and
results come first."""

import pytest

from tests.browser import SMALL_PHONE
from tests.needs import missing
from tests.search_app.conftest import FOLDER
from tests.search_app.reading import read

AXE = FOLDER.parent / "node_modules" / "axe-core" / "axe.min.js"
DESK = {"width": 1440, "height": 900}
RULES = ("region", "label-content-name-mismatch", "target-size")


@pytest.mark.parametrize("size", [pytest.param(SMALL_PHONE, id="phone"), pytest.param(DESK, id="desk")])
def test_axe_finds_nothing(open_browser, site, archive, size):
    if not AXE.exists():
        missing("axe-core is not installed", "make test")
    page = open_browser("es", size)
    found = {}
    for name, path in {
        "home": "/",
        "results": "/search?q=Tecoluca",
        "narrowed": "/search?q=Tecoluca&genre=report",
        "nothing": "/search?q=nadaquever",
        "item": archive.ark("weekly"),
        "page": archive.ark("weekly", 1) + "?q=Tecoluca+OR+garrison",
        "difficult": archive.ark("undated"),
        "closed": archive.ark("closed"),
        "component": f"/ark:99999/{archive.components['weekly']}",
        "about": "/about",
        "cite": "/cite?q=Tecoluca",
        "ask": "/ask?about=r1sznv9bg7hb",
        "absent": "/nothing",
        "withdrawn": archive.ark("withdrawn"),
    }.items():
        page.goto(site + path)
        if name == "page":
            page.wait_for_selector("#picture[data-ready=yes]")
        # By the debugger's protocol: the pages' own policy lets no other script in.
        page.evaluate(AXE.read_text("utf-8"))
        said = page.evaluate(
            """(rules) => axe.run(document, {resultTypes: ['violations'],
            rules: Object.fromEntries(rules.map((rule) => [rule, {enabled: true}]))})""",
            list(RULES),
        )
        wrong = [
            (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
            for one in said["violations"]
            if one["impact"] in ("serious", "critical") or one["id"] in RULES
        ]
        if wrong:
            found[name] = wrong
    assert found == {}


def test_results_come_before_what_narrows_them_and_are_skipped_to(client):
    """By keyboard it was 43 stops to the first result."""
    page = read(client, "/search?q=Tecoluca")
    assert page.hrefs("a.skip") == ["#results", "#main"]
    stops = [
        one.get("class") or one.getparent().get("class")
        for one in page.tree.xpath(
            "//main//*[self::section or self::aside][@id='results' or contains(@class, 'facets')]"
        )
    ]
    assert stops == ["results", "facets"]
    first = page.tree.xpath(
        "count(//section[@id='results']//a[not(@tabindex='-1')][1]/preceding::a[not(@tabindex='-1')])"
    )
    assert first < 43
