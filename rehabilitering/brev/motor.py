"""From a letter's approved text to the PDF that is sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError

from borgere.models import Informationstype, Sag
from rehabilitering.brev import felter as katalog
from rehabilitering.brev import proeve
from rehabilitering.brev.ramme import afsender, ramme_fra, svarer_for
from rehabilitering.brev.tekst import Blok, Vaerdi, byg
from rehabilitering.models import Brevskabelon
from ressource.dansk import dato
from ressource.models import Bruger

SKABELON = "rehabilitering/pdf/brev.html"
STIL = "pdf/kort_brev.css"
INDHOLD: dict[str, Informationstype] = {
    Brevskabelon.Kode.INDKALDELSE_BORGER: Informationstype.MOEDER,
    Brevskabelon.Kode.INDKALDELSE_NETVAERK: Informationstype.MOEDER,
    Brevskabelon.Kode.INDSTILLING: Informationstype.INDSTILLING,
    Brevskabelon.Kode.BEVILLING_PRAKTIK: Informationstype.PLAN,
}


def gaeldende(kode: str) -> Brevskabelon:
    """The approved version of the letter `kode`. Raises `ValidationError` when there is none."""
    skabelon = Brevskabelon.objects.gaeldende().filter(kode=kode).first()
    if skabelon is None:
        navn = Brevskabelon.Kode(kode).label
        raise ValidationError(
            f"Der er ingen godkendt tekst til brevet «{navn}». Bed administratoren om at skrive "
            "den under Breve."
        )
    return skabelon


def indholdstype(kode: str) -> Informationstype:
    """What a recipient must be allowed to know to get the letter `kode`."""
    return INDHOLD.get(kode, Informationstype.AFGOERELSE)


def dan(
    kode: str,
    sag: Sag,
    felter: Mapping[str, Vaerdi],
    *,
    af: Bruger,
    tidspunkt: datetime,
    skabelon: Brevskabelon | None = None,
    modtager: Sequence[str] | None = None,
) -> bytes:
    """The letter `kode` of the case as a PDF (PDF/A, PDF/UA), dated `tidspunkt`.

    `felter` are the kind's own (`brev.felter.KATALOG`), dates written out; a field that is not
    named is empty, and its line is left out. `skabelon` is a version fixed earlier, else the one
    in use. It goes to the citizen or who acts for them (`deling.postmodtagere`), unless `modtager`
    names the lines of another. `af` signs when nobody answers for the case. Same text, fields and
    moment, same bytes.

    Raises `ValidationError` when a required field is empty or no text is approved, `ValueError`
    for a field the kind does not know, and `ressource.pdf.PdfUtilgaengelig`.
    """
    from ressource import pdf  # noqa: PLC0415 -- langsom

    valgt = skabelon or gaeldende(kode)
    sagsbehandler = svarer_for(sag, af)
    ramme = (
        afsender(sag, sagsbehandler) | {"modtager": [linje for linje in modtager if linje.strip()]}
        if modtager is not None
        else ramme_fra(sag, indholdstype(kode), sagsbehandler)
    )
    return pdf.skabelon_til_pdf(
        SKABELON,
        ramme
        | {
            "dato": dato(tidspunkt),
            "overskrift": valgt.overskrift,
            "blokke": blokke(valgt, {**felter, **_faelles(sag, sagsbehandler)}),
            "fremhaev": kode in katalog.FREMHAEVES,
        },
        titel=valgt.overskrift,
        tidspunkt=tidspunkt,
        css=(pdf.A4, STIL),
    )


def vis(kode: str, sag: Sag, felter: Mapping[str, Vaerdi], *, af: Bruger) -> tuple[str, list[Blok]]:
    """The heading and words of the letter as `dan` prints them, for a page. Raises as `blokke`."""
    valgt = gaeldende(kode)
    return valgt.overskrift, blokke(valgt, {**felter, **_faelles(sag, svarer_for(sag, af))})


def blokke(skabelon: Brevskabelon, vaerdier: Mapping[str, Vaerdi]) -> list[Blok]:
    """The letter's paragraphs, filled in. Raises as `dan` for what is missing and what is unknown."""
    kode = skabelon.kode
    if ukendte := sorted(set(vaerdier) - set(katalog.felter(kode))):
        raise ValueError(f"Brevet {kode} kender ikke {', '.join(ukendte)}.")
    kendte = katalog.felter(kode)
    tomme = [navn for navn in katalog.kraevede(kode) if not vaerdier.get(navn)]
    if tomme:
        hvad = ", ".join(kendte[navn].hvad for navn in tomme)
        raise ValidationError(f"Brevet kan ikke laves endnu. Der mangler: {hvad}.")
    return byg(skabelon.tekst, vaerdier)


def eksempel(skabelon: Brevskabelon) -> list[Blok]:
    """The letter to a made-up citizen, to look at before it is used.

    Raises `ValidationError` by field when the text cannot be used (`proeve.fejl`).
    """
    if fundne := proeve.fejl(skabelon.kode, skabelon.overskrift, skabelon.tekst):
        raise ValidationError(dict(fundne))
    return blokke(skabelon, katalog.eksempler(skabelon.kode))


def eksempel_pdf(skabelon: Brevskabelon, *, tidspunkt: datetime) -> bytes:
    """`eksempel` as the PDF it would be. Raises as it, and `ressource.pdf.PdfUtilgaengelig`."""
    from ressource import pdf  # noqa: PLC0415 -- langsom

    andre = skabelon.kode in katalog.TIL_ANDRE
    navn = "Bo Eksempel" if andre else "Anne Eksempel"
    return pdf.skabelon_til_pdf(
        SKABELON,
        {
            "kommune": settings.RESSOURCE_KOMMUNE,
            "afdeling": "Eksempel",
            "kontaktlinjer": ["Karin Holm", "karin.holm@example.com"],
            "modtager": [navn, "Eksempelvej 1", "0000 Eksempelby"],
            "personnummer": "" if andre else "720583-****",
            "sag": "2026-00000",
            "afsender": ["Karin Holm", "Sagsbehandler"],
            "dato": dato(tidspunkt),
            "overskrift": skabelon.overskrift,
            "blokke": eksempel(skabelon),
            "fremhaev": skabelon.kode in katalog.FREMHAEVES,
        },
        titel=skabelon.overskrift,
        tidspunkt=tidspunkt,
        css=(pdf.A4, STIL),
    )


def _faelles(sag: Sag, sagsbehandler: Bruger) -> dict[str, Vaerdi]:
    return {
        "borger": sag.borger.navn,
        "kommune": settings.RESSOURCE_KOMMUNE,
        "myndighed": sag.regelsaet.betegnelse_myndighed,
        "team": sag.regelsaet.betegnelse_team,
        "sagsnummer": sag.sagsnummer,
        "sagsbehandler": sagsbehandler.navn,
        # No line break inside the number.
        "telefon": sagsbehandler.telefon.replace(" ", "\N{NO-BREAK SPACE}"),
        "email": sagsbehandler.email,
        "klageinstans": sag.regelsaet.klageinstans,
    }
