"""The quality pages on screen."""
