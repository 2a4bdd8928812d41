"""Explanations 说明: which are owed for a month, what they say, and by whose hands they go.

``model`` and ``rules`` are light; ``listing``, ``reading`` and ``workflow`` load the store's libraries.
"""
