"""Reads the pages that the tests ask for."""

from lxml import html


class Read:
    """A page as its reader has it."""

    def __init__(self, response):
        self.status = response.status_code
        self.source = response.get_data(as_text=True)
        self.tree = html.fromstring(self.source) if self.source.strip() else None

    def all(self, selector: str) -> list:
        """The elements that a path of classes and tags finds: `.group .snippet mark`."""
        return self.tree.xpath(_path(selector))

    def one(self, selector: str):
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} of {selector}"
        return found[0]

    def text(self, selector: str) -> str:
        return said(self.one(selector))

    def texts(self, selector: str) -> list[str]:
        return [said(one) for one in self.all(selector)]

    def hrefs(self, selector: str) -> list[str]:
        return [one.get("href") for one in self.all(selector)]


def said(element) -> str:
    """The text of an element, white space as a browser shows it."""
    return " ".join(element.text_content().split())


def _path(selector: str) -> str:
    path = ""
    for step in selector.split():
        tag, *classes = step.split(".")
        tag, _, id = tag.partition("#")
        path += f"//{tag or '*'}"
        path += f"[@id='{id}']" if id else ""
        path += "".join(f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]" for name in classes)
    return path


def read(client, address: str, **asked) -> Read:
    return Read(client.get(address, **asked))
