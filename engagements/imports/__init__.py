"""Spreadsheets in: a file, its table, what its columns mean, each row checked, saved as a whole or undone."""
