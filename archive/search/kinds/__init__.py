"""The kinds of documents in the index: a module a kind, which alone knows its fields, documents, excerpt and link.

Each kind has an index of its own for each audience (archive.search.engines), so that neither its counts nor the weight
of its words depend on what other kinds there are. Whoever adds a kind writes its module and names it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from archive.search.document import Document
from archive.search.fields import Fields
from archive.search.found import Found
from archive.search.kinds import page
from archive.search.query import Query
from archive.search.request import Hit

if TYPE_CHECKING:
    from archive.holdings import Holdings


class DocumentKind(Protocol):
    """What a module of a kind has."""

    FIELDS: Fields

    def every(self, holdings: Holdings) -> Iterator[Document]:
        """The documents of all units of the kind that the holdings let their audience find, in the archive's order."""

    def changed(self, holdings: Holdings, page_ids: Sequence[str]) -> tuple[Iterator[Document], tuple[str, ...]]:
        """The documents to be written where these pages changed, and the ids of those to be removed."""

    def found(self, holdings: Holdings, query: Query, hits: Sequence[Hit]) -> Iterator[Found]:
        """Hits as their audience may have them, each with its excerpt, in their order; without those that it may not
        find."""

    def link(self, holdings: Holdings, id: str) -> str:
        """Where a unit of the kind may be cited and linked."""


#: The kinds by name, in the order in which they are indexed.
KINDS: Mapping[str, DocumentKind] = MappingProxyType({kind.FIELDS.kind: kind for kind in (page,)})
