"""Drafting a pack from an article: numbered reading, proposals, stubs to write from, questions to ask."""
