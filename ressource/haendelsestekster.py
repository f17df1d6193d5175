"""What the ground's own events are called."""

HAENDELSER = {
    "kalender.ny_adresse": "Lavede en ny adresse til sin kalender",
    "kalender.stoppet": "Stoppede abonnementet på sin kalender",
}
