"""Changing a planned meeting: another day, time, place or chair, and calling it off."""

from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.services import laas_sag
from rehabilitering.dagsorden import pauser
from rehabilitering.models import Dagsordenspunkt, Fagomraade, Laegeattest, Teammoede
from rehabilitering.moedetider import varighed
from rehabilitering.services import adgang_til_moede
from rehabilitering.services.moede import varsler
from rehabilitering.services.moede.dagsorden import fjern_punkt
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from rehabilitering.services.moede.planlaegning import (
    Medlem,
    gem_deltager,
    kraev_aaben_dag,
    kraev_kan_lede,
    kraev_ledig_leder,
    kraev_samme_dag,
)
from ressource import haendelser
from ressource.dansk import dato_lang
from ressource.kalender import i_dag
from ressource.models import Bruger

# What a calendar and an invitation say.
TID_OG_STED = ("dato", "start", "slut", "sted")


@dataclass(frozen=True)
class Rettelse:
    """The whole meeting as it shall be."""

    dato: date
    start: time
    slut: time
    sted: str
    kapacitet: int
    minutter_pr_sag: int
    moedeleder: Bruger
    stedfortraeder_leder: Bruger | None = None


@transaction.atomic
def ret_moede(moede: Teammoede, ny: Rettelse, *, sekvens: int, af: Bruger) -> Teammoede:
    """Change the meeting; a series it belongs to stays as it is. `sekvens` is the one that was read.

    A new chair gets a seat. Moved, the members' access ends with the new day, and members and
    caseworkers are told. Raises `ValidationError` when somebody changed it meanwhile, it is over or
    called off, the day or the chair is taken (as `opret_moede`), the agenda does not fit, the team
    has begun on a case and the day is another, or a case has no LÆ 265 that is current that day.
    """
    moede = laas(moede.pk)
    kraev_kommende(moede)
    if moede.sekvens != sekvens:
        raise ValidationError(
            "En anden har rettet mødet, mens du skrev. Dine ændringer står her endnu. Sammenlign "
            "med mødets side, og gem igen."
        )
    aendret = [navn for navn, vaerdi in vars(ny).items() if getattr(moede, navn) != vaerdi]
    if not aendret:
        return moede
    foer = varsler.hvornaar(moede)
    if "dato" in aendret:
        _kraev_kan_flyttes(moede, ny.dato)
    kraev_ledig_leder(ny.moedeleder, ny.dato, ny.start, ny.slut, undtagen=moede.pk)
    kraev_kan_lede(ny.stedfortraeder_leder)
    for navn in aendret:
        setattr(moede, navn, getattr(ny, navn))
    _kraev_dagsordenen_passer(moede)
    moede.sekvens += 1
    moede.full_clean()
    moede.save(update_fields=[*aendret, "sekvens"])
    if not moede.deltagere.filter(bruger=moede.moedeleder).exists():
        gem_deltager(moede, Medlem(moede.moedeleder, Fagomraade.BESKAEFTIGELSE))
        for punkt in moede.punkter.aabne().select_related("sag__regelsaet"):
            adgang_til_moede.giv(punkt.sag, moede, moede.moedeleder, af=af)
    if "dato" in aendret:
        adgang_til_moede.foelg_moedet(moede, af=af)
    haendelser.log(moede, "moede.rettet", af=af, felter=sorted(aendret), dato=ny.dato.isoformat())
    if set(aendret) & set(TID_OG_STED):
        varsler.fortael_flyttet(moede, foer, af=af)
    return moede


def _kraev_kan_flyttes(moede: Teammoede, dato: date) -> None:
    if dato < i_dag():
        raise ValidationError({"dato": "Datoen er gået. Vælg i dag eller en senere dag."})
    kraev_aaben_dag(dato)
    punkter = moede.punkter.aktive().select_related("sag")
    begyndte = [p.sag.sagsnummer for p in punkter if _er_begyndt(p)]
    if begyndte:
        raise ValidationError(
            {"dato": f"Teamet er begyndt på {', '.join(begyndte)}, så mødet kan ikke flyttes."}
        )
    aktuelle = set(
        Laegeattest.objects.aktuelle(dato)
        .filter(sag__in=[p.sag_id for p in punkter])
        .values_list("sag", flat=True)
    )
    uden = [p.sag.sagsnummer for p in punkter if p.sag_id not in aktuelle]
    if uden:
        raise ValidationError(
            {
                "dato": (
                    f"Lægeattest LÆ 265 er ikke aktuel {dato_lang(dato)} for {', '.join(uden)}. "
                    "Vælg en anden dag, eller tag sagen af dagsordenen først."
                )
            }
        )


def _er_begyndt(punkt: Dagsordenspunkt) -> bool:
    return punkt.behandlet_den is not None or hasattr(punkt, "indstilling")


def _kraev_dagsordenen_passer(moede: Teammoede) -> None:
    """Raise `ValidationError` when the cases are more than the places, or pass midnight."""
    minutter = list(moede.punkter.aktive().values_list("minutter", flat=True))
    if len(minutter) > moede.kapacitet:
        raise ValidationError(
            {"kapacitet": f"Der er {len(minutter)} sager på dagsordenen. Tag en af først."}
        )
    ledige = [None] * (moede.kapacitet - len(minutter))
    pausetider = {nr: pause.minutter for nr, pause in pauser(moede).items()}
    kraev_samme_dag(moede.start, varighed(moede, [*minutter, *ledige], pausetider))


@transaction.atomic
def aflys_moede(moede: Teammoede, grund: str, *, af: Bruger, varsl: bool = True) -> Teammoede:
    """Call the meeting off: its cases wait for another, and members and caseworkers are told.

    Raises `ValidationError` without a reason, when the meeting is over or called off already, and
    when the team has begun on a case.
    """
    moede = laas(moede.pk)
    kraev_kommende(moede)
    if not grund.strip():
        raise ValidationError({"grund": "Skriv, hvorfor mødet er aflyst."})
    punkter = list(moede.punkter.aabne().select_related("sag").order_by("sag_id"))
    begyndte = [p.sag.sagsnummer for p in moede.punkter.aktive() if _er_begyndt(p)]
    if begyndte:
        raise ValidationError(
            f"Teamet er begyndt på {', '.join(begyndte)}, så mødet kan ikke aflyses."
        )
    modtagere = varsler.beroerte(moede)
    for punkt in punkter:
        laas_sag(punkt.sag_id)
        adgang_til_moede.tag(moede, [punkt.sag_id])
        fjern_punkt(punkt, af=af)
    moede.aflyst_den, moede.aflyst_grund = timezone.now(), grund.strip()
    moede.sekvens += 1
    moede.full_clean()
    moede.save(update_fields=["aflyst_den", "aflyst_grund", "sekvens"])
    haendelser.log(moede, "moede.aflyst", af=af, dato=moede.dato.isoformat(), sager=len(punkter))
    if varsl:
        tekst = f"Teammødet {varsler.hvornaar(moede)} er aflyst. Sagerne venter på et andet møde."
        varsler.fortael(moede, modtagere, "Et teammøde er aflyst", tekst, "aflyst", af=af)
    return moede
