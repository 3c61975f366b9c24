"""Files of rows, read into tables: workbooks and delimited text. Knows nothing of what the rows are about."""
