"""The letters about the decision and the indstilling: what is said in them, and the PDFs."""

from django.utils import timezone

from borgere.models import Informationstype
from rehabilitering import brev
from rehabilitering.brev import afgoerelse as brevafgoerelse
from rehabilitering.brev import indstilling as brevindstilling
from rehabilitering.brev.ramme import brevramme
from rehabilitering.models import Afgoerelse, Brevskabelon, Indstilling, Laegeattestrykker
from ressource.dansk import dato, dato_lang
from ressource.kalender import i_dag
from ressource.models import Bruger


def overskrift(afgoerelse: Afgoerelse) -> str:
    """The decision in one sentence, to the citizen: its letter's heading.

    Raises `ValidationError` when there is no approved letter.
    """
    return _brevskabelon(afgoerelse).overskrift


def afgoerelsesbrev(afgoerelse: Afgoerelse) -> bytes:
    """The letter as a PDF (PDF/A, PDF/UA); of a draft, as it would be today. Same decision, same bytes.

    It is made from the decision's own version of the letter, else the one in use. Raises
    `ValidationError` when reasons, basis, guidance or dates are missing, and
    `ressource.pdf.PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    return brev.dan(
        brevafgoerelse.kode(afgoerelse),
        afgoerelse.sag,
        brevafgoerelse.felter(afgoerelse),
        af=afgoerelse.skrevet_af,
        tidspunkt=afgoerelse.afsluttet_den or timezone.now(),
        skabelon=_brevskabelon(afgoerelse),
    )


def _brevskabelon(afgoerelse: Afgoerelse) -> Brevskabelon:
    """The version the decision was made with, for a made one; else the one in use."""
    if afgoerelse.er_truffet and afgoerelse.brevskabelon:
        return afgoerelse.brevskabelon
    return brev.gaeldende(brevafgoerelse.kode(afgoerelse))


def indstillingsbrev(indstilling: Indstilling) -> bytes:
    """The finalised indstilling as a PDF to send: to the citizen's side, the GP and others by consent.

    It is addressed as `deling.postmodtagere` says, and dated the day its version was finalised.
    Same version, recipient and approved letter, same bytes. Raises `ValueError` for a draft,
    `ValidationError` when there is no approved letter, and `ressource.pdf.PdfUtilgaengelig` when
    this machine cannot make PDFs.
    """
    if indstilling.afsluttet_den is None or indstilling.afsluttet_af is None:
        raise ValueError("Brevet laves af en afsluttet indstilling.")
    rettet = indstilling.versioner.filter(nr=indstilling.version, nr__gt=1).first()
    return brev.dan(
        Brevskabelon.Kode.INDSTILLING,
        indstilling.sag,
        brevindstilling.felter(indstilling),
        af=indstilling.afsluttet_af,
        tidspunkt=rettet.afsluttet_den if rettet else indstilling.afsluttet_den,
    )


def indstillingens_titel(indstilling: Indstilling, *, version: int | None = None) -> str:
    """What the letter of `version`, else the one in force, is called among the case's documents."""
    nr = version or indstilling.version
    titel = f"Indstilling fra teammødet {dato(indstilling.moede_dato)}"
    return f"{titel}, version {nr}" if nr > 1 else titel


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
