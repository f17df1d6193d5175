"""The lists of this floor's Overblik pages: their columns and filters (`ressource.listevalg`)."""

from ressource.listevalg import Kolonne, Liste, en_af

# Ordered by `rehabilitering.ventende`'s own annotations.
VENTENDE = Liste(
    navn="ventende",
    titel="Til afgørelse",
    adresse="overblik",
    handling="kvalitetssikring.afgoer",
    kolonner=(
        Kolonne(
            "borger",
            "Borger",
            ("sag__borger__fornavn", "sag__borger__efternavn", "pk"),
            fast=True,
        ),
        Kolonne("sagsnummer", "Sagsnr.", ("sag__sagsnummer",)),
        Kolonne("indsendt", "Sendt ind", ("indsendt_den", "pk")),
        Kolonne("af", "Sendt af", ("afsender", "indsendt_den", "pk")),
        Kolonne("dage", "Har ventet"),
        Kolonne("skridt", "Næste skridt"),
    ),
    sortering="indsendt",
    foerst="længst ventetid først",
    filtre={"vis": en_af("screening", "kvalitetssikring", "lang", "mine")},
)

DAGSORDEN = Liste(
    navn="dagsorden",
    titel="Klar til dagsorden",
    adresse="overblik",
    handling="moede.planlaeg",
    kolonner=(
        Kolonne("sag", "Sag", ("sagsnummer",), fast=True),
        Kolonne("godkendt", "Godkendt", ("godkendt_den", "pk")),
        Kolonne("ventet", "Ventet"),
        Kolonne("krav", "Kræver deltager"),
        Kolonne("attest", "LÆ 265", ("har_attest", "attest_til", "pk")),
        Kolonne("sagsbehandler", "Sagsbehandler", ("sagsbehandler", "pk"), valgt=False),
    ),
    sortering="godkendt",
    foerst="længst ventetid først",
    filtre={"vis": en_af("klar", "uden_attest", "lang")},
)

INDSTILLINGER = Liste(
    navn="indstillinger",
    titel="Vores indstillinger",
    adresse="overblik",
    handling="moede.live",
    kolonner=(
        Kolonne("sag", "Sag", ("sag__sagsnummer", "pk"), fast=True),
        Kolonne("moede", "Teammøde", ("moede_dato", "pk")),
        Kolonne("indstilling", "Indstilling", ("udfald", "moede_dato", "pk")),
        Kolonne("siden", "Siden da", ("sag__fase", "moede_dato", "pk")),
    ),
    sortering="-moede",
    foerst="nyeste først",
    filtre={"vis": en_af("uden_afgoerelse", "fulgt", "ikke_fulgt")},
)
