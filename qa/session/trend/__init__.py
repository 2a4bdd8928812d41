"""The trend page on screen."""
