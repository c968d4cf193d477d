"""Every door of the archive through which a reader could learn of what is closed: the public site's addresses, the
commands, the index.

`look` goes through all of them and says where it met what it should not. A door that is added to the site or to the
commands and is not listed here fails test_every_door_is_listed.py.
"""

from __future__ import annotations

import functools
import logging
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from click.testing import CliRunner

from archive.access import Audience
from archive.citation.formats import FORMATS
from archive.derivatives import NARROW
from archive.search.engines import open_engine
from archive.search.query import parse
from archive.search.request import SearchRequest
from cli import main
from search_app import create_app
from tests.leaks.planted import ASKED, NAAN, SECRETS, Archive

#: Words one letter off a planted one, to which a suggestion could answer with it; and beginnings of planted ones.
NEAR = (
    "quetzalapo",
    "nahuixochitk",
    "papalotlam",
    "tezozomok",
    "mictlantecu",
    "ometochtlo",
    "xipetotek",
    "quetza*",
    "nahuix*",
    "papalo*",
    "tezozo*",
    "mictlan*",
    "ometoch*",
    "xipe*",
    "ilamate*",
    "huehue*",
    "chalchi*",
)
#: Facets and dates that only restricted things have.
NARROWED = (
    "date=1931",
    "date=193X",
    "date=1947",
    "date=194X",
    "place=morazan/arambala",
    "place=morazan",
    "genre=photograph",
    "sort=date",
    "sort=-date",
    "q=date:1931",
    "q=date:1930..1950",
    "series={oculta}",
    "series={cerrada}",
)

SEARCHES = ("search.home", "search.results", "search.search_json", "citations.several", "citations.listed")
UNITS = {
    "items.unit": f"/ark:/{NAAN}/{{id}}",
    "items.text": "/text/{id}.txt",
    "citations.one": "/cite/{id}",
    "images.image": "/image/{id}.jpg",
    "images.narrow": f"/image/{{id}}/{NARROW[0]}.jpg",
    "images.thumbnail": "/thumbnail/{id}.jpg",
}
FIXED = {
    "about.page": "/about",
    "about.concern": "/ask",
    "about.robots": "/robots.txt",
    "about.icon": "/favicon.ico",
    "static": "/static/rescate.css",
}
ENDPOINTS = {*SEARCHES, *UNITS, *FIXED}

#: The commands that answer readers: each is asked in every form it has.
READERS = {"search", "export", "pages", "mentions"}
#: Those that the archivist alone runs, on the archive's own machine; what they say is no reader's to see.
ARCHIVISTS = {
    "batch check",
    "batch ingest",
    "batch list",
    "batch template",
    "batch undo",
    "check",
    "correct",
    "corrections",
    "demo",
    "dump",
    "finding-aid check",
    "finding-aid import",
    "ingest",
    "redo",
    "reindex",
    "report",
    "restore",
    "review",
    "serve",
    "verify",
    "watch",
}
#: Those that write for another public catalogue.
PUBLISHERS = {"finding-aid links"}

#: Addresses of pictures, which have no words to be met by: of what is closed none answers.
PICTURES = ("images.image", "images.narrow", "images.thumbnail")
#: The items of which a title may be told once all is restricted, and nothing else.
CLOSED = ("closed", "in_closed")


