"""A bag in a folder and one in a tar file are written alike, valid by bagit-python, whole or not at all."""

import hashlib
import io
import tarfile
from contextlib import contextmanager

import bagit
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.bagging import bag_in_folder, bag_in_tar, size
from archive.dump import bag as dumped
from archive.errors import ArchiveError, FixityError


@contextmanager
def in_folder(folder):
    with bag_in_folder(folder / "bag", private=True) as bag:
        yield bag


@contextmanager
def in_tar(folder):
    """A bag in a tar file, which is then unpacked as a person would."""
    with bag_in_tar(folder / "bag.tar") as bag:
        yield bag
    dumped.verify(folder / "bag.tar")
    with tarfile.open(folder / "bag.tar") as tar:
        tar.extractall(folder, filter="data")


both = pytest.mark.parametrize("written", [in_folder, in_tar])
names = st.lists(st.text("abñ.-_ ", min_size=1, max_size=8), min_size=1, max_size=3).map(
    lambda parts: "/".join(f"x{part}x" for part in parts)
)
contents = st.dictionaries(names, st.binary(max_size=200), min_size=1, max_size=5).filter(
    lambda files: not any(other.startswith(f"{name}/") for name in files for other in files)
)


@both
@given(files=contents, ways=st.lists(st.integers(0, 2), min_size=5, max_size=5), told=st.text(max_size=30))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_put_in_is_in_a_valid_bag(tmp_path_factory, written, files, ways, told):
    """However a file is handed over: at once, in pieces, as an open file."""
    folder = tmp_path_factory.mktemp("bag")
    with written(folder) as bag:
        for way, (name, content) in zip(ways, files.items(), strict=False):
            if way == 0:
                bag.add(name, content)
            elif way == 1:
                bag.add(name, (content[place : place + 7] for place in range(0, len(content), 7)))
            else:
                bag.add_file(name, io.BytesIO(content))
        bag.seal([("External-Description", told), ("Contact-Name", "")])
    found = bagit.Bag(str(folder / "bag"))
    found.validate()
    payload = {name: (folder / "bag" / "data" / name).read_bytes() for name in files}
    assert payload == files
    assert found.info["Payload-Oxum"] == f"{sum(map(len, files.values()))}.{len(files)}"
    assert found.info.get("External-Description", "") == " ".join(told.split()) and "Contact-Name" not in found.info
    manifest = (folder / "bag" / "manifest-sha256.txt").read_text("utf-8").splitlines()
    assert manifest == [f"{hashlib.sha256(content).hexdigest()}  data/{name}" for name, content in files.items()]


@both
def test_a_file_that_fails_is_not_in_the_bag(tmp_path, written):
    with written(tmp_path) as bag:
        bag.add("a.txt", b"a")
        with pytest.raises(KeyError), bag.payload("b.txt") as file:
            file.write(b"half")
            raise KeyError
        bag.add("b.txt", b"whole")
        bag.seal(())
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert (tmp_path / "bag" / "data" / "b.txt").read_bytes() == b"whole"


@both
def test_files_may_be_written_at_the_same_time(tmp_path, written):
    with written(tmp_path) as bag:
        with bag.payload("one.csv") as one, bag.payload("two.csv") as two:
            for row in (b"1\n", b"2\n"):
                one.write(row)
                two.write(row * 2)
        bag.seal(())
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert (tmp_path / "bag" / "data" / "two.csv").read_bytes() == b"1\n1\n2\n2\n"


@pytest.mark.parametrize("written", [lambda path: bag_in_folder(path, private=False), bag_in_tar])
def test_what_is_interrupted_leaves_nothing(tmp_path, written):
    with pytest.raises(KeyboardInterrupt), written(tmp_path / "bag.tar") as bag:
        bag.add("a.txt", b"a")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_shrinks_while_it_is_read_is_not_filled_up(tmp_path):
    class Shrinking(io.BytesIO):
        def read(self, number=-1):
            return b""

    with pytest.raises(OSError, match="unexpected end"), bag_in_tar(tmp_path / "bag.tar") as bag:
        bag.add_file("a.txt", Shrinking(b"abc"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_grows_while_it_is_read_is_as_it_was(tmp_path):
    class Growing(io.BytesIO):
        def read(self, number=-1):
            return b"abcdef"[:number]

    with in_tar(tmp_path) as bag:
        bag.add_file("a.txt", Growing(b"abc"))
        bag.seal(())
    bagit.Bag(str(tmp_path / "bag")).validate()
    assert (tmp_path / "bag" / "data" / "a.txt").read_bytes() == b"abc"


def test_a_bag_that_changed_on_the_disk_is_not_valid(tmp_path):
    with pytest.raises(FixityError, match="the bag is not valid"), bag_in_folder(tmp_path / "b", private=True) as bag:
        bag.add("a.txt", b"a")
        bag.seal(())
        (bag.path / "data" / "a.txt").write_bytes(b"b")
        bag.validate()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "bag").mkdir()
    with pytest.raises(ArchiveError, match="something of that name"), bag_in_folder(tmp_path / "bag", private=False):
        raise AssertionError("not reached")
    with (
        pytest.raises(ArchiveError, match="something of that name"),
        bag_in_folder(tmp_path / "late", private=False) as bag,
    ):
        bag.seal(())
        (tmp_path / "late").write_text("another's")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "late"] and size(999) == "999 B"
