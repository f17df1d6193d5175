"""What this floor's screens are called in the look-up log, in words a citizen understands."""

OPSLAG = {
    "overblik_moede": "mødekoordinatorens liste over kommende møder",
    "overblik_team": "teamets liste over sager til møde",
    "overblik_konsulent": "faglig konsulents liste over sager",
    "screening": "vurderingen i begyndelsen af sagen",
    "forberedende_del": "den forberedende del",
    "sparring": "spørgsmål til sundhedskoordinatoren",
    "sparring_samtykke": "samtykke til at spørge sundhedskoordinatoren",
    "dagsorden": "dagsordenen for rehabiliteringsteamets møde",
    "moede": "møde og indstilling",
    "live": "mødets side om sagen",
    "afgoerelse": "afgørelsen",
    "indstilling": "indstillingen",
    "kvalitetssikring": "kvalitetssikringen",
    "laegeattest": "lægeattesten",
}
