"""Packages of Debian and Ubuntu, where this is one of them."""

import os
import shutil
import subprocess


def install(*packages: str) -> None:
    """Install the packages, as root or through sudo where it asks for no password; nothing elsewhere."""
    if not shutil.which("apt-get"):
        return
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and not shutil.which("sudo"):
        return
    for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run([*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *step], check=False, stdout=subprocess.DEVNULL)
