"""A reading as data: what a pack is, read from Markdown and written back."""
