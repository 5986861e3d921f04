"""A Telegram of our own: people, chats, messages and updates, with its rules and refusals."""
