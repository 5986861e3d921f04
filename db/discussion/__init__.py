"""Seminars and what happens in their rounds."""
