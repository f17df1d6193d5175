"""The letter engine: the municipality's approved texts with merge fields, made into PDFs.

`dan` makes a letter, `felter.KATALOG` says which fields each kind takes, and `standard.STANDARD`
holds the texts an installation starts with.
"""

from rehabilitering.brev.motor import (
    blokke,
    dan,
    eksempel,
    eksempel_pdf,
    gaeldende,
    indholdstype,
    vis,
)

__all__ = ["blokke", "dan", "eksempel", "eksempel_pdf", "gaeldende", "indholdstype", "vis"]
