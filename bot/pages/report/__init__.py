"""The report of a seminar: one HTML file that opens offline and needs no script."""
