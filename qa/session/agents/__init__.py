"""The pages of agents and teams on screen."""
