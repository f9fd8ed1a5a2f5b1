"""The last readings: what is this year's report now is mostly last year's in the next review of a batch."""

from __future__ import annotations

from collections import deque

from jingwei.model import Report
from jingwei.review.brief import Brief
from jingwei.review.reading import Reading

_RECENT: deque[Reading] = deque(maxlen=3)  # a unit's reports are reviewed one after the other


def remember(reading: Reading) -> None:
    """Keep a reading in case it is asked for soon."""
    _RECENT.append(reading)


def reading_of(report: Report) -> Reading:
    """The reading of a report without evidence: one of the last when it is of this very report, else a new one."""
    for reading in _RECENT:
        if reading.report is report:
            return reading
    reading = Reading(Brief(report=report))
    remember(reading)
    return reading
