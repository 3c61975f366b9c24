"""Spreadsheets in: a file, its table, what its columns mean, every row checked, saved as a whole or undone."""
