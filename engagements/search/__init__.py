"""Engagements found by words.

`lines` is what is read of one, `index` the index that each database keeps of it, `finding` the question.
"""
