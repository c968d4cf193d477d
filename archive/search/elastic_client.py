"""Elasticsearch's client as the archive uses it: how it is made, and what it raises, said in the archive's own errors.

The client is that of Elasticsearch 8.19: it asks for answers as version 8 gives them, which servers of version 9 do,
too, while those of version 8 refuse the client of version 9. Tried with 8.19.7 and 9.3.2 (tests/elasticsearch).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import elasticsearch
from elasticsearch import Elasticsearch
from elasticsearch.serializer import CompatibilityModeJsonSerializer

from archive.config import ElasticsearchSettings
from archive.errors import EngineError, EngineOutdated, EngineUnavailable
from archive.search.deadline import EndingNode

#: The environment variable that holds the key; settings hold no secrets.
API_KEY = "RESCATE_ELASTICSEARCH_API_KEY"
#: The major versions of the server that are spoken to.
VERSIONS = (8, 9)
OTHER_VERSION = "Rescate speaks to Elasticsearch 8 and 9: run one of these, or set search.engine: embedded."


class _Json(elasticsearch.JsonSerializer):
    """A reader of answers that fails in the client's own words on what is nested without end."""

    def loads(self, data: bytes) -> Any:
        try:
            return super().loads(data)
        except (RecursionError, MemoryError) as odd:
            raise elasticsearch.SerializationError("The answer cannot be read", errors=(odd,)) from odd


class _CompatibleJson(_Json, CompatibilityModeJsonSerializer):
    pass


def client(settings: ElasticsearchSettings) -> Elasticsearch:
    """A client of the settings' cluster. Nothing is asked before it is used."""
    return Elasticsearch(
        settings.url,
        api_key=os.environ.get(API_KEY) or None,
        request_timeout=settings.timeout,
        max_retries=1,
        node_class=EndingNode,
        serializers={one.mimetype: one for one in (_Json(), _CompatibleJson())},
    )


@contextmanager
def spoken(url: str, alias: str) -> Iterator[None]:
    """Says what the client raises in the archive's own errors."""
    try:
        yield
    except (elasticsearch.AuthenticationException, elasticsearch.AuthorizationException) as denied:
        raise EngineUnavailable(
            "Elasticsearch refused the key",
            item=url,
            remedy=f"Set {API_KEY} to a key that may read, write and manage {alias}*.",
        ) from denied
    except elasticsearch.UnsupportedProductError as other:
        raise EngineUnavailable(
            "what answers is no Elasticsearch of a version that is supported", item=url, remedy=OTHER_VERSION
        ) from other
    except elasticsearch.TransportError as down:
        raise EngineUnavailable(f"Elasticsearch does not answer ({type(down).__name__})", item=url) from down
    except elasticsearch.NotFoundError as missing:
        if missing.error == "index_not_found_exception":
            raise EngineOutdated("there is no index yet", item=alias) from missing
        # The index was swapped, or a snapshot kept too long, in the middle of an answer.
        raise EngineUnavailable(
            f"Elasticsearch lost its place ({missing.error})", item=alias, remedy="Try again; nothing is lost."
        ) from missing
    except elasticsearch.ApiError as failed:
        if failed.error == "media_type_header_exception" or failed.status_code == 406:
            raise EngineError(
                "this Elasticsearch is of a version that is not supported", item=url, remedy=OTHER_VERSION
            ) from failed
        if failed.status_code in (408, 429, 502, 503, 504):
            raise EngineUnavailable(
                f"Elasticsearch is too busy ({failed.status_code})",
                item=url,
                remedy="Try again; nothing is lost.",
            ) from failed
        raise EngineError(f"Elasticsearch refused: {failed.error}", item=url) from failed
