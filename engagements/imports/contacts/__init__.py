"""Lists of contacts: what their columns hold, who each row is about, how they are saved and undone."""
