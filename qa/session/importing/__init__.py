"""The import page on screen."""
