"""One setting as it is declared: what it means, what may stand there, and whether a written value may.

The bounds are msgspec's (`msgspec.Meta`, BSD-3-Clause), beside each setting's type. Measured against pydantic 2.14
(MIT) in November 2026: 3.5 MiB installed against 10.9, some 30 ms to import on a slow core against 130 to 220, and as
much again for pydantic's first model. It leaves the settings plain dataclasses. Both are well kept; neither says what
is wrong in words for an archivist, so that is done here with either.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec import Meta, ValidationError, convert

#: What a written value that was refused is shortened to in an error.
SHOWN = 60

#: What may stand in a setting of text, in words.
TEXT = "a line of text"
_PASSWORD = re.compile(r"(://[^:@/]*:).*@", re.DOTALL)


def declared(
    meaning: str, *, may: str = "", otherwise: object = None, whole: bool = False, **bounds: typing.Any
) -> Meta:
    """The declaration of a setting, to stand in its `Annotated` type.

    `meaning` is its comment in config.yaml; `may` says in words what a pattern asks for; `otherwise` is a value
    that may stand there outside of the `bounds`, which are msgspec's (ge, le, min_length, pattern); a section that is
    `whole` says all its settings where it stands at all.
    """
    return Meta(description=meaning, extra={"may": may, "otherwise": otherwise, "whole": whole}, **bounds)


Port = typing.Annotated[int, Meta(ge=1, le=65535)]
Share = typing.Annotated[float, Meta(ge=0, le=1)]
Seconds = typing.Annotated[int, Meta(ge=1, le=86_400)]
Line = typing.Annotated[
    str,
    declared(
        "",
        may=TEXT,
        pattern=r"^[^\x00-\x1f\x7f]*\Z",
    ),
]

#: The patterns say too little for a whole check, and enough for what is written into the wrong place.
WebAddress = typing.Annotated[
    str,
    declared(
        "",
        may="an address that begins with http:// or https:// and has no ? or #",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?\Z",
    ),
]
Host = typing.Annotated[
    str,
    declared(
        "",
        may="a host's name or address, without http:// and port",
        pattern=r"^([^\s/:@]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%\w+)?)\Z",
    ),
]
Filled = typing.Annotated[
    str,
    declared(
        "",
        may=f"{TEXT}, not empty",
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*\Z",
    ),
]


@dataclass(frozen=True)
class Setting:
    """A setting, or a section of settings where `type` is one of their classes, by its dotted path.

    >>> port = Setting("serve.port", typing.Annotated[int, Meta(ge=1, le=65535)], 8000)
    >>> port.may
    'a whole number from 1 to 65535'
    >>> port.fault(99999)
    'serve.port is 99999, but must be a whole number from 1 to 65535'
    """

    path: str
    type: typing.Any
    default: object = None

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def kind(self) -> typing.Any:
        """The type of a setting without its bounds."""
        return _bare(self.type)

    @property
    def meaning(self) -> str:
        return _said(self.type, "description") or ""

    @property
    def section(self) -> bool:
        return dataclasses.is_dataclass(self.kind)

    @property
    def whole(self) -> bool:
        return bool(_extra(self.type).get("whole"))

    @property
    def may(self) -> str:
        """What may stand there, in words that follow "must be"."""
        words = _may(self.type)
        otherwise = _extra(self.type).get("otherwise")
        return words if otherwise is None else f"{_shown(otherwise)}, or {words}"

    def within(self) -> Iterator[Setting]:
        """The settings of a section, in the order in which they are declared."""
        # The names of this module are not imported where settings are declared: see `archive.config`.
        hints = typing.get_type_hints(self.kind, localns=globals(), include_extras=True)
        for field in dataclasses.fields(self.kind):
            if field.name == "folder":  # where the file stands: no setting
                continue
            default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
            yield Setting(f"{self.path}.{field.name}".lstrip("."), hints[field.name], default)

    def all_within(self) -> Iterator[Setting]:
        """Every setting and section below, each section before what it holds."""
        for one in self.within():
            yield one
            if one.section:
                yield from one.all_within()

    def taken(self, written: object) -> object:
        """The written value as its type has it. Raises msgspec's ValidationError for what may not stand there."""
        otherwise = _extra(self.type).get("otherwise")
        if otherwise is not None and type(written) is type(otherwise) and written == otherwise:
            return written
        if written is None and self.kind is str:
            written = ""
        if self.section:
            # What a section holds is declared, and checked, setting by setting.
            return convert(written, dict)
        return convert(written, self.type)

    def fault(self, written: object) -> str:
        """Why the written value may not stand there, as one sentence; empty where it may."""
        try:
            self.taken(written)
        except ValidationError:
            place, value, kind = _place(self, written)
            place = place or "the file"
            may = self.may if value is written else _may(kind)
            # YAML takes what looks like a number, a date, or yes and no for that.
            quotes = " (put it in quotes)" if _bare(kind) is str and not isinstance(value, str | list | dict) else ""
            return f"{place} is {_shown(value)}, but must be {may}{quotes if value is not None else ''}"
        return ""


