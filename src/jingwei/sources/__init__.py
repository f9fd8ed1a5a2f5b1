"""Opens reports: files, folders, archives and standard input become documents or reasons why not."""

from __future__ import annotations

from jingwei.sources.listing import Input, SourceItem, expand
from jingwei.sources.reading import read_bytes, read_one, read_path, read_paths

__all__ = ["Input", "SourceItem", "expand", "read_bytes", "read_one", "read_path", "read_paths"]
