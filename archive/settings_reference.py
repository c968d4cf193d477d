"""docs/settings.md: every setting with its type, default, bounds and meaning, written from the declarations.

`python -m archive.settings_reference >docs/settings.md` writes it anew; a test holds it to be current.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping

from archive.config import Config
from archive.setting import Setting

HEAD = """# Settings

Every setting that may stand in `config.yaml`; what is not there is at its default. Written from the declarations in
`archive/config.py`. A key that is not known, one that stands twice, or a value that may not stand there is refused
with a sentence, and nothing is done. Relative paths start at the folder of the file. Secrets come from the environment
alone: `RESCATE_CATALOG_PASSWORD`, `RESCATE_ELASTICSEARCH_API_KEY`.
"""


def reference() -> str:
    """All of docs/settings.md, in Markdown: a table for what stands at the top, and one for each section."""
    root = Setting("", Config)
    return HEAD + "".join(_tables(root))


def _tables(section: Setting) -> Iterator[str]:
    inside = list(section.within())
    if plain := [one for one in inside if not one.section]:
        yield f"\n## {section.path or 'At the top'}\n"
        if section.meaning:
            yield f"\n{section.meaning[:1].upper()}{section.meaning[1:]}."
            yield " Where the section stands, it names every setting.\n" if section.whole else "\n"
        yield "\n| setting | default | what may stand there | meaning |\n|---|---|---|---|\n"
        for one in plain:
            yield f"| `{one.path}` | {_default(one.default)} | {_cell(one.may)} | {_cell(one.meaning)} |\n"
    for one in inside:
        if one.section:
            yield from _tables(one)


def _default(value: typing.Any) -> str:
    """A default as config.yaml would say it."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{_cell(one)}`" for one in value)
    if isinstance(value, Mapping) or value == "":
        return "empty"
    return f"`{_cell(str(value))}`"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


if __name__ == "__main__":
    print(reference(), end="")
