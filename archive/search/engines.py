"""Which engine the settings ask for."""

from __future__ import annotations

from archive.access import Audience
from archive.config import Config
from archive.errors import ConfigError
from archive.search.embedded import Embedded
from archive.search.engine import Engine


def open_engine(config: Config, audience: Audience) -> Engine:
    """The engine of one audience's index. Nothing is opened or asked before it is used.

    Raises ConfigError for the staff's index where the settings do not ask for one.
    """
    if audience is Audience.STAFF and not config.search.staff_index:
        raise ConfigError(
            "there is no staff index",
            item="search.staff_index",
            remedy="Set it to true in config.yaml and run `rescate reindex`.",
        )
    default = config.access.default if audience is Audience.PUBLIC else ""
    folder = config.data_folder / "index" / audience.value
    if config.search.engine == "embedded":
        return Embedded(folder, audience, default)
    # Only who asks for it pays for the import, half a second.
    from archive.search.elastic import Elastic

    return Elastic(config.search.elasticsearch, audience, folder, default)
