"""What is kept of a person: consent, a copy of it, forgetting, retention."""
