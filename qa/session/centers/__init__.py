"""The pages about centers on screen."""
