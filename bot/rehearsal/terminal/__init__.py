"""The rehearsal in a terminal, for machines without a browser: the same world, acts and clock as the page."""
