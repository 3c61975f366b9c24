"""Engagements counted without the database: sets of their keys, kept in the process (docs/decisions/0024)."""
