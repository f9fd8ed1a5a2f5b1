"""Judgement: what kind each body character is, whose it is, and the numbers made of that."""
