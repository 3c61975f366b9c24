"""The one-page brief: the figures of one partner, country, objective or the whole, to hand over.

content.py gathers it, sentences.py says it, document.py writes it as DOCX; the page is a template.
"""
