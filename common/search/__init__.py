"""Finding what people wrote by the words they type: alike on both databases, since all of it is decided here.

`analysis` makes tokens of a text, `asking` makes terms of what somebody types, `names` finds those who are
called so, `marks` shows where it stands. What a database indexes are the tokens and nothing else.
"""
