"""What the words of a file stand for: partners, countries, kinds, objectives, offices, people."""
