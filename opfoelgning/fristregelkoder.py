"""What sets some deadline rules apart from the others, beside how they are derived."""

PLANENS = frozenset({"INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST"})
# Counts how many there have been in a period.
TAELLER = frozenset({"SAMTALER_MIN"})
# The case's rule set says how long; the rule's own number is what it falls back on.
LAENGDE_FRA_REGELSAET = frozenset(
    {"KLAGEFRIST", "GENVURDERING", "INDSATSGARANTI", "FORLOEB_MAX", "SAGSPAKKE"}
)
# Of the municipality and of no case, so that nothing is derived (`noegletal.rapportfrist`).
UDEN_SAG = frozenset({"RAPPORT_MAANED"})

_SAGEN = "Sagen afsluttes"
_FORLOEBET = "Forløbet slutter, eller sagen afsluttes"
# When there is nothing left to do, in the words shown under what fulfils the deadline.
BORTFALDER = {
    "FOERSTE_OPFOELGNING": "Afgørelsen bliver en anden, teamet ser sagen igen, eller sagen afsluttes",
    "INDSATSPLAN_VARSEL": "Afgørelsen bliver en anden, teamet ser sagen igen, eller sagen afsluttes",
    "INDSATSPLAN_FRIST": "Afgørelsen bliver en anden, teamet ser sagen igen, eller sagen afsluttes",
    "LAE265_SVAR": "Bestillingen annulleres, eller sagen afsluttes",
    "GENVURDERING": "Klagen trækkes tilbage",
    "INDSATSGARANTI": "Borgeren får ordinære timer, eller forløbet slutter",
    "HORISONT_KONKRET": _FORLOEBET,
    "HORISONT_SKITSE": _FORLOEBET,
    "NAESTE_MOEDE_AFTALT": "Det begrundes ved mødet, forløbet slutter, eller sagen afsluttes",
    "SAMTALER_MIN": "Forløbet slutter",
    "FORLOEB_SLUT": _SAGEN,
    "PASSIV_TID": "Borgeren fritages, eller forløbet slutter",
    "SAMTYKKE_UDLOEBER": "Samtykket trækkes tilbage, eller sagen afsluttes",
    "SAGSPAKKE": "Sagen tages af dagsordenen, teamet har behandlet den, eller den afsluttes",
    "RETUR_SVAR": _SAGEN,
    "OPGAVE": "Opgaven tages ud med en grund, eller sagen afsluttes",
}
