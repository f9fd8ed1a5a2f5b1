"""Jingwei 泾渭: which water is which in a local-government annual report."""

__version__ = "0.1.0"
