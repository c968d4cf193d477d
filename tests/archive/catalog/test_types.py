"""Texts that a database cannot hold: made sound where they enter, and file names kept whatever their bytes."""

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from archive.catalog import aliases, files, items, journal
from archive.catalog import tables as t
from archive.description import Description, Statement
from archive.record import File, Frame, Location
from archive.text import escaped_path, sound, unescaped_path
from archive.unit import Unit


@given(st.binary(max_size=60).filter(lambda name: b"\0" not in name))
def test_every_file_name_comes_back(name):
    path = os.fsdecode(name)
    written = escaped_path(path)
    assert os.fsencode(unescaped_path(written)) == name
    written.encode("utf-8")


@given(st.text(st.characters(), max_size=30))
def test_a_sound_text_is_left_alone(text):
    clean = sound(text)
    clean.encode("utf-8")
    assert "\0" not in clean and sound(clean) == clean


def test_two_names_never_become_one():
    assert escaped_path("\udce9") != escaped_path("\\xe9")


@pytest.mark.parametrize("name", [b"caf\xe9.tif", b"a\\b.tif", "nunca más.tif".encode(), b"x" * 3000])
def test_a_master_of_any_name_is_found_again(connection, name):
    path = "folder/" + os.fsdecode(name)
    file = files.add_file(connection, File(0, "a" * 64, 1, "image/tiff", (Frame(1, 1, 1),)))
    root = files.put_root(connection, Path("/mnt") / os.fsdecode(b"disk \xff"), {})
    files.put_location(connection, Location(file.id, root, path, 1, 1))
    assert files.location(connection, root, path).path == path
    assert [place.path for place in files.locations_of(connection, file.id)] == [path]
    assert os.fsencode(files.roots(connection)[root]) == b"/mnt/disk \xff"
    journal.note(connection, "accession", Unit.item("x"), file=path)
    assert journal.events(connection, Unit.item("x"))[0].detail == {"file": path}


def test_what_a_file_says_with_nul_in_it_is_kept_and_not_taken_for_changed(connection):
    said = Description((Statement("title", "Informe\0 de Tecoluca", "file", "PDF \0Title"),))
    item = items.add_item(connection, "99999")
    items.set_description(connection, item.id, said, None, "")
    assert items.description(connection, item.id) == said
    assert said.first("title") == "Informe de Tecoluca"


def test_an_id_of_any_length_is_kept(connection):
    item = items.add_item(connection, "99999", "9" * 1000, "root:")
    assert items.items_by_local_id(connection, "9" * 1000)[0].id == item.id


def test_a_moment_is_the_same_moment_whatever_its_zone(connection):
    when = datetime(2026, 11, 24, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    aliases.add(connection, Unit.item("old"), Unit.item("new"), "")
    connection.execute(t.alias.update().values(at=when))
    stored = connection.scalar(select(t.alias.c.at))
    assert stored == when and stored.utcoffset() == timedelta(0)
