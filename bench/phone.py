"""Measures what a telephone on a slow line waits for: bytes and seconds till the marked word of a page is seen.

    python -m bench.phone http://127.0.0.1:8000/ark:99999/ID?q=WORD…

An archive must be served there. Chromium as a telephone of 360 × 740 at three pixels a dot, 400 kbit/s down and up, 150
ms away, its cache empty. The word is seen when its box and an image that has all its pixels stand on the page.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

KBIT = 400
AWAY = 150
SEEN = """() => { const image = document.querySelector('.canvas img');
  return document.querySelector('rect.hit') && image && image.complete && image.naturalWidth > 0; }"""


def measure(browser, address: str) -> tuple[float, int, float, int]:
    """Seconds and bytes till the word is seen, and till nothing more is asked for."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, device_scale_factor=3, locale="es"
    )
    page = context.new_page()
    line, sent = context.new_cdp_session(page), [0]
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": AWAY, "downloadThroughput": KBIT * 125, "uploadThroughput": KBIT * 125},
    )
    line.on("Network.dataReceived", lambda event: sent.__setitem__(0, sent[0] + event["encodedDataLength"]))
    began = time.perf_counter()
    page.goto(address, wait_until="commit", timeout=120_000)
    page.wait_for_function(SEEN, timeout=120_000, polling=50)
    seen, so_far = time.perf_counter() - began, sent[0]
    page.wait_for_load_state("networkidle", timeout=120_000)
    # The library may begin after the image.
    page.wait_for_timeout(1000)
    page.wait_for_load_state("networkidle", timeout=120_000)
    whole, all_sent = time.perf_counter() - began, sent[0]
    context.close()
    return seen, so_far, whole, all_sent


def main(addresses: list[str]) -> None:
    finder = Path(__file__).parents[1] / ".ci" / "browser"
    with sync_playwright() as playwright:
        found = (
            subprocess.run([finder], capture_output=True, text=True).stdout.strip()
            or playwright.chromium.executable_path
        )
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        print("| page | word seen after | kB till then | all after | kB in all |\n|---|---|---|---|---|")
        for address in addresses:
            seen, so_far, whole, sent = measure(browser, address)
            print(f"| {address} | {seen:.1f} s | {so_far / 1000:.0f} | {whole:.1f} s | {sent / 1000:.0f} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
