"""What this floor's screens are called in the look-up log, in words a citizen understands."""

OPSLAG = {
    "sag": "sagen",
    "sag_liste": "listen over sager",
    "sag_ny": "oprettelse af en sag",
    "borger": "oplysninger om borgeren og netværket",
    "dokumenter": "listen over dokumenter i sagen",
    "dokument": "et dokument i sagen",
    "journal": "journalen",
}
