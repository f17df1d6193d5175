"""What this floor's screens are called in the look-up log, in words a citizen understands."""

OPSLAG = {
    "plan": "indsatsplanen",
    "genforelaeggelse": "udkastet til at forelægge sagen for teamet igen",
    "mentor": "mentors opgaver og næste møde",
    "praktik": "praktikken",
    "bevillingstekst": "bevillingsteksten til praktikken",
    # What somebody was refused in the register is logged; the register itself names no citizen.
    "virksomhed": "registret over virksomheder",
}
