"""The sections of the monthly report, each from the catalogue to texts, tables and charts."""
