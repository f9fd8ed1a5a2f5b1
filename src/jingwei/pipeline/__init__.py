"""The order of steps: files in, values through. Imported lazily by the package and the command line."""
