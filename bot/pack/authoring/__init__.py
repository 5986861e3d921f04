"""From an article to a pack that a teacher can edit."""
