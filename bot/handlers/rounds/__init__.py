"""Discussion rounds: chosen, opened, held, closed, scheduled."""
