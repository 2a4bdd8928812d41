"""Words that are declared with the thing they name, in both languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """One phrase in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The phrase in ``"zh"`` or ``"en"``."""
        return self.zh if language == "zh" else self.en
