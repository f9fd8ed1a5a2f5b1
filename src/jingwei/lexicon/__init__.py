"""Lexicon: dated official phrases, places, and who wrote a report."""
