"""What this floor's screens are called in the look-up log, in words a citizen understands."""

OPSLAG = {
    "sag": "sagen",
    "sag_liste": "listen over sager",
    "sag_ny": "oprettelse af en sag",
    "borger": "oplysninger om borgeren og netværket",
    "netvaerk": "netværket og hvad hver enkelt må få at vide",
    "samtykker": "samtykkerne",
    "samtykkeark": "samtykkearket",
    "repraesentation": "bisiddere, partsrepræsentant og værge",
    "forsendelser": "listen over det, der er sendt",
    "send_dokument": "afsendelse af et dokument",
    "dokumenter": "listen over dokumenter i sagen",
    "dokument": "et dokument i sagen",
    "journal": "journalen",
    # What a refusal is logged under, where no screen has the name (`ressource.afvisning`).
    "adgang": "hvem der har adgang til sagen",
    "bevaring": "bevaring og sletning af sager",
    "forsendelse": "et brev eller en sagspakke",
    "huskeseddel": "en huskeseddel",
    "laegepraksis": "listen over lægepraksis",
    "opslag": "opslag i sagen",
    "uddrag": "et udtræk af hele sagen",
}
