"""A settings file as it is written, in YAML: its values, or a sentence on what is wrong with each of them."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path

import yaml

from archive.errors import ConfigError
from archive.setting import Setting, nearest

_Kind = typing.TypeVar("_Kind")


def read(path: Path, kind: type[_Kind]) -> _Kind:
    """The settings of the class `kind` that the file at `path` says; what it does not name is at its default.

    Raises ConfigError that lists every fault: a key that is not known (with the nearest that is), one that stands
    twice, a value that may not stand there.
    """
    root = Setting("", kind)
    try:
        loader = yaml.SafeLoader(path.read_text("utf-8"))
        node = loader.get_single_node()
        faults = list(_twice(node, ""))
        written = loader.construct_document(node) if node else None
    except FileNotFoundError as missing:
        raise ConfigError(
            "no such settings file", item=str(path), remedy="Give one with --config, or copy config.yaml here."
        ) from missing
    except UnicodeDecodeError as broken:
        raise ConfigError(
            f"cannot be read as YAML: it is no UTF-8 at byte {broken.start}",
            item=str(path),
            remedy="Save it in your editor as UTF-8.",
        ) from broken
    except yaml.YAMLError as broken:
        raise ConfigError(f"cannot be read as YAML: {_trouble(broken)}", item=str(path)) from broken
    except (ValueError, OverflowError, RecursionError) as broken:
        raise ConfigError(f"cannot be read as YAML: {broken}", item=str(path)) from broken
    except OSError as broken:
        raise ConfigError(f"cannot be read: {(broken.strerror or str(broken)).lower()}", item=str(path)) from broken
    values = _values(root, written, root, faults)
    if faults:
        several = f"{len(faults)} settings are wrong:\n  " if len(faults) > 1 else ""
        raise ConfigError(several + ".\n  ".join(faults), item=str(path))
    return kind(**values)


def _values(section: Setting, written: object, root: Setting, faults: list[str]) -> dict[str, typing.Any]:
    """The settings written in a section, by name; adds to `faults` what is wrong."""
    if written is None:
        written = {}
    if not isinstance(written, dict):
        faults.append(section.fault(written))
        return {}
    inside = {one.name: one for one in section.within()}
    if section.whole and (missing := [one for one in inside.values() if one.name not in written]):
        faults += [f"{section.path} does not say {one.name}, which must be {one.may}" for one in missing]
    values: dict[str, typing.Any] = {}
    for name, value in written.items():
        one = inside.get(name) if isinstance(name, str) else None
        if one is None:
            path = f"{section.path}.{name}".lstrip(".")
            faults.append(f"unknown setting {path}; {nearest(path, (known.path for known in root.all_within()))}")
        elif one.section:
            values[one.name] = one.kind(**_values(one, value, root, faults))
        elif fault := one.fault(value):
            faults.append(fault)
        else:
            values[one.name] = one.taken(value)
    return values


def _twice(node: yaml.Node | None, above: str) -> Iterator[str]:
    """A sentence on each key that stands twice in one table: YAML says nothing of it and takes the last."""
    if not isinstance(node, yaml.MappingNode):
        return
    first: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        path, line = f"{above}{key.value}", key.start_mark.line + 1
        if key.value in first:
            before = f"lines {first[key.value]} and {line}" if first[key.value] != line else f"line {line}"
            yield f"{path} stands there twice, in {before}"
        else:
            first[key.value] = line
            yield from _twice(value, f"{path}.")


def _trouble(broken: yaml.YAMLError) -> str:
    """What a YAML parser has to say, with the line and without its own drawing of it."""
    if isinstance(broken, yaml.MarkedYAMLError) and broken.problem_mark:
        mark = broken.problem_mark
        return f"{broken.problem} (line {mark.line + 1}, column {mark.column + 1})"
    return " ".join(str(broken).split())
