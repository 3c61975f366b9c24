"""Where, as a page of its own: every region and country reached, on the map and in a table."""
