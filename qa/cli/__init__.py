"""The command line: import, check, sample, build, and every number with its proof."""

from qa.cli.app import main

__all__ = ["main"]
