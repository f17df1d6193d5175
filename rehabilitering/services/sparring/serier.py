"""Weekly series of sparring slots: drafts first, published when somebody has looked at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rehabilitering.models import Sparringsserie, Sparringstid
from rehabilitering.services.sparring import venteliste
from rehabilitering.services.sparring.pladser import Plads, Udeladt, Ugeplan, fordel
from rehabilitering.services.sparring.tider import (
    Udgivelse,
    fravaer,
    kraev_uden_personnummer,
    laas_koordinator,
    staaende,
)
from ressource import dansk, haendelser
from ressource.kalender import lukkede_dage
from ressource.models import Bruger

UNDTAGET = "undtaget"


@dataclass(frozen=True)
class Forhaandsvisning:
    """What a plan would give: the slots, and the dates left out with the reason."""

    pladser: list[Plads]
    udeladte: list[Udeladt]


@dataclass(frozen=True)
class Hvordan:
    """Where and for whom the slots of a series are."""

    sted: str
    er_video: bool = False
    form: str = Sparringstid.Form.BEGGE
    anledning: str = Sparringstid.Anledning.BEGGE


def vis_plan(sundhedskoordinator: Bruger, plan: Ugeplan) -> Forhaandsvisning:
    """What `opret_serie` would lay out now. Four statements.

    Closed days, exceptions, absences, what is past and what overlaps another slot are left out.
    Raises `ValidationError` for a plan that `Ugeplan.kraev_mulig` refuses.
    """
    plan.kraev_mulig()
    pladser = plan.pladser()
    fra, til = pladser[0].start, pladser[-1].slut
    lukket = lukkede_dage(plan.fra_dato, plan.til_dato)
    undtaget = dict.fromkeys(plan.undtagelser, UNDTAGET)
    optaget = fravaer(sundhedskoordinator, fra, til) + staaende(sundhedskoordinator, fra, til)
    gode, udeladte = fordel(pladser, lukket=undtaget | lukket, optaget=optaget, nu=timezone.now())
    return Forhaandsvisning(gode, udeladte)


@transaction.atomic
def opret_serie(
    sundhedskoordinator: Bruger, plan: Ugeplan, hvordan: Hvordan, *, af: Bruger
) -> tuple[Sparringsserie, Forhaandsvisning]:
    """Lay out the slots of `plan` as drafts, which nobody else sees until they are published.

    Raises `ValidationError` as `vis_plan` does, and when not one slot is left.
    """
    laas_koordinator(sundhedskoordinator)
    kraev_uden_personnummer(hvordan.sted)
    visning = vis_plan(sundhedskoordinator, plan)
    if not visning.pladser:
        raise ValidationError({"fra_dato": f"Ingen tider at gemme. {_fordi(visning.udeladte)}"})
    faelles = {
        "sundhedskoordinator": sundhedskoordinator,
        "sted": hvordan.sted,
        "er_video": hvordan.er_video,
        "form": hvordan.form,
        "anledning": hvordan.anledning,
        "oprettet_af": af,
    }
    serie = Sparringsserie(
        **faelles,
        ugedage=sorted(plan.ugedage),
        fra_kl=plan.fra_kl,
        til_kl=plan.til_kl,
        minutter=plan.minutter,
        fra_dato=plan.fra_dato,
        til_dato=plan.til_dato,
        undtagelser=sorted(plan.undtagelser),
    )
    serie.full_clean(exclude=["sundhedskoordinator", "oprettet_af"])
    serie.save()
    Sparringstid.objects.bulk_create(
        Sparringstid(
            **faelles, serie=serie, serie_start=plads.start, start=plads.start, slut=plads.slut
        )
        for plads in visning.pladser
    )
    haendelser.log(serie, "sparring.serie_oprettet", af=af, antal=len(visning.pladser))
    return serie, visning


def _fordi(udeladte: Iterable[Udeladt]) -> str:
    dage = ", ".join(f"{dansk.dato_kort(dato)} ({grund})" for dato, grund in udeladte)
    return f"Alle dage er udeladt: {dage}." if dage else ""


@transaction.atomic
def udgiv_kladder(
    fra: date, til: date, *, serie: Sparringsserie | None = None, af: Bruger
) -> Udgivelse:
    """Publish the drafts from `fra` to `til`, those of `serie` alone when it is given.

    A draft that now lies on a closed day, in an absence or in the past stays a draft and is named
    in the answer. Raises `ValidationError` when there is nothing that can be published.
    """
    kladder = Sparringstid.objects.kladder().filter(start__date__range=(fra, til))
    if serie:
        kladder = kladder.filter(serie=serie)
    tider = list(
        kladder.select_for_update(of=("self",)).select_related("sundhedskoordinator").order_by("pk")
    )
    if not tider:
        raise ValidationError("Der er ingen kladder at udgive. De er måske udgivet af en anden.")
    udgives, udeladte = _del_kladder(tider)
    if not udgives:
        raise ValidationError(f"Ingen kladder er udgivet. {_fordi(udeladte)}")
    nu = timezone.now()
    for tid in udgives:
        tid.udgivet_af, tid.udgivet_den = af, nu
    Sparringstid.objects.bulk_update(udgives, ["udgivet_af", "udgivet_den"])
    haendelser.log(udgives[0], "sparring.udgivet", af=af, antal=len(udgives))
    venteliste.tilbyd_ledige(udgives)
    return Udgivelse(udgives, udeladte)


def _del_kladder(tider: list[Sparringstid]) -> tuple[list[Sparringstid], list[Udeladt]]:
    """The drafts that can be published today, by time, and the dates of the others with why."""
    udgives: list[Sparringstid] = []
    udeladte: list[Udeladt] = []
    for koordinator in {tid.sundhedskoordinator for tid in tider}:
        egne = {
            Plads(tid.start, tid.slut): tid
            for tid in tider
            if tid.sundhedskoordinator_id == koordinator.pk
        }
        pladser = sorted(egne)
        gode, ude = fordel(
            pladser,
            lukket=lukkede_dage(pladser[0].dato, pladser[-1].dato),
            optaget=fravaer(koordinator, pladser[0].start, pladser[-1].slut),
            nu=timezone.now(),
        )
        udgives += [egne[plads] for plads in gode]
        udeladte += ude
    return sorted(udgives, key=lambda tid: (tid.start, tid.pk)), sorted(set(udeladte))


@transaction.atomic
def undtag_dag(serie: Sparringsserie, dato: date, *, af: Bruger) -> int:
    """Leave out `dato` from the series: its free slots and drafts go. Gives how many.

    Raises `ValidationError` when the series has nothing that day, or one of its slots is booked.
    """
    serie = _laas_serie(serie)
    tider = _staaende_i_serie(serie, dato, dato)
    if not tider:
        raise ValidationError({"dato": "De faste tider har ingen tid den dag."})
    bundne = [tid for tid in tider if tid.er_bundet]  # type: ignore[attr-defined]
    if bundne:
        kl = ", ".join(dansk.klokkeslaet(tid.start) for tid in bundne)
        raise ValidationError(
            {"dato": f"Kl. {kl} er booket eller tilbudt. Flyt bookingen, før du undtager dagen."}
        )
    _tag_bort(tider)
    serie.undtagelser = sorted({*serie.undtagelser, dato})
    serie.save(update_fields=["undtagelser"])
    haendelser.log(serie, "sparring.serie_undtaget", af=af, dato=dato.isoformat())
    return len(tider)


@transaction.atomic
def saet_dag_ind(serie: Sparringsserie, dato: date, *, af: Bruger) -> int:
    """Put an exception back into the series, as drafts. Gives how many slots.

    Raises `ValidationError` when the day is no exception, the series has ended, or not one of its
    slots can be laid out: the day is past or closed, or the sundhedskoordinator is taken.
    """
    laas_koordinator(serie.sundhedskoordinator)
    serie = _laas_serie(serie)
    if serie.ophoert_den:
        raise ValidationError("De faste tider er ophørt. Dagen kan ikke sættes ind igen.")
    if dato not in serie.undtagelser:
        raise ValidationError("Dagen er ikke undtaget. Den er måske allerede sat ind igen.")
    visning = vis_plan(serie.sundhedskoordinator, _dagens_plan(serie, dato))
    # One that was moved to another day keeps its place in the series, and stays where it is.
    flyttede = set(serie.tider.filter(aflyst_den=None).values_list("serie_start", flat=True))
    pladser = [plads for plads in visning.pladser if plads.start not in flyttede]
    if not pladser:
        raise ValidationError(f"Dagen kan ikke sættes ind igen. {_fordi(visning.udeladte)}")
    _laeg_ud_igen(serie, pladser, af)
    serie.undtagelser = [dag for dag in serie.undtagelser if dag != dato]
    serie.save(update_fields=["undtagelser"])
    haendelser.log(serie, "sparring.serie_sat_ind", af=af, dato=dato.isoformat())
    return len(pladser)


def _dagens_plan(serie: Sparringsserie, dato: date) -> Ugeplan:
    return Ugeplan(
        ugedage=frozenset(serie.ugedage),
        fra_kl=serie.fra_kl,
        til_kl=serie.til_kl,
        minutter=serie.minutter,
        fra_dato=dato,
        til_dato=dato,
    )


def _laeg_ud_igen(serie: Sparringsserie, pladser: list[Plads], af: Bruger) -> None:
    """Drafts at `pladser`: a slot taken back there is laid out again, and what never was is made."""
    nu = timezone.now()
    gamle = {tid.serie_start: tid for tid in serie.tider.exclude(aflyst_den=None)}
    for plads in pladser:
        tid = gamle.get(plads.start) or Sparringstid(
            serie=serie, serie_start=plads.start, oprettet_af=af
        )
        if tid.pk:
            # Twice: that it went, and that it is here again. A calendar may have seen it go.
            tid.sekvens += 2
            tid.rettet_den = nu
        tid.sundhedskoordinator = serie.sundhedskoordinator
        tid.start, tid.slut = plads
        tid.sted, tid.er_video = serie.sted, serie.er_video
        tid.form, tid.anledning = serie.form, serie.anledning
        tid.aflyst_den = tid.udgivet_af = tid.udgivet_den = None
        tid.save()


@transaction.atomic
def slut_serie(serie: Sparringsserie, fra: date, *, af: Bruger) -> tuple[int, int]:
    """End the series: its free slots and drafts from `fra` on go, those booked or offered stay.

    Gives how many went and how many stay. Raises `ValidationError` when it has ended already, or
    `fra` is past.
    """
    serie = _laas_serie(serie)
    if serie.ophoert_den:
        raise ValidationError("De faste tider er allerede ophørt.")
    if fra < timezone.localdate():
        raise ValidationError({"dato": "Dagen er gået. Vælg i dag eller senere."})
    tider = _staaende_i_serie(serie, fra, None)
    frie = [tid for tid in tider if not tid.er_bundet]  # type: ignore[attr-defined]
    _tag_bort(frie)
    serie.ophoert_den = timezone.now()
    serie.save(update_fields=["ophoert_den"])
    haendelser.log(serie, "sparring.serie_ophoert", af=af, fra=fra.isoformat(), antal=len(frie))
    return len(frie), len(tider) - len(frie)


def _laas_serie(serie: Sparringsserie) -> Sparringsserie:
    return Sparringsserie.objects.select_for_update(of=("self",)).get(pk=serie.pk)


def _staaende_i_serie(serie: Sparringsserie, fra: date, til: date | None) -> list[Sparringstid]:
    """The series' slots still to come, locked in order, with `er_bundet`: booked or on offer."""
    tider = Sparringstid.objects.filter(
        serie=serie, aflyst_den=None, start__gt=timezone.now(), start__date__gte=fra
    )
    if til:
        tider = tider.filter(start__date__lte=til)
    laaste = [tid.pk for tid in tider.select_for_update(of=("self",)).order_by("pk")]
    # Read anew: who booked while the lock was waited for is seen now.
    return list(Sparringstid.objects.filter(pk__in=laaste).med_bundet().order_by("start", "pk"))


def _tag_bort(tider: list[Sparringstid]) -> None:
    nu = timezone.now()
    Sparringstid.objects.filter(pk__in=[tid.pk for tid in tider]).update(aflyst_den=nu)
