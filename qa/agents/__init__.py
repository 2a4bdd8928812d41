"""Agents and teams: against targets, ranked as far as the data carry, one by one, and appraised."""
