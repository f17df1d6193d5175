"""What the ground's screens are called in the look-up log."""

# A refusal is logged under what stands before the dot in the action, so each such word is here.
OPSLAG = {
    "besked": "beskeder til en selv",
    "kalender": "adressen til ens egen kalender",
    "log": "loggen over opslag",
    "regelsaet": "reglerne og deres frister",
}
