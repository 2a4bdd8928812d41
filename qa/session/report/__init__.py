"""The page of the monthly report."""
