"""The pages about improvement as items of the board."""
