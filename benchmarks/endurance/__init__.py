"""Load and endurance: many viewers click for long while imports and builds run, every figure is checked, the server starts anew.

``python -m benchmarks.endurance --minutes 20 --viewers 30``
"""
