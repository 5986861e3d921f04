"""Questions to the reading, and what is shown of it."""
