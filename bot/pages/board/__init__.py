"""The board: a page to project in class, live, and one for the teacher who steers it."""
