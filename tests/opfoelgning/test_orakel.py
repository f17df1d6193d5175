"""The set-based derivation against the plain reckoning, over random histories of 1,000 cases."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from opfoelgning.models import Frist, Fristregel
from opfoelgning.proeve import proev
from opfoelgning.udledning import udled
from ressource.models import Kalenderdag, Lukkedag
from tests.opfoelgning import historier
from tests.opfoelgning.orakel import Noegle, Orakel, Ventet, er_arbejdsdag, forskelle, fundne

pytestmark = pytest.mark.django_db

SAGER, EKSEMPLER = 250, 4
DAGE = st.one_of(
    st.dates(historier.FOERSTE, historier.SIDSTE + timedelta(days=900)),
    st.sampled_from(historier.SAERLIGE),
)


@settings(
    max_examples=EKSEMPLER,
    deadline=None,
    # A case that differs is read in the message; making the history smaller would take hours.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(froe=st.integers(0, 2**32), dage=st.lists(DAGE, min_size=3, max_size=3, unique=True))
def test_set_based_derivation_gives_what_the_plain_reckoning_says(froe, dage):
    r = random.Random(froe)
    with transaction.atomic():
        historier.luk_dage(r)
        historier.lav_regler(r)
        sager = historier.lav(r, SAGER)
        orakel = Orakel(sager)
        assert {n.kode for n in orakel.frister(historier.SIDSTE)} == _koder()
        # A dry run, on an empty table: how many of each rule are in each state.
        assert proev(dage[0]).tilstande == _tilstande(orakel.frister(dage[0]), dage[0])
        for dato in dage:
            with transaction.atomic():
                udled(dato)
                assert forskelle(orakel.frister(dato), fundne(sager)) == [], dato
                transaction.set_rollback(True)
        _i_raekkefoelge(orakel, sager, sorted(dage)[::2], r)
        transaction.set_rollback(True)


def _koder() -> set[str]:
    """Every rule there is, but that of the monthly report, which no case has."""
    return set(Fristregel.objects.values_list("kode", flat=True)) - {"RAPPORT_MAANED"}


def _tilstande(ventede: dict[Noegle, Ventet], dato: date) -> dict[str, dict[str, int]]:
    """How many of each rule are in each state on the day."""
    udloeber = set(Fristregel.objects.filter(udloeber=True).values_list("kode", flat=True))
    antal: dict[str, dict[str, int]] = {}
    for noegle, frist in ventede.items():
        if frist.bortfaldet:
            tilstand = "bortfaldet"
        elif frist.opfyldt and noegle.kode in udloeber:
            tilstand = "udloebet" if frist.opfyldt == frist.forfald else "opfyldt"
        elif frist.opfyldt:
            tilstand = "opfyldt_sent" if frist.opfyldt > frist.forfald else "opfyldt"
        elif dato > frist.forfald:
            tilstand = "overskredet"
        else:
            tilstand = "varslet" if dato >= frist.varsel else "kommende"
        af_reglen = antal.setdefault(noegle.kode, {})
        af_reglen[tilstand] = af_reglen.get(tilstand, 0) + 1
    return antal


def _i_raekkefoelge(orakel: Orakel, sager: list[int], dage: list[date], r: random.Random) -> None:
    """The rows of one day become those of a later one, whatever nights were missed between."""
    for dato in dage:
        udled(dato, sager=r.sample(sager, 10))
        udled(dato)
        ventede = orakel.frister(dato)
        # One that nothing asks for any more stays as it lapsed.
        rester = {n for n, frist in fundne(sager).items() if frist.bortfaldet and n not in ventede}
        uden_rester = {n: frist for n, frist in fundne(sager).items() if n not in rester}
        assert forskelle(ventede, uden_rester) == [], dato
        assert not proev(dato).aendringer
        assert not udled(dato)
        aabne = Frist.objects.aabne()
        assert not aabne.filter(forfald_dato__lt=dato, flaget_den=None).exists()
        assert not aabne.filter(forfald_dato__gte=dato).exclude(flaget_den=None).exists()


def test_calendar_of_the_house_is_that_of_the_reckoning():
    """Easter and what hangs on it, store bededag until 2023, and the days treated as holidays."""
    historier.luk_dage(random.Random(1))
    orakel = Orakel([])

    for dag in Kalenderdag.objects.all():
        assert dag.er_arbejdsdag == er_arbejdsdag(dag.dato), dag.dato
        assert dag.er_aaben == orakel.er_aaben(dag.dato), dag.dato
    assert Lukkedag.objects.filter(dato=date(2026, 5, 15)).exists()
