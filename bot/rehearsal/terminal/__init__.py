"""The rehearsal in a terminal: the same world, actions and clock as the page."""
