"""What this floor's screens are called in the look-up log, in words a citizen understands."""

OPSLAG = {
    "overblik": "overblikket",
    "arbejdsliste": "sagsbehandlerens egen arbejdsliste",
    "opfoelgning": "opfølgningerne",
    "opfoelgning_kopi": "borgerens kopi af en opfølgning",
    "opgaver": "sagens opgaver",
    "opgave": "en opgave",
    "eftermoede": "eftermødet",
    "hvem_goer_hvad": "planen «Hvem gør hvad hvornår»",
    "frist": "forklaringen på en frist",
    "paamindelser": "listen over påmindelser",
    "paamindelse": "en påmindelse",
    "fristregel": "reglerne for frister",
    "fristregel_beroerte": "de sager, en ændret fristregel flytter frister i",
    "frister": "sagens frister",
    "progression": "progressionen",
    "progression_udskrift": "borgerens udgave af progressionen",
}
