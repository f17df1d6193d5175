"""What happens in a forløb and its plan, in the words the case page shows."""

HAENDELSER = {
    "forloeb.begyndt": "Ressourceforløbet er begyndt",
    "forloeb.afkortet": "Ressourceforløbet har fået en tidligere slutdato",
    "forloeb.aendret": "Ressourceforløbets periode er ændret",
    "forloeb.afsluttet": "Ressourceforløbet er afsluttet",
    "plan.begyndt": "Indsatsplanen er begyndt",
    "plan.ny_version": "En ny version af indsatsplanen er begyndt",
    "plan.maal_gemt": "Et mål i planen er gemt",
    "plan.indsats_gemt": "En indsats i planen er gemt",
    "plan.indsats_begyndt": "En indsats er begyndt",
    "plan.indsats_slut": "En indsats er slut",
    "plan.indsats_bortfaldet": "En planlagt indsats bliver ikke til noget",
    "plan.praktik_gemt": "Virksomhed og formål med en praktik er gemt",
    "plan.bevilling_lavet": "Bevillingsteksten til en praktik er lavet",
    "virksomhed.oprettet": "En virksomhed er oprettet",
    "virksomhed.rettet": "En virksomhed er rettet",
    "virksomhed.kontakt_tilfoejet": "En kontakt i en virksomhed er tilføjet",
    "virksomhed.kontakt_rettet": "En kontakt i en virksomhed er rettet",
    "plan.svar_indsat": "Et svar fra sundhedskoordinator er sat ind i planen",
    "plan.svar_fjernet": "Et svar fra sundhedskoordinator er taget ud af planen",
    "plan.godkendt": "Indsatsplanen er godkendt med borgeren",
}
