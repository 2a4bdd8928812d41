"""Any page as a file: its board items as the content of a document."""
