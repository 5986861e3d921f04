"""Discussions held elsewhere, brought into a round: each file's shape in a module, one way in for all."""
