"""The pages as most would write them with Django's ORM, with care: no query a row, EXISTS for no facet.

They give the same numbers and rows as the portal's pages, which running.py holds against them, and leave
out what the portal shows besides.
"""
