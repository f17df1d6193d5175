"""Whole case file and article 15 extract: one archive with an index, the data and the originals."""
