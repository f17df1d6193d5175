"""Hearing the citizen about facts that are new to them, before the decision (FVL § 19)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Dokument
from borgere.services import gem_dokument, laas_sag
from rehabilitering import brev
from rehabilitering.brev.tekst import Vaerdi
from rehabilitering.models import Afgoerelse, Brevskabelon, Partshoering
from rehabilitering.services.afgoerelse.grundlag import kraev_ansvarlig, laas_aaben
from rehabilitering.services.afgoerelse.kontrol import ventet_modtaget
from ressource import haendelser
from ressource.dansk import dato as dansk_dato
from ressource.dansk import dato_lang
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig


@transaction.atomic
def begynd(
    afgoerelse: Afgoerelse, *, oplysninger: str, kanal: str, frist_dato: date, af: Bruger
) -> Partshoering:
    """Put the facts to the citizen today, with a letter unless it is done by word of mouth.

    Raises `ValidationError` while another hearing is open, when the letter cannot be made, and when
    the time to answer ends before the citizen is reckoned to have the letter; `PermissionDenied` for
    others than the responsible caseworker.
    """
    afgoerelse = laas_aaben(afgoerelse, af)
    idag = i_dag()
    hoering = Partshoering(
        afgoerelse=afgoerelse,
        oplysninger=oplysninger.strip(),
        kanal=kanal,
        sendt_dato=idag,
        frist_dato=frist_dato,
        oprettet_af=af,
    )
    _kraev_frist(hoering)
    hoering.full_clean()
    if kanal != Partshoering.Kanal.MUNDTLIGT:
        hoering.dokument = _gem_brev(hoering, af)
    hoering.save()
    haendelser.log(hoering, "partshoering.begyndt", af=af, sag_id=afgoerelse.sag_id)
    return hoering


def _kraev_frist(hoering: Partshoering) -> None:
    idag = i_dag()
    fremme = idag
    if hoering.kanal == Partshoering.Kanal.DIGITAL_POST:
        borger = hoering.afgoerelse.sag.borger
        if borger.er_fritaget_digital_post:
            raise ValidationError(
                {"kanal": "Borgeren er fritaget for Digital Post. Vælg en anden måde."}
            )
    if hoering.kanal == Partshoering.Kanal.BREV:
        fremme = ventet_modtaget(hoering.afgoerelse, idag)
    if hoering.frist_dato is None or hoering.frist_dato <= fremme:
        raise ValidationError(
            {
                "frist_dato": (
                    f"Borgeren har først oplysningerne {dansk_dato(fremme)}. Vælg en senere frist."
                )
            }
        )


def _gem_brev(hoering: Partshoering, af: Bruger) -> Dokument:
    try:
        indhold = dan_brev(hoering, af=af)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(f"Brevet er ikke lavet. {fejl}") from fejl
    dokument: Dokument = gem_dokument(
        hoering.afgoerelse.sag,
        art=Dokument.Art.AFGOERELSE,
        titel="Partshøring",
        indhold=indhold,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    return dokument


def dan_brev(hoering: Partshoering, *, af: Bruger) -> bytes:
    """The letter as a PDF, also of a hearing that is not stored. Raises as `brev.dan`."""
    felter: dict[str, Vaerdi] = {
        "oplysninger": hoering.oplysninger,
        "frist_dato": dato_lang(hoering.frist_dato) if hoering.frist_dato else "",
    }
    return brev.dan(
        Brevskabelon.Kode.PARTSHOERING,
        hoering.afgoerelse.sag,
        felter,
        af=af,
        tidspunkt=timezone.now(),
    )


@transaction.atomic
def afslut(
    hoering: Partshoering, *, svar: str, svar_dato: date | None, vurdering: str, af: Bruger
) -> Partshoering:
    """Record what the citizen answered, or that no answer came, and what it means for the case.

    Raises `ValidationError` when it is closed already, when no answer is given and the time to
    answer has not passed, when the answer is dated ahead or before the hearing, and without an
    assessment; `PermissionDenied` for others than the responsible caseworker.
    """
    sag = laas_sag(hoering.afgoerelse.sag_id)
    kraev_ansvarlig(sag, af)
    hoering = Partshoering.objects.select_for_update(of=("self",)).get(pk=hoering.pk)
    if hoering.afsluttet_den:
        raise ValidationError("Partshøringen er allerede afsluttet. Genindlæs siden.")
    hoering.svar, hoering.svar_dato = svar.strip(), svar_dato
    hoering.vurdering = vurdering.strip()
    _kraev_svar(hoering)
    hoering.afsluttet_den = timezone.now()
    hoering.full_clean()
    hoering.save(update_fields=["svar", "svar_dato", "vurdering", "afsluttet_den"])
    haendelser.log(hoering, "partshoering.afsluttet", af=af, sag_id=sag.pk)
    return hoering


def _kraev_svar(hoering: Partshoering) -> None:
    fundet: dict[str, str] = {}
    idag = i_dag()
    if hoering.svar and hoering.svar_dato is None:
        fundet["svar_dato"] = "Skriv, hvornår borgeren svarede."
    if hoering.svar_dato and not hoering.svar:
        fundet["svar"] = "Skriv, hvad borgeren svarede."
    if hoering.svar_dato and hoering.svar_dato > idag:
        fundet["svar_dato"] = "Datoen ligger i fremtiden. Skriv i dag eller før."
    if hoering.svar_dato and hoering.sendt_dato and hoering.svar_dato < hoering.sendt_dato:
        fundet["svar_dato"] = "Borgeren kan ikke have svaret, før høringen er begyndt."
    if not hoering.svar and hoering.frist_dato and idag <= hoering.frist_dato:
        fundet["svar"] = (
            f"Borgeren har til og med {dansk_dato(hoering.frist_dato)} til at svare. "
            "Skriv svaret, eller vent."
        )
    if not hoering.vurdering:
        fundet["vurdering"] = "Skriv, hvad svaret betyder for afgørelsen."
    if fundet:
        raise ValidationError(fundet)
