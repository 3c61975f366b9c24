"""Cells told in words: dates, amounts, lists, and what says nothing."""
