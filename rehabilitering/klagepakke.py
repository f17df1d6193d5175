"""The appeal pack: the case's papers in order as one PDF with index, and what is missing in it.

It holds what the decision rests on and what the citizen has been told and has said. Internal notes,
reminders and the log are not in it; the whole case file can be ordered beside it.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.journaludskrift import delte_notater
from borgere.models import Dokument, Informationstype
from borgere.services import gem_dokument
from borgere.uddrag import beskrivelser
from rehabilitering import dokumenter, forberedelsesudskrift, samlefil
from rehabilitering.brev.ramme import brevramme
from rehabilitering.models import Afgoerelse, Forberedelsesversion, Klage
from rehabilitering.samlefil import Del
from rehabilitering.services.klage import laas_aaben
from ressource import haendelser
from ressource.dansk import dato, dato_skrevet
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig

TITEL = "Klagesag"
NOTE = (
    "Klagen og afgørelsen ligger først. Derefter ligger papirerne i den rækkefølge, de er blevet "
    "til. Erstattede udgaver og interne notater er ikke med."
)


@transaction.atomic
def saml(klage: Klage, *, af: Bruger) -> Dokument:
    """Put the papers together and store them on the case; a newer pack takes the older one's place.

    Raises `ValidationError` before the reconsideration, after the complaint was sent on, and when
    this machine cannot make PDFs; otherwise as `services.klage.laas_aaben`.
    """
    klage = laas_aaben(klage)
    if not klage.genvurdering:
        raise ValidationError("Klagen skal genvurderes, før papirerne samles.")
    if klage.sendt_dato:
        raise ValidationError("Klagen er sendt. De papirer, der fulgte med, kan ikke laves om.")
    try:
        indhold = dan(klage, af=af)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl
    pakke: Dokument = gem_dokument(
        klage.sag,
        art=Dokument.Art.AFGOERELSE,
        titel=f"{TITEL} {klage.sag.sagsnummer}, samlet",
        indhold=indhold,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    klage.pakke = pakke
    klage.laas += 1
    klage.save(update_fields=["pakke", "laas"])
    haendelser.log(klage, "klage.pakke", af=af, sag_id=klage.sag_id)
    return pakke


def dan(klage: Klage, *, af: Bruger) -> bytes:
    """The pack as it is now. Raises `PdfUtilgaengelig` when this machine cannot make PDFs."""
    sag = klage.sag
    afgjort = klage.afgoerelse.afgoerelse_dato
    forside = samlefil.Forside(
        undertitel=f"Sag {sag.sagsnummer}",
        fakta=(
            ("Borger", sag.borger.navn),
            ("Klagen kom", dato_skrevet(klage.modtaget_dato)),
            ("Afgørelsen", dato_skrevet(afgjort) if afgjort else ""),
            (
                "Genvurderet",
                dato_skrevet(klage.genvurdering_dato) if klage.genvurdering_dato else "",
            ),
            ("Resultat", klage.get_genvurdering_display().capitalize()),
        ),
        # How well we have kept the file is our own business, and on the complaint's page.
        mangler=ikke_med(klage),
        note=NOTE,
    )
    return samlefil.saml(_dele(klage, af), TITEL, timezone.now(), forside=forside)


def mangler(klage: Klage) -> list[str]:
    """What to see to before the papers go out: what is not among them, and what the file lacks."""
    return ikke_med(klage) + beskrivelser.mangler(klage.sag)


def ikke_med(klage: Klage) -> list[str]:
    """What the appeal body would look for in vain, as sentences for the pack's front page."""
    fundne = []
    if klage.maade == Klage.Maade.SKRIFTLIGT and klage.dokument_id is None:
        fundne.append("Den skriftlige klage ligger ikke på sagen som fil.")
    if klage.afgoerelse.brev_id is None:
        fundne.append("Afgørelsens brev ligger ikke på sagen.")
    if _seneste_version(klage) is None:
        fundne.append("Den forberedende del er ikke med: der er ingen gemt version af den.")
    return fundne


def _dele(klage: Klage, af: Bruger) -> list[Del]:
    foerst = [
        dokument
        for dokument in (klage.dokument, klage.afgoerelse.brev, *_aendringer(klage.afgoerelse))
        if dokument is not None
    ]
    dele = [Del("Klagen og genvurderingen", pdf=_klagen(klage, af))]
    dele += [_dokument(dokument) for dokument in foerst]
    indstilling = klage.afgoerelse.grundlag
    if indstilling is not None and indstilling.er_afsluttet:
        titel = dokumenter.indstillingens_titel(indstilling)
        dele.append(Del(titel, pdf=dokumenter.indstillingsbrev(indstilling)))
    if version := _seneste_version(klage):
        kopi = forberedelsesudskrift.version(version, stor_skrift=False)
        dele.append(Del("Rehabiliteringsplanens forberedende del", pdf=kopi))
    if klage.sag.notater.gaeldende().filter(er_delt=True).exists():
        dele.append(Del("Journal, det der er delt med borgeren", pdf=delte_notater(klage.sag)))
    return dele + [_dokument(dokument) for dokument in _oevrige(klage, foerst)]


def _klagen(klage: Klage, af: Bruger) -> bytes:
    """The complaint and what the municipality found, as a page of ours."""
    from ressource import pdf  # noqa: PLC0415 -- langsom

    kontekst = brevramme(klage.sag, Informationstype.AFGOERELSE, af) | {
        "klage": klage,
        "overskrift": "Klagen og genvurderingen",
    }
    return pdf.skabelon_til_pdf(
        "rehabilitering/pdf/klage.html",
        kontekst,
        titel="Klagen og genvurderingen",
        tidspunkt=timezone.now(),
        css=(pdf.A4, samlefil.I_SAMLEFIL),
    )


def _aendringer(afgoerelse: Afgoerelse) -> list[Dokument]:
    """The letters of the decisions that have changed this one, oldest first."""
    fundne = []
    ny = Afgoerelse.objects.filter(erstatter=afgoerelse, afsluttet_den__isnull=False).first()
    while ny is not None:
        if ny.brev:
            fundne.append(ny.brev)
        ny = Afgoerelse.objects.filter(erstatter=ny, afsluttet_den__isnull=False).first()
    return fundne


def _seneste_version(klage: Klage) -> Forberedelsesversion | None:
    fundet: Forberedelsesversion | None = (
        Forberedelsesversion.objects.filter(forberedende_del__sag=klage.sag)
        .select_related("forberedende_del__sag__borger", "forberedende_del__sag__regelsaet")
        .order_by("-oprettet_den", "-pk")
        .first()
    )
    return fundet


def _oevrige(klage: Klage, med: Iterable[Dokument]) -> list[Dokument]:
    """Every other document in force, oldest first, without earlier packs."""
    dokumenter = (
        klage.sag.dokumenter.gaeldende()
        .exclude(pk__in=[dokument.pk for dokument in med])
        .exclude(klagepakker__isnull=False)
        .exclude(er_dannet=True, titel__startswith=f"{TITEL} ")
        # The team's letter is made anew above, as it is now.
        .exclude(er_dannet=True, art=Dokument.Art.INDSTILLING)
    )
    return list(dokumenter.order_by("dato", "pk"))


def _dokument(dokument: Dokument) -> Del:
    return Del(f"{dokument.titel}, {dato(dokument.dato)}", dokument=dokument)
