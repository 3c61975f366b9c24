"""The form in which an engagement is told."""

from engagements.forms.engagement import EngagementForm

__all__ = ["EngagementForm"]
