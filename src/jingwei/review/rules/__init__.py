"""One rule a file. Each is a function from a :class:`~jingwei.review.reading.Reading` to findings."""
