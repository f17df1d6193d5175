"""Team meetings in people's own calendars: what, when and where, and never whose case it is.

A member has the whole meeting; a caseworker and somebody who comes for one case have its turn.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from borgere.models import Inhabilitet, Tildeling
from rehabilitering.models import Dagsordenspunkt, Moededeltager, Moedepause, Teammoede
from rehabilitering.moedetider import forloeb
from ressource.adgang import maa
from ressource.kalender import i_dag
from ressource.kalenderfil import Aftale
from ressource.models import Bruger, Haendelse

BAGUD = timedelta(days=90)


def aftaler(bruger: Bruger) -> Iterator[Aftale]:
    """The user's team meetings for the feed (`ressource.kalenderfil.bidrag`). Five statements."""
    pladser = list(
        Moededeltager.objects.filter(bruger=bruger, moede__dato__gte=i_dag() - BAGUD)
        .select_related("moede")
        .annotate(rettet=_rettet("moede"))
    )
    for plads in pladser:
        yield _moedets(plads, bruger)
    sidder_i = {plads.moede_id for plads in pladser if plads.kommer}
    egne = [punkt for punkt in _egne_punkter(bruger) if punkt.moede_id not in sidder_i]
    yield from _sagernes(egne, bruger)


def _rettet(moede: str) -> Subquery:
    """When the meeting was last changed."""
    rettelser = Haendelse.objects.filter(
        kode__in=("moede.rettet", "moede.aflyst"), objekt_id=OuterRef(moede)
    )
    return Subquery(
        rettelser.order_by().values("objekt_id").annotate(sidst=Max("tidspunkt")).values("sidst")
    )


def _moedets(plads: Moededeltager, bruger: Bruger) -> Aftale:
    moede = plads.moede
    rettet = [moede.oprettet_den, moede.aflyst_den, plads.afbud_den, plads.rettet]  # type: ignore[attr-defined]
    har_sagt_fra = plads.afbud_den is not None
    return Aftale(
        uid=f"teammoede-{moede.pk}",
        titel="Teammøde",
        start=_moment(moede.dato, moede.start),
        slut=_moment(moede.dato, moede.slut),
        sted=moede.sted,
        sti=_sti(moede, bruger),
        sekvens=moede.sekvens + har_sagt_fra,
        aendret=max(tid for tid in rettet if tid),
        er_aflyst=har_sagt_fra or moede.aflyst_den is not None,
    )


def _egne_punkter(bruger: Bruger) -> list[Dagsordenspunkt]:
    """Items of cases the user answers for, or comes for; none of a citizen the user is inhabil to."""
    ansvarlig_for = Tildeling.objects.gaeldende(i_dag()).ansvarlige().filter(bruger=bruger)
    inhabil = Inhabilitet.objects.gaeldende().filter(bruger=bruger)
    kommer_for = Q(deltagere__bruger=bruger, deltagere__fjernet_den=None)
    return list(
        Dagsordenspunkt.objects.aktive()
        .filter(
            Q(sag__in=ansvarlig_for.values("sag")) | kommer_for,
            moede__dato__gte=i_dag() - BAGUD,
            moede__aflyst_den=None,
        )
        .exclude(sag__borger__in=inhabil.values("borger"))
        .select_related("moede")
        .annotate(rettet=_rettet("moede"))
        .distinct()
    )


def _sagernes(punkter: list[Dagsordenspunkt], bruger: Bruger) -> Iterator[Aftale]:
    """The turns of `punkter`. Two statements."""
    moeder = {punkt.moede_id: punkt.moede for punkt in punkter}
    alle: dict[int, list[tuple[int, int | None]]] = {pk: [] for pk in moeder}
    for pk, moede_id, minutter in (
        Dagsordenspunkt.objects.aktive()
        .filter(moede__in=moeder)
        .values_list("pk", "moede_id", "minutter")
    ):
        alle[moede_id].append((pk, minutter))
    pauser: dict[int, dict[int, int]] = {pk: {} for pk in moeder}
    for pause in Moedepause.objects.filter(moede__in=moeder):
        pauser[pause.moede_id][pause.efter_plads] = pause.minutter
    for punkt in punkter:
        raekke = alle[punkt.moede_id]
        tider = forloeb(punkt.moede, [minutter for _, minutter in raekke], pauser[punkt.moede_id])
        plads = tider.sager[[pk for pk, _ in raekke].index(punkt.pk)]
        yield Aftale(
            uid=f"teammoede-punkt-{punkt.pk}",
            titel="Teammøde, en sag",
            start=_moment(punkt.moede.dato, plads.start),
            slut=_moment(punkt.moede.dato, plads.slut),
            sted=punkt.moede.sted,
            sti=_sti(punkt.moede, bruger),
            sekvens=punkt.moede.sekvens,
            aendret=max(tid for tid in (punkt.sat_paa_den, punkt.rettet) if tid),  # type: ignore[attr-defined]
        )


def _sti(moede: Teammoede, bruger: Bruger) -> str:
    return reverse("rehabilitering:moede", args=[moede.pk]) if maa(bruger, "moede.liste") else ""


def _moment(dag: date, kl: time) -> datetime:
    return timezone.make_aware(datetime.combine(dag, kl))
