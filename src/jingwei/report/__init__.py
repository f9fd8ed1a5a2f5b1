"""Everything that shows results: JSON, terminal, pages, pictures, tables. Computes nothing new about a text."""
