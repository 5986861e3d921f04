"""People: what they allow, what they are called, and how they are forgotten."""
