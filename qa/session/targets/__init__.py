"""The page about targets as items of the board, and its form."""
