"""What every answer tells the browser, and that nothing typed or drawn from papers can do anything."""

import re

import pytest

from tests.search_app.reading import read

ADDRESSES = (
    "/",
    "/search?q=Tecoluca",
    "/search?q=*a*",
    "/search.json?q=Tecoluca",
    "/nothing",
    "/about",
    "/cite?q=Tecoluca&format=ris",
    "/static/rescate.css",
    "/favicon.ico",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_guarded(client, address):
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'" and policy["form-action"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_images_and_errors_are_guarded_too(client, archive):
    for page, status in (
        (archive.pages["weekly"][0], 200),
        (archive.pages["closed"][0], 403),
        (archive.pages["withdrawn"][0], 410),
    ):
        answer = client.get(f"/image/{page}.jpg")
        assert answer.status_code == status and "Content-Security-Policy" in answer.headers


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(client, archive):
    for address in ("/", "/search?q=Tecoluca", archive.ark("weekly", 1), "/about", "/cite?q=Tecoluca"):
        page = read(client, address)
        loaded = [
            one.get("src") or one.get("href")
            for one in page.tree.xpath("//script|//img|//link[@rel='stylesheet' or @rel='icon']")
        ]
        assert loaded and all(address.startswith("/") and not address.startswith("//") for address in loaded)
        assert not page.tree.xpath("//script[not(@src)]|//style|//@style|//iframe|//object")
        assert not [name for one in page.tree.iter() for name in one.attrib if name.startswith("on")]


def test_other_search_engines_read_documents_and_not_every_search(client):
    said = client.get("/robots.txt").get_data(as_text=True)
    assert said.startswith("User-agent: *\n") and "Disallow: /search\n" in said and "/ark" not in said


def test_what_the_browser_may_keep(client, archive):
    page = client.get("/search?q=Tecoluca").headers
    assert page["Cache-Control"] == "private, no-cache"
    address = re.search(rb'href="(/static/rescate.css\?v=[0-9a-f]{12})"', client.get("/about").data)[1].decode()
    assert "max-age=31536000" in client.get(address).headers["Cache-Control"]
    for kind in ("image", "thumbnail"):
        image = client.get(f"/{kind}/{archive.pages['weekly'][0]}.jpg")
        assert image.mimetype == "image/jpeg" and image.headers["Cache-Control"].startswith("private, max-age=300")
        again = client.get(
            f"/{kind}/{archive.pages['weekly'][0]}.jpg", headers={"If-None-Match": image.headers["ETag"]}
        )
        assert again.status_code == 304 and again.data == b""
    assert client.get(f"/image/{archive.pages['closed'][0]}.jpg").headers["Cache-Control"] == "private, no-cache"


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "javascript:alert(1)",
    "{{7*7}}",
    "</mark><svg/onload=alert(1)>",
    "%(query)s %s %d",
    "\u202eevil",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_is_text(client, archive, typed):
    for path in (
        "/search",
        archive.ark("weekly", 1),
        "/cite",
        "/about",
        "/nothing",
        f"/ark:99999/{archive.components['weekly']}",
    ):
        for field in ("q", "place", "series", "from", "selected", "lang", "style", "page", "date"):
            page = read(client, path, query_string={field: typed})
            assert page.status in (200, 400, 404), (path, field)
            assert not page.tree.xpath("//script[not(@src)]|//@onerror|//@onfocus|//@onload"), (path, field)
            assert not [href for href in page.tree.xpath("//@href") if href.strip().lower().startswith("javascript:")]
            assert not page.tree.xpath("//img[@src='x']") and "49" not in page.texts("title")


def test_what_papers_and_spreadsheets_say_is_text(client, archive):
    for address in (
        "/search?q=Tecoluca",
        archive.ark("hostile"),
        f"/ark:99999/{archive.components['press']}",
        "/cite?genre=other",
    ):
        page = read(client, address)
        assert not page.tree.xpath("//script[not(@src)]|//@onerror|//img[@src='x']|//b"), address
        assert '<script>alert("title")</script>' in " ".join(page.tree.itertext()), address


def test_a_permalink_of_the_address_bar_is_not_taken_for_ours(client):
    """The Host header leads nowhere: addresses are relative, and permalinks come from the settings."""
    page = client.get("/search?q=Tecoluca", headers={"Host": "evil.example"}).get_data(as_text=True)
    assert "evil.example" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/ark:/99999/{id}",
        "/ark:99999/{upper}",
        "/ark:99999/{id}?image=2",
        "/cite//{id}",
        "/image//{id}.jpg",
        "/ark:/99999//{id}",
        "/static//rescate.css",
    ],
)
def test_a_redirect_stays_on_this_site_whatever_host_was_named(client, archive, path):
    id = archive.items["weekly"]
    answer = client.get("http://evil.example" + path.format(id=id, upper=id.upper()), headers={"Host": "evil.example"})
    assert answer.status_code in (303, 308)
    assert re.match(r"/[^/\\]", answer.headers["Location"])
