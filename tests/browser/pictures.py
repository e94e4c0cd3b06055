"""Takes the README's pictures anew: `python -m tests.browser.pictures`."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from sandbox.page.server import PageServer
from sandbox.page.stage import Stage
from tests.browser.conftest import CHROMIUM, Visitor
from tests.browser.walking import pictures

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


def main() -> int:
    if CHROMIUM is None:
        sys.stderr.write("Chromium is not installed: apt-get install chromium\n")
        return 1
    stage = Stage(Path(tempfile.mkdtemp()) / "town")
    page = PageServer(stage)
    page.start()
    try:
        stage.open()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            pictures(Visitor(browser, page.url), stage, FOLDER)
            browser.close()
        return 0
    finally:
        page.stop()
        stage.close()


if __name__ == "__main__":
    sys.exit(main())
