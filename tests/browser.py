"""A real headless Chromium, driven by Playwright; nothing but loopback is ever asked for anything."""

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.needs import missing

FINDER = Path(__file__).parents[1] / ".ci" / "browser"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser():
    """Playwright's Browser: the machine's Chromium, else the one that `playwright install` brought."""
    with sync_playwright() as playwright:
        found = (
            subprocess.run([FINDER], capture_output=True, text=True).stdout.strip()
            or playwright.chromium.executable_path
        )
        if not Path(found).exists():
            missing("no Chromium here", "make test (or: apt-get install chromium)")
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_browser(browser):
    """Opens a Playwright Page: `open_browser(language="es", size=DESKTOP, javascript=True, touch=False)`; with `touch`
    it is a telephone.

    At the end the test fails where a page asked another host than this machine, or a script of it failed.
    """
    contexts, asked, errors = [], [], []

    def guard(route):
        if urlsplit(route.request.url).hostname in {"127.0.0.1", "localhost", None}:
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    def opened(language="es", size=None, javascript=True, touch=False):
        context = browser.new_context(
            locale=language,
            viewport=size or DESKTOP,
            java_script_enabled=javascript,
            accept_downloads=True,
            **({"has_touch": True, "is_mobile": True, "device_scale_factor": 3} if touch else {}),
        )
        context.set_default_timeout(120_000)
        context.route("**/*", guard)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not asked, f"a page asked another host: {asked}"
    assert not errors, f"a script failed in the browser: {errors}"
