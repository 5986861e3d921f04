"""What the bot does with updates, by subject; bot/app.py has the table."""
