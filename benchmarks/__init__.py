"""What runs beside what: README.md says how to read it."""
