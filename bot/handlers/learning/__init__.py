"""What the bot learns from: why it answered so, what it could not answer, and packs loaded anew."""
