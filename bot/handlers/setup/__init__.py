"""A group's first steps: added, started, checked, set."""
