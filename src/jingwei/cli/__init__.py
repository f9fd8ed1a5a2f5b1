"""The command line: reads argv and prints."""
