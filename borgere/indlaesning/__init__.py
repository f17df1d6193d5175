"""Files brought in: what the columns are, how a file is read, checked and taken in."""
