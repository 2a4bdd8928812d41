"""The monthly report and other documents: one content model, and a renderer for each format."""
