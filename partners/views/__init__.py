"""Pages on partners."""
