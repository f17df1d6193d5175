"""The letters about the decision and the indstilling: what is said in them, and the PDFs."""

from dataclasses import dataclass

from django.utils import timezone

from borgere.models import Informationstype
from rehabilitering.brev.ramme import brevramme, svarer_for
from rehabilitering.models import Afgoerelse, Indstilling, Laegeattestrykker, Udfald
from ressource.dansk import dato, dato_lang
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle

OVERSKRIFTER: dict[str, str] = {
    Udfald.RESSOURCEFORLOEB: "Du får et ressourceforløb",
    Udfald.FLEKSJOB: "Du kan få et fleksjob",
    Udfald.FOERTIDSPENSION: "Du får førtidspension",
    Udfald.HIDTIDIG_INDSATS: "Du fortsætter med samme indsats som hidtil",
}


@dataclass(frozen=True)
class Linje:
    """One effort as the letter says it."""

    navn: str
    formaal: str
    start: str


def overskrift(afgoerelse: Afgoerelse) -> str:
    """The decision in one sentence, to the citizen."""
    return OVERSKRIFTER[afgoerelse.udfald]


def afgoerelsesbrev(afgoerelse: Afgoerelse) -> bytes:
    """The letter as a PDF (PDF/A, PDF/UA). Same decision, same bytes.

    It is addressed as `deling.postmodtagere` says, without an address that is protected.
    Raises `ressource.pdf.PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    from ressource import pdf  # noqa: PLC0415 -- langsom

    return pdf.skabelon_til_pdf(
        "rehabilitering/pdf/afgoerelse.html",
        brevets_indhold(afgoerelse),
        titel=f"Afgørelse: {overskrift(afgoerelse)}",
        tidspunkt=afgoerelse.afsluttet_den or timezone.now(),
    )


def indstillingsbrev(indstilling: Indstilling) -> bytes:
    """The finalised indstilling as a PDF to send: to the citizen's side, the GP and others by consent.

    It is addressed as `deling.postmodtagere` says. Same indstilling and recipient, same bytes.
    Raises `ValueError` for a draft and `ressource.pdf.PdfUtilgaengelig` when this machine cannot
    make PDFs.
    """
    from ressource import pdf  # noqa: PLC0415 -- langsom

    if indstilling.afsluttet_den is None or indstilling.afsluttet_af is None:
        raise ValueError("Brevet laves af en afsluttet indstilling.")
    sag = indstilling.sag
    kontekst = brevramme(sag, Informationstype.INDSTILLING, indstilling.afsluttet_af) | {
        "dato": dato(indstilling.afsluttet_den),
        "overskrift": "Teamets indstilling",
        "indstilling": indstilling,
        "linjer": list(indstilling.linjer.select_related("indsatstype")),
        "svar": [indsat.booking for indsat in indstilling.indsatte_svar.med_kilde()],
        "moede_dato": dato_lang(indstilling.moede_dato),
        "team": sag.regelsaet.betegnelse_team,
    }
    return pdf.skabelon_til_pdf(
        "rehabilitering/pdf/indstilling.html",
        kontekst,
        titel=indstillingens_titel(indstilling),
        tidspunkt=indstilling.afsluttet_den,
    )


def indstillingens_titel(indstilling: Indstilling) -> str:
    """What the letter is called among the case's documents."""
    return f"Indstilling fra teammødet {dato(indstilling.moede_dato)}"


def laegerykker(rykker: Laegeattestrykker, *, af: Bruger) -> bytes:
    """The reminder to the GP's practice as a PDF (PDF/A, PDF/UA), dated today.

    Needs the certificate with case, citizen and practice. Raises `ressource.pdf.PdfUtilgaengelig`
    when this machine cannot make PDFs.
    """
    from ressource import pdf  # noqa: PLC0415 -- langsom

    return pdf.skabelon_til_pdf(
        "rehabilitering/pdf/laegerykker.html",
        rykkerens_indhold(rykker, af=af),
        titel="Vi mangler lægeattest LÆ 265",
        tidspunkt=timezone.now(),
    )


def rykkerens_indhold(rykker: Laegeattestrykker, *, af: Bruger) -> dict[str, object]:
    """The reminder's context. The practice is the recipient, whoever acts for the citizen."""
    attest = rykker.attest
    praksis = attest.sag.borger.laegepraksis
    linjer = (
        (praksis.navn, praksis.adresse, f"{praksis.postnummer} {praksis.by}") if praksis else ()
    )
    return brevramme(attest.sag, Informationstype.HELBRED, af) | {
        "dato": dato(i_dag()),
        "overskrift": "Vi mangler lægeattest LÆ 265",
        "modtager": [linje for linje in linjer if linje.strip()],
        "vedroerer": attest.sag.borger.navn,
        "attest": attest,
        "nr": rykker.nr,
        "bestilt": dato_lang(attest.anmodet_dato),
        "team": attest.sag.regelsaet.betegnelse_team,
    }


def brevets_indhold(afgoerelse: Afgoerelse) -> dict[str, object]:
    """The letter's context; dates are text, as a letter writes them."""
    sag = afgoerelse.sag
    sagsbehandler = svarer_for(sag, afgoerelse.skrevet_af)
    er_forloeb = afgoerelse.udfald == Udfald.RESSOURCEFORLOEB
    return brevramme(sag, Informationstype.AFGOERELSE, afgoerelse.skrevet_af) | {
        "dato": dato(afgoerelse.afgoerelse_dato or i_dag()),
        "overskrift": overskrift(afgoerelse),
        "afgoerelse": afgoerelse,
        # The letter's sentence ends with it.
        "hjemmel": afgoerelse.hjemmel.strip().rstrip("."),
        "udfald": afgoerelse.get_udfald_display(),
        "er_forloeb": er_forloeb,
        "virkning_fra": dato_lang(afgoerelse.virkning_fra) if afgoerelse.virkning_fra else "",
        "slut_dato": dato_lang(afgoerelse.slut_dato) if afgoerelse.slut_dato else "",
        "moede_dato": dato_lang(afgoerelse.indstilling.moede_dato),
        "team": sag.regelsaet.betegnelse_team,
        "maal": afgoerelse.indstilling.maal if er_forloeb else "",
        "linjer": _linjer(afgoerelse) if er_forloeb else [],
        "koordinerende": (
            sagsbehandler.navn if sagsbehandler.har_rolle(Rolle.KOORDINERENDE) else ""
        ),
        # No line break inside the number.
        "telefon": sagsbehandler.telefon.replace(" ", "\N{NO-BREAK SPACE}"),
    }


def _linjer(afgoerelse: Afgoerelse) -> list[Linje]:
    return [
        Linje(
            linje.beskrivelse or linje.indsatstype.navn,
            linje.formaal,
            dato(linje.start_dato) if linje.start_dato else "",
        )
        for linje in afgoerelse.indstilling.linjer.select_related("indsatstype")
    ]
