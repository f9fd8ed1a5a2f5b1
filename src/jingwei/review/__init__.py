"""Review: what would embarrass the writer, with quote, reason and the question that mends it."""

from jingwei.review.baseline import baseline_of, without_accepted
from jingwei.review.brief import Brief
from jingwei.review.checklist import review

__all__ = ["Brief", "baseline_of", "review", "without_accepted"]
