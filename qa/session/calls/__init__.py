"""The pages about calls on screen."""
