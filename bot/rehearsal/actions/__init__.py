"""What the page may let people do, by name; each action takes the world and the JSON of the page."""
