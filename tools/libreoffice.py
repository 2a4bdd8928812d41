"""Where this computer's LibreOffice is; with --install, put it there first (Debian and Ubuntu), without its windows."""

import shutil
import sys

from tools import debian

PACKAGES = ("libreoffice-writer-nogui", "libreoffice-calc-nogui", "libreoffice-impress-nogui", "poppler-utils", "fonts-noto-cjk")
NOT_FOUND = """\
No LibreOffice was found. Install it, or make office as root on Debian or Ubuntu.
未找到 LibreOffice。请先安装，或在 Debian、Ubuntu 上以 root 执行 make office。"""


def find() -> str | None:
    """The program; None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def main(arguments: list[str]) -> None:
    """Print the path, or stop with one sentence on what to do."""
    if "--install" in arguments and not (find() and shutil.which("pdftoppm")):
        debian.install(*PACKAGES)
    program = find()
    if program is None:
        sys.exit(NOT_FOUND)
    print(program)


if __name__ == "__main__":
    main(sys.argv[1:])
