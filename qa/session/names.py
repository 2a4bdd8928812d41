"""What centers and agents are called on screen, in the language in force."""

from qa.names import center_names, names_of

__all__ = ["center_names", "names_of"]
