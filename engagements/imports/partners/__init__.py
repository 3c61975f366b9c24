"""Lists of partners: what their columns hold, what becomes of each row, how it is saved and undone."""
