"""Control charts over time: courses, limits, changes of level, and what they say in words."""