class Reader:
    """A reader of the archive: a site with its own connections, and the commands. `told` is what the site logged."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.app = create_app(archive.config)
        self.client = self.app.test_client(use_cookies=False)

    def close(self) -> None:
        self.app.extensions["rescate"].close()

    # -- what a test asks itself

    def total(self, query: str) -> int:
        return self.client.get("/search.json", query_string={"q": query}).get_json()["total"]

    def command(self, *words: str):
        return CliRunner().invoke(
            main, ["--config", str(self.archive.config.folder / "config.yaml"), *words], catch_exceptions=False
        )

    # -- all doors

    def look(
        self,
        secrets: Iterable[str] = SECRETS,
        ids: Iterable[str] | None = None,
        closed: Iterable[str] | None = None,
        *,
        index: bool = True,
        thorough: bool = True,
    ) -> list[str]:
        """Where any of these words or ids is met, or a picture of the items that are `closed`: `door: what`.

        `index` asks the public index itself, too, which must have heard; not `thorough`, each door is tried once or
        twice instead of in every form it has. What is not given is all that is planted, where no `ids` are."""
        secrets = tuple(secrets)
        closed = (CLOSED if ids is None else ()) if closed is None else closed
        ids = tuple(self.archive.secret_ids if ids is None else ids)
        logged = _Kept()
        logging.getLogger().addHandler(logged)
        try:
            met = list(self._searched(secrets, ids, thorough))
            met += self._units(secrets, ids, thorough)
            met += self._pictures(closed)
            met += self._fixed(secrets, ids)
            met += self._commanded(secrets, ids, thorough)
        finally:
            logging.getLogger().removeHandler(logged)
        met += _met("the log", "\n".join(logged.lines), secrets, ids)
        if index:
            met += self._indexed(secrets)
        return met

    def _searched(self, secrets, ids, thorough) -> Iterator[str]:
        for asked in self._asked(thorough):
            # What was asked for stands in the page, a day with its decade.
            own = tuple(secret for secret in secrets if secret in _plain(asked) or f"date={secret[:3]}" in asked)
            others = tuple(secret for secret in secrets if secret not in own)
            for path in ("/", "/search", "/search.json", "/cite") if not asked else ("/search", "/search.json"):
                address = f"{path}?{asked}"
                yield from self._page(
                    address, others if path != "/search.json" else secrets, tuple(id for id in ids if id not in asked)
                )
            answer = self.client.get(f"/search.json?{asked}").get_json()
            if own and answer.get("total") != 0:
                yield f"/search.json?{asked}: {answer.get('total')} hits"
            if own and any(answer.get("facets", {}).values()):
                yield f"/search.json?{asked}: facets {answer['facets']}"
            for format in FORMATS if not asked and thorough else ("ris",):
                yield from self._page(f"/cite?{asked}&format={format}", secrets, ids)
        chosen = "&".join(f"selected={id}" for id in ids)
        yield from self._page(f"/cite?{chosen}&only=selected", secrets, ())
        yield from self._page(f"/cite?{chosen}&only=selected&format=ris", secrets, ids)
        yield from self._page(f"/cite?{chosen}&only=selected&cite=items&format=csv", secrets, ids)
        for more in ({}, {"format": "ris"}):
            answer = self.client.post("/cite", data={"selected": list(ids), "only": "selected", **more})
            yield from _met("POST /cite", answer.get_data(as_text=True), secrets, ids if more else ())

    def _asked(self, thorough) -> Iterator[str]:
        components = self.archive.components or {"oculta": "x", "cerrada": "x"}
        yield ""
        for query in (*ASKED, *NEAR) if thorough else (*ASKED[:6], *NEAR[:1]):
            yield f"q={quote(query)}"
        for one in NARROWED if thorough else ():
            yield one.format_map(components)

    def _units(self, secrets, ids, thorough) -> Iterator[str]:
        everything = {
            *self.archive.ids.values(),
            *self.archive.components.values(),
            *ids,
            *(page for pages in self.archive.pages.values() for page in pages),
        }
        for id in sorted(everything):
            for pattern in UNITS.values():
                address = pattern.format(id=id)
                others = tuple(one for one in ids if one != id)
                yield from self._page(address, secrets, others)
                if id in ids and self.client.get(address).status_code < 400:
                    yield f"{address}: answers"
            if thorough:
                yield from self._page(f"/cite/{id}?format=csl-json", secrets, tuple(one for one in ids if one != id))

    def _pictures(self, closed) -> Iterator[str]:
        for name in closed:
            for id in (self.archive.ids[name], *self.archive.pages[name]):
                for endpoint in PICTURES:
                    with self.client.get(address := UNITS[endpoint].format(id=id)) as answer:
                        if answer.status_code < 400:
                            yield f"{address}: shown"

    def _fixed(self, secrets, ids) -> Iterator[str]:
        for address in FIXED.values():
            yield from self._page(address, secrets, ids)

    def _page(self, address: str, secrets, ids) -> Iterator[str]:
        answer = self.client.get(address)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers if name != "Location")
        text = answer.get_data().decode("utf-8", "replace") if not answer.mimetype.startswith("image/") else ""
        yield from _met(address, f"{headers}\n{text}", secrets, ids)
        answer.close()

    def _commanded(self, secrets, ids, thorough) -> Iterator[str]:
        for query in (*ASKED[:3], "xipe*", "") if thorough else ("quetzalapa", ""):
            for more in ((), ("--json",)):
                own = tuple(secret for secret in secrets if secret in _plain(query))
                done = self.command("search", *more, query)
                yield from _met(
                    f"search {' '.join(more)} {query}",
                    done.stdout + done.stderr,
                    tuple(s for s in secrets if s not in own),
                    ids,
                )
                if (
                    own
                    and (done.exit_code == 0)
                    and not ("0 pages" in done.stderr.splitlines() or '"total": 0' in done.stdout)
                ):
                    yield f"search {query}: {done.stdout}{done.stderr}"
        for words in (
            ("pages", "--worst", "1000"),
            ("pages", "--worst", "1000", "--json"),
            ("mentions", "--json"),
            ("mentions", "--kind", "date"),
            ("mentions", "Arambala", "--json"),
            ("mentions", "--kind", "date", "1931", "--json"),
            ("finding-aid", "links"),
        ):
            done = self.command(*words)
            yield from _met(" ".join(words), done.stdout + done.stderr, secrets, ids)
        for format in FORMATS if thorough else ("csv",):
            for more in ((), ("--items",)) if format == "csv" else ((),):
                done = self.command("export", "--format", format, *more)
                yield from _met(f"export --format {format}", done.stdout + done.stderr, secrets, ids)
        for format in ("text", "alto", "premis", "bagit") if thorough else ("text",):
            yield from self._exported(format, secrets, ids)

    def _exported(self, format: str, secrets, ids) -> Iterator[str]:
        folder = Path(tempfile.mkdtemp())
        try:
            done = self.command("export", "--format", format, str(folder / "out"))
            yield from _met(f"export --format {format}", done.stdout + done.stderr, secrets, ids)
            for path in sorted((folder / "out").rglob("*")):
                name = path.relative_to(folder)
                said = (
                    path.read_bytes().decode("utf-8", "replace")
                    if path.is_file() and path.suffix not in (".jpg", ".zip")
                    else ""
                )
                yield from _met(f"export --format {format}: {path.suffix}", f"{name}\n{said}", secrets, ids)
        finally:
            shutil.rmtree(folder)

    def _indexed(self, secrets) -> Iterator[str]:
        """What the public index itself has, asked without the catalog."""
        engine = open_engine(self.archive.config, Audience.PUBLIC)
        try:
            for secret in secrets:
                if engine.search(SearchRequest(parse(secret), size=0)).total:
                    yield f"the index: {secret}"
            counted = engine.search(SearchRequest(size=0, facets=("date", "place", "genre"), date_bin="year"))
            yield from _met("the index's facets", str(counted.facets), secrets, ())
        finally:
            engine.close()


class _Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record):
        self.lines.append(self.format(record))


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


def _met(door: str, text: str, secrets, ids) -> Iterator[str]:
    plain = _plain(text)
    for one in (*secrets, *ids):
        if one in plain and (not one[:3].isdecimal() or _as_a_word(one).search(plain)):
            yield f"{door}: {one}"


@functools.cache
def _as_a_word(year: str) -> re.Pattern[str]:
    """A year or decade that is no part of a checksum, a fraction or another number; it may follow a letter written as
    %3A is.

    >>> texts = ("in 1931.", "1931-04", "q=date%3a1931", "a1931f", "0.1931", "21931")
    >>> [text for text in texts if _as_a_word("1931").search(text)]
    ['in 1931.', '1931-04', 'q=date%3a1931']
    """
    return re.compile(rf"(?:(?<![0-9a-z])(?<!\d\.)|(?<=%[0-9a-f]{{2}})){re.escape(year)}(?![0-9a-z])")
