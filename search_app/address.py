"""Addresses of this site: of a search, of an item or page, of its image, of what the browser loads."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

from flask import current_app, g, request, url_for

from archive import ids
from search_app.opened import opened
from search_app.state import SearchState


def search_url(state: SearchState) -> str:
    """Where a state is shown; the whole archive is the first page of the site."""
    return state.url(_path("search.results"))


def _path(endpoint: str) -> str:
    """Where an endpoint without arguments is: looked up once a request, for a page has hundreds of links."""
    known = g.setdefault("paths", {})
    if endpoint not in known:
        known[endpoint] = url_for(endpoint)
    return known[endpoint]


def unit_url(id: str, state: SearchState | None = None) -> str:
    """Where an item, a page or a component is shown: its ARK on this server, with the search that led there."""
    path = f"{request.script_root}/{ids.ark(opened().config.archive.naan, id)}"
    return state.url(path) if state is not None else path


def list_url() -> str:
    """Where the list for citing is shown, with the search that stands in this request's address and the list, if that
    is in it."""
    state = SearchState.read(request.args.items(multi=True))
    return with_arguments(url_for("citations.several"), [("only", "selected"), *replace(state, page=1).pairs()])


def with_arguments(path: str, arguments) -> str:
    """An address of this site with these parameters, safe for any characters in them."""
    address = quote(request.script_root + path, safe="/:")
    return f"{address}?{urlencode(arguments)}" if arguments else address


def static_url(name: str) -> str:
    """The address of a file of ours that the browser may keep: it changes when the file does."""
    return url_for("static", filename=name, v=_version(static_folder(), name))


@functools.lru_cache(maxsize=64)
def _version(folder: str, name: str) -> str:
    path = Path(folder) / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "0"


def has_static(name: str) -> bool:
    """Whether the set-up brought this file."""
    return (Path(static_folder()) / name).is_file()


def static_folder() -> str:
    """The folder of the files of ours that browsers load."""
    folder = current_app.static_folder
    assert folder is not None, "the program has one"
    return folder
