"""With whom, as a page of its own: every partner reached."""
