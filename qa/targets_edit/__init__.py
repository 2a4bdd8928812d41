"""Targets as people keep them: all that are set, what they mean for centers and agents, and changes with their history."""
