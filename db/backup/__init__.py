"""A copy of the database in one file, and back."""
