"""The local Bot API: its methods, and the HTTP in front of them."""
