"""The open database: opened, migrated, locked, timed and looked at."""
