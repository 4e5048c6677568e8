"""Which browser renders pages, and the settings of a crawl that needs one."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.errors import UserError

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_HANDLER = "crawler.javascript.handler.RenderingHandler"
# A crawl asks one site for its pages; the browser's own errands (updates, suggestions, statistics) are none of it.
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
)


def find_browser(settings: BaseSettings) -> str:
    """Path of the Chromium that NABA_CHROMIUM names, else of the first that is installed.

    Raises:
        UserError: when there is none.
    """
    named = settings["NABA_CHROMIUM"]
    if named:
        found = shutil.which(str(Path(named).expanduser()))
        if found is None:
            raise UserError(
                f"NABA_CHROMIUM={named} is no program that can be run: name the file of a Chromium or Chrome"
            )
        return found
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    raise UserError(
        "this site's pages need JavaScript, and no Chromium is found: install one (Debian: apt-get install chromium) "
        "or name its file in NABA_CHROMIUM"
    )


def render_pages(settings: BaseSettings, spider: str) -> None:
    """Let the crawl's requests with `meta["playwright"]` be answered by a browser; nothing for a replay.

    Raises:
        UserError: when the extra `javascript` or a browser is not installed.
    """
    if settings["REPLAY"]:  # what was archived is the rendered page
        return
    if find_spec("scrapy_playwright") is None:
        raise UserError(
            f"the pages of {spider} need JavaScript, and scrapy-playwright is not installed: "
            "pip install 'naba[javascript]' (in a checkout: pip install -c constraints.txt -e '.[javascript]')"
        )
    for name, value in _rendering_settings(settings).items():
        settings.set(name, value, "spider")


def _rendering_settings(settings: BaseSettings) -> dict[str, Any]:
    return {
        "DOWNLOAD_HANDLERS": settings.getdict("DOWNLOAD_HANDLERS") | {"http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": find_browser(settings),
            "headless": True,
            "args": list(_QUIET),
            # Chromium's sandbox does not start for root.
            "chromium_sandbox": os.geteuid() != 0 if hasattr(os, "geteuid") else True,
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("DOWNLOAD_TIMEOUT") * 1000,  # milliseconds
    }
