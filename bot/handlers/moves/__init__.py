"""Moves in the chat: watched by the clock, put before the teacher in private, or said in the group."""
