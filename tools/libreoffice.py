"""Where this computer's LibreOffice is; with --install, put it there first (Debian and Ubuntu), without its windows."""

import os
import shutil
import subprocess
import sys

PACKAGES = ("libreoffice-writer-nogui", "libreoffice-calc-nogui", "libreoffice-impress-nogui", "poppler-utils", "fonts-noto-cjk")
NOT_FOUND = """\
No LibreOffice was found. Install it, or make office as root on Debian or Ubuntu.
未找到 LibreOffice。请先安装，或在 Debian、Ubuntu 上以 root 执行 make office。"""


def find() -> str | None:
    """The program; None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def install() -> None:
    """Install Debian's packages, as root or through sudo where it asks for no password."""
    if not shutil.which("apt-get"):
        return
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and not shutil.which("sudo"):
        return
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        subprocess.run([*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *step], check=False, stdout=subprocess.DEVNULL)


def main(arguments: list[str]) -> None:
    """Print the path, or stop with one sentence on what to do."""
    if "--install" in arguments and not (find() and shutil.which("pdftoppm")):
        install()
    program = find()
    if program is None:
        sys.exit(NOT_FOUND)
    print(program)


if __name__ == "__main__":
    main(sys.argv[1:])
