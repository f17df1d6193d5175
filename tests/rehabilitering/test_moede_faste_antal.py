"""The pages about a meeting, its calls, packages, indstilling and complaints: a fixed cost each.

Every page is built up to 1, 3 and 25 rows and asked the same literal number of statements.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from borgere.models import Fase, Tildeling
from rehabilitering.models import Punktdeltager
from rehabilitering.services import indstillingsversion, sagspakke
from ressource.kalender import i_dag
from ressource.models import Rolle
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    DagsordenspunktFactory,
    DokumentFactory,
    IndkaldelseFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    IndstillingsudleveringFactory,
    KlageFactory,
    MoededeltagerFactory,
    PunktdeltagerFactory,
    SagFactory,
    TeammoedeFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db
GANGE = (1, 3, 25)


@pytest.fixture
def maja():
    return BrugerFactory(roller=[Rolle.KOORDINERENDE])


@pytest.fixture
def sag(maja):
    return SagFactory(fase=Fase.AFGOERELSE, ansvarlig=maja)


@pytest.fixture
def koster(django_assert_num_queries):
    """Build with `tilfoej(nr)` up to each number of rows; the page then costs `antal` statements."""

    def koster(klient, sti, tilfoej, antal):
        nr = 0
        for gange in GANGE:
            while nr < gange:
                nr += 1
                tilfoej(nr)
            klient.get(sti)  # what a process reads once is read
            with django_assert_num_queries(antal):
                assert klient.get(sti).status_code == 200

    return koster


def test_tab_of_the_case_by_indstillinger(som, maja, sag, koster):
    def tilfoej(nr):
        moede = TeammoedeFactory(dato=i_dag() - timedelta(days=nr))
        indstilling = IndstillingFactory(punkt__sag=sag, punkt__moede=moede, afsluttet=True)
        type(indstilling.punkt).objects.filter(pk=indstilling.punkt_id).update(
            behandlet_den=indstilling.afsluttet_den
        )
        for linje in (1, 2):
            IndstillingslinjeFactory(indstilling=indstilling, nr=linje)
        indstillingsversion.tag(indstilling, af=indstilling.afsluttet_af)
        IndstillingsudleveringFactory(indstilling=indstilling)
        if nr % 2:
            AfgoerelseFactory(indstilling=indstilling, truffet=True, skrevet_af=maja)

    koster(som(maja), reverse("rehabilitering:sag_moede", args=[sag.pk]), tilfoej, 14)


def test_versions_of_an_indstilling(som, maja, sag, koster):
    indstilling = IndstillingFactory(punkt__sag=sag, afsluttet=True)
    sti = reverse("rehabilitering:indstilling_versioner", args=[indstilling.pk])

    # A first version has none before it that somebody could have got.
    indstillingsversion.tag(indstilling, af=BrugerFactory())

    def tilfoej(nr):
        IndstillingslinjeFactory(indstilling=indstilling, nr=nr)
        indstillingsversion.tag(indstilling, begrundelse="Rettet", af=BrugerFactory())

    koster(som(maja), sti, tilfoej, 11)


@pytest.mark.parametrize(("side", "antal"), [("sag_klager", 9), ("klage", 25)])
def test_complaints_of_a_case(som, maja, sag, koster, side, antal):
    indstilling = IndstillingFactory(punkt__sag=sag, afsluttet=True)
    afgoerelse = AfgoerelseFactory(indstilling=indstilling, truffet=True, skrevet_af=maja)
    en = KlageFactory(
        afgoerelse=afgoerelse,
        genvurdering="fastholdt",
        genvurdering_begrundelse="Intet nyt.",
        genvurdering_dato=i_dag(),
        genvurdering_af=maja,
    )

    def tilfoej(nr):
        KlageFactory(afgoerelse=afgoerelse, dokument=DokumentFactory(sag=sag))

    argumenter = [sag.pk] if side == "sag_klager" else [sag.pk, en.pk]
    koster(som(maja), reverse(f"rehabilitering:{side}", args=argumenter), tilfoej, antal)


def test_packages_of_a_meeting(som, koster):
    koordinator = som("moedekoordinator")
    moede = TeammoedeFactory(dato=i_dag() + timedelta(days=14), kapacitet=25)

    def tilfoej(nr):
        MoededeltagerFactory(moede=moede)
        sagspakke.udgiv(DagsordenspunktFactory(moede=moede), af=koordinator.bruger)

    koster(koordinator, reverse("rehabilitering:sagspakker", args=[moede.pk]), tilfoej, 19)


def test_content_of_a_package_by_documents(som, maja, koster):
    punkt = DagsordenspunktFactory(sag__ansvarlig=maja)
    sti = reverse("rehabilitering:sagspakke_sag", args=[punkt.sag_id])

    def tilfoej(nr):
        DokumentFactory(sag=punkt.sag)
        MoededeltagerFactory(moede=punkt.moede)

    koster(som(maja), sti, tilfoej, 22)


def test_call_of_one_by_everything_else_on_the_meeting(som, koster):
    moede = TeammoedeFactory(dato=i_dag() + timedelta(days=28), kapacitet=25)
    deltager = PunktdeltagerFactory(
        punkt__moede=moede, punkt__sag__ansvarlig=BrugerFactory(telefon="12 34 56 78")
    )
    sti = reverse("rehabilitering:indkald", args=[deltager.pk])

    def tilfoej(nr):
        IndkaldelseFactory(deltager=deltager, nr=nr)
        MoededeltagerFactory(moede=moede)
        PunktdeltagerFactory(punkt=deltager.punkt, art=Punktdeltager.Art.TOLK, navn=f"Tolk {nr}")
        TildelingFactory(sag=deltager.punkt.sag, art=Tildeling.Art.TEAMMOEDE)

    koster(som("moedekoordinator"), sti, tilfoej, 33)
