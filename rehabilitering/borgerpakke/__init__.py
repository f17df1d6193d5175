"""The citizen's packet about the meeting: every required slot, and plainly what is not known yet.

The words are the municipality's (`Pakketekst`), the facts the case's. A slot whose fact is missing
says so to the citizen; a slot without words stops the packet. Guide, element 2; domain.md 2.5.
"""

from rehabilitering.borgerpakke.pakke import TITEL, Pakke, aftryk, byg_pakke, pakke_pdf

__all__ = ["TITEL", "Pakke", "aftryk", "byg_pakke", "pakke_pdf"]
