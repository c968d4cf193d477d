"""In a real browser: the list for citing over searches, pages, tabs and ways back, and without a script."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP

SMALL_PHONE = {"width": 360, "height": 740}
SIZES = [pytest.param(DESKTOP, id="desktop"), pytest.param(SMALL_PHONE, id="phone")]


def kept(page) -> list[str]:
    return page.evaluate("JSON.parse(localStorage.getItem('rescate.list') || '[]')")


def count(page):
    return page.locator("header .list-count")


@pytest.mark.parametrize("size", SIZES)
def test_the_list_outlives_a_new_search_a_page_and_the_way_back(open_browser, site, archive, size, tmp_path):
    page = open_browser("en", size)
    page.goto(f"{site}/search?q=Atlacatl&lang=en")
    expect(count(page)).to_be_hidden()
    page.locator(".select input").first.check()
    first = page.locator(".select input").first.get_attribute("value")
    expect(count(page)).to_have_text("(1)")
    page.goto(f"{site}/search?q=garrison&lang=en")
    expect(count(page)).to_have_text("(1)")
    # A page that is read is added, and shows it when one comes back to it and to the results.
    page.locator(".page-label").first.click()
    page.wait_for_url("**/ark:**")
    page.get_by_role("button", name="Add this page to the list").click()
    expect(page.get_by_role("button", name="Take this page off the list")).to_be_visible()
    expect(count(page)).to_have_text("(2)")
    page.go_back()
    page.wait_for_url("**/search?*")
    expect(page.locator(".select input:checked")).to_have_count(1)
    page.locator(".list-way").click()
    page.wait_for_url("**/cite?only=selected*")
    expect(page.locator(".listed > li")).to_have_count(2)
    assert kept(page)[0] == first
    # Exactly these are taken away, in the order that was asked for.
    page.get_by_role("button", name="as you chose them").click()
    expect(page.get_by_role("button", name="as you chose them")).to_have_attribute("aria-pressed", "true")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSL-JSON").click()
    waiting.value.save_as(tmp_path / "list.json")
    assert [one["id"] for one in json.loads((tmp_path / "list.json").read_text("utf-8"))] == kept(page)
    # The choice is kept too.
    page.reload()
    expect(page.get_by_role("button", name="as you chose them")).to_have_attribute("aria-pressed", "true")
    assert "selected=r1" not in page.url


def test_what_is_removed_or_cleared_can_be_brought_back(open_browser, site, archive):
    page = open_browser("es")
    page.goto(site)
    chosen = [archive.pages["weekly"][1], archive.pages["clipping"][0], archive.pages["weekly"][0]]
    page.evaluate("list => localStorage.setItem('rescate.list', JSON.stringify(list))", chosen)
    page.reload()
    page.locator(".list-link").click()
    expect(page.locator(".listed > li")).to_have_count(3)
    page.get_by_role("button", name="Quitar: ").first.click()
    expect(page.locator(".listed > li")).to_have_count(2)
    expect(page.locator(".list-undo")).to_contain_text("Se quitó una página de la lista.")
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".listed > li")).to_have_count(3)
    assert kept(page) == chosen
    page.get_by_role("button", name="Vaciar la lista").click()
    expect(page.locator(".list-empty")).to_be_visible()
    expect(count(page)).to_be_hidden()
    page.reload()
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".listed > li")).to_have_count(3)


def test_tabs_show_one_list(open_browser, site, archive):
    one = open_browser("en")
    one.goto(f"{site}/search?q=Tecoluca&lang=en")
    other = one.context.new_page()
    other.goto(f"{site}/search?q=Tecoluca&lang=en")
    one.locator(".select input").first.check()
    expect(count(other)).to_have_text("(1)")
    expect(other.locator(".select input:checked")).to_have_count(1)


def test_what_was_restricted_since_is_counted_and_taken_off(open_browser, site, archive):
    page = open_browser("en")
    page.goto(f"{site}/?lang=en")
    good, gone = archive.pages["weekly"][0], archive.pages["suppressed"][0]
    page.evaluate("list => localStorage.setItem('rescate.list', JSON.stringify(list))", [gone, good])
    page.goto(f"{site}/cite?only=selected")
    expect(page.locator(".list-missing")).to_contain_text("1 page of your list is no longer available.")
    page.get_by_role("button", name="Take off the list").click()
    expect(page.locator(".list-missing")).to_have_count(0)
    assert kept(page) == [good]


def test_an_address_with_a_list_is_shown_and_mixed_with_none_until_that_is_asked_for(open_browser, site, archive):
    page = open_browser("en")
    page.goto(f"{site}/cite?only=selected&selected={archive.pages['weekly'][0]}&lang=en")
    expect(page.locator(".listed > li")).to_have_count(1)
    expect(count(page)).to_be_hidden()
    page.get_by_role("button", name="Add it to mine").click()
    expect(count(page)).to_have_text("(1)")
    # Of a search's address the ticks are taken over: before there was a script they stood there.
    page.goto(f"{site}/search?q=Tecoluca&selected={archive.pages['clipping'][0]}&lang=en")
    expect(count(page)).to_have_text("(2)")
    assert "selected" not in page.url


def test_without_a_script_the_list_goes_along_in_the_address(open_browser, site, archive):
    page = open_browser("en", javascript=False)
    page.goto(f"{site}/search?q=Tecoluca&lang=en")
    page.locator(".select input").first.check()
    page.get_by_role("button", name="Keep it and go on").click()
    expect(count(page)).to_have_text("(1)")
    page.locator(".page-label").last.click()
    page.get_by_role("link", name="Add this page to the list").click()
    expect(count(page)).to_have_text("(2)")
    page.locator(".list-link").click()
    expect(page.locator(".listed > li")).to_have_count(2)
    page.get_by_role("button", name="MLA", exact=True).last.click()
    expect(page.locator(".listed > li")).to_have_count(2)
    page.get_by_role("button", name="Remove: ").first.click()
    expect(page.locator(".listed > li")).to_have_count(1)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="RIS").click()
    assert waiting.value.suggested_filename == "rescate.ris"
