"""What the pages about calls say: service and outbound."""
