"""The pages about customers on screen."""
