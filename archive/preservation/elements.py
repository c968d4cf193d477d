"""XML as the standards want it: elements by namespace, and text without the characters XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
PREMIS = "http://www.loc.gov/premis/v3"
METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"

for _prefix, _namespace in (
    ("premis", PREMIS),
    ("mets", METS),
    ("xlink", XLINK),
    ("xsi", XSI),
    ("dc", DC),
    ("oai_dc", OAI_DC),
    ("alto", ALTO),
):
    ElementTree.register_namespace(_prefix, _namespace)

#: What XML 1.0 (2.2, Char) does not allow, not even as a reference.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = ElementTree.Element


def legal(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot hold, so that none is dropped unseen.

    >>> legal("form\\x0cfeed")
    'form\\ufffdfeed'
    """
    return _NOT_XML.sub("\ufffd", text)


class Namespace:
    """Makes elements of one namespace: `ns.add(parent, "name", "text", ATTRIBUTE="value")`."""

    def __init__(self, uri: str):
        self.uri = uri

    def root(self, name: str, schema: str = "", **attributes: object) -> Element:
        made = Element(f"{{{self.uri}}}{name}")
        if schema:
            made.set(f"{{{XSI}}}schemaLocation", f"{self.uri} {schema}")
        return _said(made, "", attributes)

    def add(self, parent: Element, name: str, text: str = "", **attributes: object) -> Element:
        """A new child; attributes that are None are left out."""
        return _said(ElementTree.SubElement(parent, f"{{{self.uri}}}{name}"), text, attributes)


def _said(element: Element, text: str, attributes: Mapping[str, object]) -> Element:
    element.text = legal(text) or None
    for name, value in attributes.items():
        if value is not None:
            element.set(name, legal(str(value)))
    return element


def to_bytes(root: Element) -> bytes:
    """The document in UTF-8, indented."""
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"
