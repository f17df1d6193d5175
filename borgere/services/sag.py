"""The case itself: its steps, its circle and its end."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from borgere.models import Afslutningsaarsag, Fase, Inhabilitet, Sag, Tildeling
from borgere.models.sag import TildelingQuerySet
from ressource import haendelser
from ressource.datoer import Enhed, tilfoej
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle

# Whoever answers for a case is a caseworker, and a mentor is a mentor; the others vary.
ROLLER_FOR_ART: dict[str, tuple[Rolle, ...]] = {
    Tildeling.Art.ANSVARLIG: (Rolle.SAGSBEHANDLER, Rolle.KOORDINERENDE),
    Tildeling.Art.MENTOR: (Rolle.MENTOR,),
}

# Somebody from outside gets in for a time that somebody has thought about (domain.md 3).
EKSTERN_HOEJST_MAANEDER = 12


def laas_sag(sag_id: int) -> Sag:
    """The case, locked until the transaction ends; every service that moves a case starts here."""
    return Sag.objects.select_for_update(of=("self",)).select_related("regelsaet").get(pk=sag_id)


def kraev_fase(sag: Sag, *faser: Fase) -> None:
    """Raise `ValidationError` unless the case is in one of `faser`."""
    if sag.fase not in faser:
        navne = " eller ".join(fase.label.lower() for fase in faser)
        raise ValidationError(
            "Sagen er i trinnet %(nu)s. Det her kan kun gøres i %(krav)s.",
            code="forkert_fase",
            params={"nu": sag.get_fase_display().lower(), "krav": navne},
        )


@transaction.atomic
def skift_fase(sag: Sag, til: Fase, *, af: Bruger) -> Sag:
    """Move the case to step `til` and log it.

    `sag` must be locked (`laas_sag`). Raises `ValidationError` when the course does not allow it.
    Closing has its own service, for it also needs a reason.
    """
    if til == Fase.AFSLUTNING or til not in Sag.OVERGANGE[sag.fase]:
        raise ValidationError(
            "En sag i trinnet %(fra)s kan ikke gå til %(til)s.",
            code="ugyldig_overgang",
            params={"fra": sag.get_fase_display().lower(), "til": til.label.lower()},
        )
    fra, sag.fase = sag.fase, til
    sag.save(update_fields=["fase"])
    haendelser.log(sag, "sag.fase", af=af, sag_id=sag.pk, fra=fra, til=til)
    return sag


@transaction.atomic
def tildel(
    sag: Sag,
    bruger: Bruger,
    art: Tildeling.Art,
    *,
    af: Bruger | None,
    fra_dato: date | None = None,
    til_dato: date | None = None,
) -> Tildeling:
    """Put `bruger` in the case circle from `fra_dato` (default today) to `til_dato` (open).

    A new responsible ends the present one's time the day before. Raises `ValidationError` when the
    case has ended, when the person does not hold the role it takes or is inhabil, when it would
    change nothing, when the periods do not fit together, or when somebody from outside the
    municipality gets no end date within `EKSTERN_HOEJST_MAANEDER` months.
    """
    fra_dato = fra_dato or i_dag()
    sag = laas_sag(sag.pk)
    _kontroller_tildeling(sag, bruger, art, fra_dato)
    _kontroller_slutdato(bruger, art, fra_dato, til_dato)
    if art == Tildeling.Art.ANSVARLIG:
        afslut_ansvarlige(sag.tildelinger.all(), foer=fra_dato)
    tildeling = Tildeling(sag=sag, bruger=bruger, art=art, fra_dato=fra_dato, til_dato=til_dato)
    tildeling.full_clean()
    tildeling.save()
    haendelser.log(tildeling, "sag.tildelt", af=af, sag_id=sag.pk, art=art, bruger=bruger.pk)
    return tildeling


def _kontroller_tildeling(sag: Sag, bruger: Bruger, art: Tildeling.Art, fra_dato: date) -> None:
    if sag.er_afsluttet:
        raise ValidationError("Sagen er afsluttet, og ingen kan knyttes til den.", code="afsluttet")
    if art in ROLLER_FOR_ART and not bruger.har_rolle(*ROLLER_FOR_ART[art]):
        raise ValidationError(
            "%(navn)s har ikke den rolle, opgaven kræver. Vælg en anden.",
            code="forkert_rolle",
            params={"navn": bruger.navn},
        )
    inhabile = Inhabilitet.objects.gaeldende().filter(borger=sag.borger_id, bruger=bruger)
    if inhabile.exists():
        raise ValidationError(
            "%(navn)s er registreret som inhabil over for borgeren. Vælg en anden.",
            code="inhabil",
            params={"navn": bruger.navn},
        )
    if sag.tildelinger.gaeldende(fra_dato).filter(bruger=bruger, art=art, til_dato=None).exists():
        raise ValidationError(
            "%(navn)s er allerede knyttet til sagen som %(art)s.",
            code="findes",
            params={"navn": bruger.navn, "art": Tildeling.Art(art).label},
        )


def _kontroller_slutdato(
    bruger: Bruger, art: Tildeling.Art, fra_dato: date, til_dato: date | None
) -> None:
    if art == Tildeling.Art.ANSVARLIG and til_dato is not None:
        raise ValidationError(
            {"til_dato": "Den ansvarlige har sagen, til en anden tager over. Lad feltet stå tomt."}
        )
    if bruger.organisation == Organisation.KOMMUNE:
        return
    if til_dato is None:
        raise ValidationError(
            {
                "til_dato": f"{bruger.navn} er ikke ansat i kommunen. Skriv, hvornår adgangen slutter."
            }
        )
    if til_dato > tilfoej(fra_dato, EKSTERN_HOEJST_MAANEDER, Enhed.MAANEDER):
        raise ValidationError(
            {"til_dato": f"Adgangen kan højst vare {EKSTERN_HOEJST_MAANEDER} måneder ad gangen."}
        )


@transaction.atomic
def afslut_tildeling(tildeling: Tildeling, *, af: Bruger | None) -> None:
    """Take somebody out of the case circle, at once.

    Days are whole, so what began earlier ended yesterday, and what began today or later goes; the
    event log still tells that it was given and ended. Ended already, nothing is written. Raises
    `ValidationError` (code `ansvarlig`) for the responsible: a case is handed over, never left.
    """
    sag = laas_sag(tildeling.sag_id)
    tildeling = Tildeling.objects.select_for_update(of=("self",)).get(pk=tildeling.pk)
    i_gaar = i_dag() - timedelta(days=1)
    if tildeling.til_dato and tildeling.til_dato <= i_gaar:
        return
    if tildeling.art == Tildeling.Art.ANSVARLIG:
        raise ValidationError(
            "Sagen skal have en ansvarlig. Knyt den nye ansvarlige til sagen, så slutter den gamle "
            "af sig selv.",
            code="ansvarlig",
        )
    haendelser.log(
        tildeling,
        "sag.tildeling_afsluttet",
        af=af,
        sag_id=sag.pk,
        art=tildeling.art,
        bruger=tildeling.bruger_id,
    )
    if tildeling.fra_dato > i_gaar:
        tildeling.delete()
        return
    tildeling.til_dato = i_gaar
    tildeling.full_clean()
    tildeling.save(update_fields=["til_dato"])


def afslut_ansvarlige(tildelinger: TildelingQuerySet, *, foer: date) -> None:
    """End the open responsibilities among `tildelinger` the day before `foer`.

    One that began on `foer` itself lasted less than a day: its holder took part, but never answered
    for the case, and two cannot answer for it on one day.
    """
    aabne = tildelinger.ansvarlige().filter(Q(til_dato=None) | Q(til_dato__gte=foer))
    aabne.filter(fra_dato__lt=foer).update(til_dato=foer - timedelta(days=1))
    aabne.filter(fra_dato=foer).update(til_dato=foer, art=Tildeling.Art.MEDVIRKENDE)


@transaction.atomic
def afslut_sag(
    sag: Sag, *, aarsag: Afslutningsaarsag | str, dato: date, bemaerkning: str = "", af: Bruger
) -> Sag:
    """End the case on `dato` with a reason, and today the assignment of all but the responsible.

    Access ends with the assignment. The responsible keeps it, for complaints and requests for the
    file come after the closing.
    Raises `ValidationError` when the case has ended, when `dato` lies ahead or before the case
    began, or when the reason is unknown.
    """
    sag = laas_sag(sag.pk)
    if sag.er_afsluttet:
        raise ValidationError("Sagen er allerede afsluttet.", code="afsluttet")
    if dato > i_dag():
        raise ValidationError({"dato": "Datoen ligger ude i fremtiden. Skriv i dag eller før."})
    if dato < sag.oprettet_dato:
        raise ValidationError({"dato": "Sagen kan ikke slutte, før den er oprettet."})
    if aarsag not in Afslutningsaarsag.values:
        raise ValidationError({"aarsag": "Vælg, hvorfor sagen slutter."})
    sag.fase = Fase.AFSLUTNING
    sag.afsluttet_dato = dato
    sag.afslutningsaarsag = aarsag
    sag.afslutningsbemaerkning = bemaerkning
    sag.afsluttet_af = af
    sag.full_clean()
    sag.save(
        update_fields=[
            "fase",
            "afsluttet_dato",
            "afslutningsaarsag",
            "afslutningsbemaerkning",
            "afsluttet_af",
        ]
    )
    _afslut_tildelinger(sag)
    haendelser.log(sag, "sag.afsluttet", af=af, sag_id=sag.pk, aarsag=str(aarsag))
    return sag


def _afslut_tildelinger(sag: Sag) -> None:
    """End what runs today but the responsible's; what had not begun never comes to be."""
    dato = i_dag()
    sag.tildelinger.filter(fra_dato__gt=dato).delete()
    andre = sag.tildelinger.gaeldende(dato).exclude(art=Tildeling.Art.ANSVARLIG)
    andre.update(til_dato=dato)
