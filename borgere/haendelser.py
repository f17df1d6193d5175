"""What happens to citizens and cases, in the words the case page shows."""

HAENDELSER = {
    "sag.oprettet": "Sagen er oprettet",
    "sag.fase": "Sagen er gået videre til næste trin",
    "sag.tildelt": "En medarbejder er knyttet til sagen",
    "sag.afsluttet": "Sagen er afsluttet",
    "borger.rettet": "Borgerens oplysninger er rettet",
    "netvaerk.tilfoejet": "En person i netværket er tilføjet",
    "samtykke.givet": "Samtykke er registreret",
    "samtykke.trukket": "Samtykke er trukket tilbage",
    "dokument.tilfoejet": "Et dokument er lagt på sagen",
    "journal.notat": "Et notat er skrevet i journalen",
}
