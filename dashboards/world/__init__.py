"""The world, drawn: outlines of countries from an installed package, made into one file at set-up."""
