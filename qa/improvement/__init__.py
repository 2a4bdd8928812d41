"""Improvement: what a measure changed, told from noise, from what happened to others, and from regression to the mean."""
