"""axe (Deque's rules of accessibility) finds nothing serious on any kind of public page, on a telephone and on a desk."""

import pytest

from tests.browser import SMALL_PHONE
from tests.needs import missing
from tests.search_app.conftest import FOLDER

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
            "home": "/", "results": "/search?q=Tecoluca", "narrowed": "/search?q=Tecoluca&genre=report", "nothing": "/search?q=nadaquever",
            "item": archive.ark("weekly"), "page": archive.ark("weekly", 1) + "?q=Tecoluca+OR+garrison", "difficult": archive.ark("undated"),
            "closed": archive.ark("closed"), "component": f"/ark:99999/{archive.components['weekly']}", "about": "/about",
            "cite": "/cite?q=Tecoluca", "ask": "/ask?about=r1sznv9bg7hb", "absent": "/nothing", "withdrawn": archive.ark("withdrawn")}.items():
        page.goto(site + path)
        if name == "page":
            page.wait_for_selector("#picture[data-ready=yes]")
        # By the debugger's protocol: the pages' own policy lets no other script in.
        page.evaluate(AXE.read_text("utf-8"))
        said = page.evaluate("""(rules) => axe.run(document, {resultTypes: ['violations'],
            rules: Object.fromEntries(rules.map((rule) => [rule, {enabled: true}]))})""", list(RULES))
        wrong = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in said["violations"]
                 if one["impact"] in ("serious", "critical") or one["id"] in RULES]
        if wrong:
            found[name] = wrong
    assert found == {}
