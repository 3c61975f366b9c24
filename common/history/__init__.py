"""Every change on record: who changed what, when, from what to what.

`recording` is how it is written (docs/decisions/0007); each app's history.py says what of its records is
kept.
"""
