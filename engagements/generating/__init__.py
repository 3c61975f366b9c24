"""Engagements by the ten thousand, invented, to try the portal at the size it will have one day."""
