"""The four pictures of a batch or a pair, under one name for the callers."""

from __future__ import annotations

from jingwei.report.figure_pair import draw_pair
from jingwei.report.figure_reports import draw_reports_heatmap
from jingwei.report.figure_sections import MEASURES, draw_sections
from jingwei.report.figure_strips import draw_strips
from jingwei.report.picture import Drawn

__all__ = ["MEASURES", "Drawn", "draw_pair", "draw_reports_heatmap", "draw_sections", "draw_strips"]
