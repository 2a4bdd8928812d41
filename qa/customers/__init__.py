"""What the pages about customers say: satisfaction, resolution, complaints, comments, one case."""
