"""Bringing a spreadsheet in, a page a step: file, table, columns, questions, preview, and what came of it."""