def nearest(path: str, among: Iterable[str]) -> str:
    """What to write instead of the unknown `path`, in words: the path of `among` that was meant, by its name in that
    section or a very near one elsewhere, else what the section has.

    >>> nearest("serve.prot", ["serve", "serve.host", "serve.port"])
    'the nearest known one is serve.port'
    >>> nearest("port", ["data", "serve", "serve.host", "serve.port"])
    'the nearest known one is serve.port'
    >>> nearest("serve.key", ["data", "serve", "serve.host", "serve.port"])
    'there are host, port'
    """
    section, _, name = path.rpartition(".")
    among = list(among)
    beside = {one.rpartition(".")[2]: one for one in among if one.rpartition(".")[0] == section}
    elsewhere = {one.rpartition(".")[2]: one for one in reversed(among)}
    for choice, likeness in ((beside, 0.6), (elsewhere, 0.8)):
        if found := difflib.get_close_matches(name.lower(), choice, 1, likeness):
            return f"the nearest known one is {choice[found[0]]}"
    return f"there are {', '.join(beside)}"


def _bare(kind: typing.Any) -> typing.Any:
    return typing.get_args(kind)[0] if typing.get_origin(kind) is typing.Annotated else kind


def _metas(kind: typing.Any) -> list[Meta]:
    """The declarations of a type, the outermost first."""
    return [one for one in reversed(getattr(kind, "__metadata__", ())) if isinstance(one, Meta)]


def _said(kind: typing.Any, what: str) -> typing.Any:
    return next((said for one in _metas(kind) if (said := getattr(one, what)) is not None), None)


def _extra(kind: typing.Any) -> dict[str, typing.Any]:
    found: dict[str, typing.Any] = {}
    for one in _metas(kind):
        for name, value in (one.extra or {}).items():
            found[name] = found.get(name) or value
    return found


def _may(kind: typing.Any) -> str:
    if words := _extra(kind).get("may"):
        return str(words)
    bare = _bare(kind)
    if dataclasses.is_dataclass(bare):
        return "a table of settings"
    if typing.get_origin(bare) is typing.Literal:
        return f"one of {', '.join(map(str, typing.get_args(bare)))}"
    if typing.get_origin(bare) is tuple:
        few = _said(kind, "min_length")
        return f"a list of {'one or more' if few else 'any number'}, each {_may(_each(kind))}"
    if typing.get_origin(bare) is Mapping:
        return "a table of name: value"
    if bare is bool:
        return "true or false"
    if bare is str:
        return TEXT
    least, most = _said(kind, "ge"), _said(kind, "le")
    return f"a {'whole ' if bare is int else ''}number from {least} to {most}"


def _each(kind: typing.Any) -> typing.Any:
    """The type of what a list or a table holds."""
    bare = _bare(kind)
    if typing.get_origin(bare) is tuple:
        return typing.get_args(bare)[0]
    return typing.get_args(bare)[1]


def _place(setting: Setting, written: object) -> tuple[str, object, typing.Any]:
    """The path, the value and the type of what is wrong: in a list or table, of the first element that is."""
    origin = typing.get_origin(setting.kind)
    if origin is tuple and isinstance(written, list):
        for number, value in enumerate(written, 1):
            if not _may_stand(value, _each(setting.type)):
                return f"number {number} of {setting.path}", value, _each(setting.type)
    if origin is Mapping and isinstance(written, dict):
        of_name, of_value = typing.get_args(setting.kind)
        for name, value in written.items():
            if not _may_stand(name, of_name):
                return f"a name in {setting.path}", name, of_name
            if not _may_stand(value, of_value):
                return f"{setting.path}.{name}", value, of_value
    return setting.path, written, setting.type


def _may_stand(value: object, kind: typing.Any) -> bool:
    try:
        convert(value, kind)
    except ValidationError:
        return False
    return True


def _shown(value: object) -> str:
    """A written value as YAML has it, shortened, without a password."""
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "an empty list" if not value else "a list"
    text = _PASSWORD.sub(r"\1…@", str(value))
    text = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return repr(text) if isinstance(value, str) else text
