"""Every figure of the dashboard, a small function each; a module for each block of the page.

They take the engagements to count: what the reader may open, as the reader's filter leaves it, and
of that what figures count (EngagementQuerySet.counted()). They return frozen dataclasses.
"""
