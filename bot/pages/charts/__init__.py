"""Charts as SVG: frozen records in, one string out, the same for the report, the board and the group."""
