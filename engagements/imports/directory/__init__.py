"""What lists of partners and of contacts have in common: a row that is laid over a record, or makes one."""
