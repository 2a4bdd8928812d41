"""The renderers: a document as the bytes of a file, one module a format."""
