"""Every block of the dashboard in one workbook.

book.py puts it together: cover.py what it is, sheets.py a sheet of lines for each block, matrix.py and
years.py what is better drawn there, page.py what every sheet has.
"""
