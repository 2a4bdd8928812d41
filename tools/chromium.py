"""Where this computer's Chromium, Chrome or Edge is; with --install, put one there first (Debian and Ubuntu)."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import debian

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MAC_APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PROGRAMS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

NOT_FOUND = """\
No Chromium, Chrome or Edge was found. Install one, or name it: make test CHROMIUM=/path/to/chromium
未找到 Chromium、Chrome 或 Edge。请安装其一，或指定路径：make test CHROMIUM=/path/to/chromium"""


def find() -> Path | None:
    """The browser named by $CHROMIUM, else the first of the usual places; None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        return Path(found) if found else None
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    """Where browsers are on Linux, macOS and Windows."""
    yield from (Path(found) for command in COMMANDS if (found := shutil.which(command)))
    yield from (Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC_APPLICATIONS)
    folders = [Path(os.environ[name]) for name in WINDOWS_FOLDERS if name in os.environ]
    yield from (folder / program for folder in folders for program in WINDOWS_PROGRAMS)


def main(arguments: list[str]) -> None:
    """Print the path, or stop with one sentence on what to do."""
    if "--install" in arguments and not os.environ.get("CHROMIUM") and not find():
        debian.install("chromium")
    browser = find()
    if browser is None:
        sys.exit(NOT_FOUND)
    print(browser)


if __name__ == "__main__":
    main(sys.argv[1:])
