"""Text: from decoded characters to blocks, sections, paragraphs and sentences that keep their raw addresses."""

from jingwei.text.structure import body_ranges, read_structure

__all__ = ["body_ranges", "read_structure"]
