"""Pages on the people at a partner."""
