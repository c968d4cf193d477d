"""What set-up asks of the system: installed where that may be done, else said once with the exact command."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample_archive import ROOT

SCRIPT = ROOT / ".ci" / "system-packages"
#: What the script itself is made of.
TOOLS = ("sh", "env", "sed", "grep", "head", "tail", "dirname", "readlink", "mktemp", "rm", "find")


class Machine:
    """A PATH of its own: a few real tools, and commands that only say what they were asked."""

    def __init__(self, folder):
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "log"
        self.log.touch()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        (self.bin / "python3").symlink_to(sys.executable)
        self.command("id", "echo 1000")

    def command(self, name, body):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        path.chmod(0o755)

    def tesseract(self, *languages):
        self.command("tesseract", "printf '%s\\n' 'List of available languages:' " + " ".join(languages))

    def apt(self, code=0):
        self.command("apt-get", f'echo "apt-get $*" >>{self.log}\nexit {code}')

    def run(self, purpose="run", python="python3", **environment):
        return subprocess.run(
            [SCRIPT, purpose, python],
            capture_output=True,
            text=True,
            env={"PATH": str(self.bin), "HOME": str(self.bin), **environment},
        )

    @property
    def asked(self):
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_where_nothing_is_missing_nothing_is_said_or_asked(machine):
    machine.tesseract("eng", "osd", "spa")
    machine.apt()
    done = machine.run()
    assert (done.returncode, done.stdout, done.stderr, machine.asked) == (0, "", "", [])


def test_without_rights_the_exact_command_is_said_once(machine):
    machine.apt()
    done = machine.run()
    assert done.returncode == 1
    assert re.findall(r"sudo apt-get .*", done.stderr) == [
        "sudo apt-get update && sudo apt-get install --yes --no-install-recommends "
        "tesseract-ocr tesseract-ocr-spa tesseract-ocr-eng tesseract-ocr-osd"
    ]
    assert machine.asked == []


def test_only_what_is_missing_is_named(machine):
    machine.tesseract("eng", "osd")
    machine.apt()
    assert machine.run().stderr.count("tesseract-ocr") == 1


def test_where_sudo_wants_a_password_it_counts_as_no_right(machine):
    machine.apt()
    machine.command("sudo", "exit 1")
    assert "needs an administrator" in machine.run().stderr


@pytest.mark.parametrize("way", ["root", "sudo"])
def test_with_rights_the_lists_are_fetched_and_the_packages_installed(machine, way):
    machine.tesseract("eng", "osd")
    machine.apt()
    if way == "root":
        machine.command("id", "echo 0")
    else:
        machine.command("sudo", 'shift\n[ "$1" = true ] || exec "$@"')
    done = machine.run()
    assert done.returncode == 0, done.stderr
    update, install = machine.asked
    assert update.endswith(" update")
    assert install.endswith("install --yes --no-install-recommends tesseract-ocr-spa")


def test_an_installation_that_fails_is_told(machine):
    machine.apt(code=100)
    machine.command("id", "echo 0")
    done = machine.run()
    assert done.returncode == 1
    assert "could not install" in done.stderr


def test_without_apt_the_programs_are_named(machine):
    done = machine.run()
    assert done.returncode == 1
    assert "Tesseract 5" in done.stderr and "apt-get" not in done.stderr


def test_tests_need_a_browser_java_and_maven_besides(machine):
    machine.tesseract("eng", "osd", "spa")
    machine.apt()
    if "ID=ubuntu" in Path("/etc/os-release").read_text("utf-8"):
        pytest.skip("here the browser comes by Playwright, not by apt; run this on Debian")
    said = machine.run("test").stderr
    assert said.count("--no-install-recommends chromium fonts-liberation default-jre-headless maven") == 1


@pytest.mark.parametrize(
    "version, wanted", [("1.8.0_402", True), ("11.0.22", True), ("17.0.15", False), ("21", False), ("25.0.1", False)]
)
def test_java_is_new_enough_from_17(machine, version, wanted):
    machine.tesseract("eng", "osd", "spa")
    machine.apt()
    machine.command("mvn", "")
    machine.command("chromium", "")
    machine.command("java", f"echo 'openjdk version \"{version}\" 2025-01-01' >&2")
    assert ("default-jre-headless" in machine.run("test").stderr) is wanted


def test_with_an_elasticsearch_given_no_java_is_wanted(machine):
    machine.tesseract("eng", "osd", "spa")
    machine.command("chromium", "")
    machine.command("initdb", "")
    done = machine.run("test", RESCATE_TEST_ELASTICSEARCH="http://127.0.0.1:9200")
    assert (done.returncode, done.stderr) == (0, "")


def test_tests_need_a_postgresql_that_debian_keeps_off_the_path(machine, tmp_path):
    machine.tesseract("eng", "osd", "spa")
    machine.command("chromium", "")
    machine.apt()
    given = {"RESCATE_TEST_ELASTICSEARCH": "http://127.0.0.1:9200", "RESCATE_TEST_POSTGRESQL": str(tmp_path / "lib")}
    assert "--no-install-recommends postgresql" in machine.run("test", **given).stderr
    assert "postgresql" not in machine.run("run", **given).stderr
    programs = tmp_path / "lib" / "17" / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").touch()
    assert machine.run("test", **given).stderr == ""


def test_an_old_python_is_told(machine):
    machine.command("python2", 'case "$2" in *print*) echo 3.9;; *) exit 1;; esac')
    done = machine.run(python="python2")
    assert done.returncode == 1
    assert "3.11 or newer, but python2 is 3.9" in done.stderr


def test_a_missing_python_is_told(machine):
    assert "there is no command python4" in machine.run(python="python4").stderr


def test_a_python_without_venv_gets_its_package(machine):
    machine.tesseract("eng", "osd", "spa")
    machine.apt()
    machine.command("python3.12", 'case "$2" in *print*) echo 3.12;; *ensurepip*) exit 1;; esac')
    assert "python3.12-venv" in machine.run(python="python3.12").stderr


def test_a_snap_is_no_browser_for_tests(machine):
    machine.command("chromium", "exec /snap/bin/chromium")
    found = subprocess.run([ROOT / ".ci" / "browser"], env={"PATH": str(machine.bin)}, capture_output=True, text=True)
    assert found.returncode == 1
    machine.command("google-chrome", "")
    found = subprocess.run([ROOT / ".ci" / "browser"], env={"PATH": str(machine.bin)}, capture_output=True, text=True)
    assert found.stdout.strip() == str(machine.bin / "google-chrome")
