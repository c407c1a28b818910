"""Finds a Chromium for the browser journeys and installs one where there is none."""

import os
import shutil
from pathlib import Path

from scripts.console import PYTHON, say, stop, succeeds

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found_chromium() -> str | None:
    """Return LABBOOK_CHROMIUM, a Chromium on the PATH, or the one Playwright installed; None without any."""
    named = os.environ.get("LABBOOK_CHROMIUM")
    if named:
        return named
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    return on_path or playwrights_chromium()


def playwrights_chromium() -> str | None:
    """Return the browser that `playwright install` put on this machine, if any."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def chromium() -> str:
    """Return a Chromium, installing it first where there is none; stop when that cannot be done."""
    path = found_chromium()
    if path is None:
        say("There is no Chromium here; installing it …")
        if not (install_from_debian() and found_chromium()):
            succeeds([PYTHON, "-m", "playwright", "install", "chromium"])
        path = found_chromium()
    if path is None or not Path(path).exists():
        stop("The browser journeys need Chromium. Install it, or name it: LABBOOK_CHROMIUM=/path/to/chromium")
    return path


def install_from_debian() -> bool:
    """Install Debian's package where apt-get can be used; say whether that worked."""
    if not shutil.which("apt-get"):
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if root and not shutil.which("sudo"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*root, "apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", "chromium"]
    if succeeds(install, quiet):
        return True
    return succeeds([*root, "apt-get", "update", "--quiet=2"], quiet) and succeeds(install, quiet)
