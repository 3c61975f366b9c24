"""Whoever may not see a record learns nothing of it, whatever they ask; see docs/decisions/0013."""
