"""The whole bot on a local page or in a terminal, without Telegram, token or network."""
