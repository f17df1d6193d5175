"""Planning one meeting: when, where, who chairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction

from rehabilitering.models import Fagomraade, Fremmoedeform, Moededeltager, Moedeserie, Teammoede
from ressource import haendelser
from ressource.dansk import dato_lang
from ressource.kalender import lukkede_dage
from ressource.models import Bruger, Rolle

MINUTTER_PR_DAG = 24 * 60


@dataclass(frozen=True)
class Medlem:
    """Somebody who is to sit in a meeting: for which area, with what mandate, how, and who if not."""

    bruger: Bruger
    fagomraade: str
    mandat: str = ""
    stedfortraeder: Bruger | None = None
    form: str = Fremmoedeform.PERSONLIGT


@transaction.atomic
def opret_moede(
    *,
    dato: date,
    start: time,
    slut: time,
    sted: str,
    kapacitet: int,
    minutter_pr_sag: int,
    moedeleder: Bruger,
    medlemmer: Sequence[Medlem],
    af: Bruger,
    stedfortraeder_leder: Bruger | None = None,
    serie: Moedeserie | None = None,
) -> Teammoede:
    """Plan a meeting. The chair always sits in it, for employment unless `medlemmer` says else.

    Raises `ValidationError` for a closed day, places that do not fit in the day, a chair (or the
    one who chairs instead) without the role, a chair with another meeting at that time (so that a
    form sent twice gives one meeting), or somebody named twice.
    """
    kraev_aaben_dag(dato)
    kraev_samme_dag(start, kapacitet * minutter_pr_sag)
    kraev_ledig_leder(moedeleder, dato, start, slut)
    kraev_kan_lede(stedfortraeder_leder)
    moede = Teammoede(
        dato=dato,
        start=start,
        slut=slut,
        sted=sted,
        kapacitet=kapacitet,
        minutter_pr_sag=minutter_pr_sag,
        moedeleder=moedeleder,
        stedfortraeder_leder=stedfortraeder_leder,
        serie=serie,
        serie_dato=dato if serie else None,
        oprettet_af=af,
    )
    moede.full_clean()
    moede.save()
    if all(medlem.bruger != moedeleder for medlem in medlemmer):
        medlemmer = [Medlem(moedeleder, Fagomraade.BESKAEFTIGELSE), *medlemmer]
    for medlem in medlemmer:
        gem_deltager(moede, medlem)
    haendelser.log(moede, "moede.oprettet", af=af, dato=dato.isoformat())
    return moede


def kraev_aaben_dag(dato: date) -> None:
    """Raise `ValidationError` on weekends, public holidays and the municipality's closing days."""
    lukket = lukkede_dage(dato, dato)
    if dato in lukket:
        hvorfor = lukket[dato].lower()
        raise ValidationError(
            {"dato": f"Der er lukket {dato_lang(dato)} ({hvorfor}). Vælg en anden dag."}
        )


def kraev_samme_dag(start: time, minutter: int, felt: str = "kapacitet") -> None:
    """Raise `ValidationError` when the last case would end after midnight."""
    if start.hour * 60 + start.minute + minutter >= MINUTTER_PR_DAG:
        raise ValidationError(
            {felt: "Sagerne går ud over midnat. Vælg færre sager eller kortere tid."}
        )


def kraev_ledig_leder(
    moedeleder: Bruger, dato: date, start: time, slut: time, *, undtagen: int | None = None
) -> None:
    """Raise `ValidationError` unless the chair has the role and no other meeting then.

    Locks the chair, so that of two at the same moment one is refused. `undtagen` is the id of the
    meeting itself.
    """
    Bruger.objects.select_for_update(no_key=True).get(pk=moedeleder.pk)
    if not moedeleder.har_rolle(Rolle.MOEDELEDER):
        raise ValidationError({"moedeleder": f"{moedeleder.navn} har ikke rollen mødeleder."})
    samtidige = Teammoede.objects.staaende().filter(
        moedeleder=moedeleder, dato=dato, start__lt=slut, slut__gt=start
    )
    if undtagen is not None:
        samtidige = samtidige.exclude(pk=undtagen)
    if samtidige.exists():
        raise ValidationError(
            {
                "moedeleder": (
                    f"{moedeleder.navn} leder allerede et møde {dato_lang(dato)} på det tidspunkt. "
                    "Vælg et andet tidspunkt eller en anden mødeleder."
                )
            }
        )


def kraev_kan_lede(stedfortraeder: Bruger | None) -> None:
    """Raise `ValidationError` when the one who is to chair instead lacks the role."""
    if stedfortraeder and not stedfortraeder.har_rolle(Rolle.MOEDELEDER):
        raise ValidationError(
            {"stedfortraeder_leder": f"{stedfortraeder.navn} har ikke rollen mødeleder."}
        )


def gem_deltager(moede: Teammoede, medlem: Medlem) -> Moededeltager:
    """Give the member a seat. Raises `ValidationError` when the person has one already."""
    deltager = Moededeltager(
        moede=moede,
        bruger=medlem.bruger,
        fagomraade=medlem.fagomraade,
        mandat=medlem.mandat,
        stedfortraeder=medlem.stedfortraeder,
        form=medlem.form,
    )
    deltager.full_clean()
    deltager.save()
    return deltager
