"""Which engine the settings ask for."""

from __future__ import annotations

from archive.access import Audience
from archive.config import Config
from archive.errors import ConfigError
from archive.search.embedded import Embedded
from archive.search.engine import Engine
from archive.search.kinds import KINDS


def open_engine(config: Config, audience: Audience, kind: str = "page") -> Engine:
    """The engine of the index of one kind of documents for one audience. Nothing is opened or asked before it is used.

    Raises ConfigError for the staff's index where the settings do not ask for one.
    """
    if audience is Audience.STAFF and not config.search.staff_index:
        raise ConfigError(
            "there is no staff index",
            item="search.staff_index",
            remedy="Set it to true in config.yaml and run `rescate reindex`.",
        )
    default = config.access.default if audience is Audience.PUBLIC else ""
    fields = KINDS[kind].FIELDS
    folder = config.data_folder / "index" / fields.index(audience)
    if config.search.engine == "embedded":
        return Embedded(folder, fields, audience, default)
    # Only who asks for it pays for the import, half a second.
    from archive.search.elastic import Elastic

    return Elastic(config.search.elasticsearch, fields, audience, folder, default)
