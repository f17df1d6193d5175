"""The case package: what the team reads before the meeting, as one PDF for each kind of reader.

It holds the forberedende del, the certificate, the sundhedskoordinator's answers, the documents
that the caseworker has chosen and the consents. Never the journal, internal remarks or an address
(domain.md 1.2 row 10 and 3).
"""

from rehabilitering.sagspakke.grundlag import Grundlag, laes_grundlag, mangler
from rehabilitering.sagspakke.pdf import TITEL, dan
from rehabilitering.sagspakke.udgaver import Udgave, udgave_for

__all__ = ["TITEL", "Grundlag", "Udgave", "dan", "laes_grundlag", "mangler", "udgave_for"]
