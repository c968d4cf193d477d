"""Nobody else corrects through the archivist's browser: not another site, not by another name, not without an
author."""

import pytest

from search_app.review.guard import Named, is_loopback
from tests.search_app.review.conftest import FROM_HERE


@pytest.mark.parametrize(
    "host, status",
    [
        ("localhost:8001", 200),
        ("127.0.0.1", 200),
        ("[::1]:8001", 200),
        ("LOCALHOST", 200),
        ("evil.example:8001", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("192.0.2.7:8001", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_by_another_name_there_is_nothing(still, host, status):
    assert still.client.get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "hosts, asked, allowed",
    [
        (["archive.example"], "archive.example:8001", True),
        (["archive.example"], "192.0.2.7:8001", False),
        (["0.0.0.0"], "192.0.2.7:8001", True),
        (["0.0.0.0"], "evil.example", False),
        (["::"], "[2001:db8::1]:8001", True),
        (["192.0.2.7"], "192.0.2.7", True),
    ],
)
def test_where_it_listens_elsewhere_it_is_asked_for_there(hosts, asked, allowed):
    assert Named(tuple(hosts)).allows(asked) is allowed


@pytest.mark.parametrize(
    "headers, kept",
    [
        (FROM_HERE, True),
        ({"Origin": "http://localhost"}, True),
        ({}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
    ],
)
def test_only_these_pages_may_send(office, headers, kept):
    page = office.page("weekly")
    done = office.save(page, line1="November 9-16, 1993", headers=headers)
    assert done.status_code == (303 if kept else 403) and ("1993" in office.shown(page).text) is kept


def test_without_the_token_nothing_is_withdrawn(office):
    page = office.page("weekly")
    office.save(page, line1="November 9-16, 1993")
    assert office.client.post("/corrections/1/withdraw", headers=FROM_HERE).status_code == 403
    assert "1993" in office.shown(page).text
    assert office.client.get("/corrections/1/withdraw").status_code == 405


def test_every_answer_is_guarded(still):
    for address in (
        "/",
        "/corrections",
        f"/page/{still.page('closed')}",
        f"/image/{still.page('closed')}.jpg",
        "/nothing",
    ):
        headers = still.client.get(address).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"] and headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and "noindex" in headers["X-Robots-Tag"]


def test_loopback_is_known():
    assert is_loopback("::1") and is_loopback("127.8.0.1") and not is_loopback("192.0.2.7") and not is_loopback("")


def test_without_an_author_or_for_everybody_it_does_not_start(small_archive):
    refused = small_archive.rescate("review")
    assert refused.returncode == 2 and "--author" in refused.stderr
    refused = small_archive.rescate("review", "--author", "Ana", "--host", "0.0.0.0")
    assert refused.returncode == 2 and "--network" in refused.stderr and "restricted" in refused.stderr
