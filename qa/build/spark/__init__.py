"""Spark as the engine of a build, over Spark Connect: the same SQL, in its dialect, on as many machines as it has."""
