"""The lists of this floor's Overblik pages, chosen, ordered and fetched (`ressource.listevalg`)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from rehabilitering.lister import DAGSORDEN, INDSTILLINGER, VENTENDE
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import (
    IndstillingFactory,
    KvalitetssikringFactory,
    LaegeattestFactory,
    MoededeltagerFactory,
    SagFactory,
    ScreeningsnotatFactory,
    TeammoedeFactory,
)

pytestmark = pytest.mark.django_db


def for_dage(antal):
    return timezone.now() - timedelta(days=antal)


@pytest.fixture
def konsulent(som):
    klient = som("faglig_konsulent")
    ScreeningsnotatFactory(indsendt_den=for_dage(10), sag__sagsnummer="RF-2026-80001")
    ScreeningsnotatFactory(
        indsendt_den=for_dage(1), skrevet_af=klient.bruger, sag__sagsnummer="RF-2026-80002"
    )
    KvalitetssikringFactory(indsendt_den=for_dage(3), sag__sagsnummer="RF-2026-80003")
    return klient


@pytest.fixture
def koordinator(som):
    for nr, (dage, attest) in enumerate([(40, True), (2, False)], 1):
        sag = SagFactory(fase="moede", sagsnummer=f"RF-2026-8100{nr}")
        KvalitetssikringFactory(
            sag=sag,
            indsendt_den=for_dage(dage + 1),
            godkendt=True,
            afgjort_den=for_dage(dage),
        )
        if attest:
            LaegeattestFactory(sag=sag, modtaget=True)
    return som("moedekoordinator")


@pytest.fixture
def teammedlem(som):
    klient = som("teammedlem")
    foer = TeammoedeFactory(dato=i_dag() - timedelta(days=7))
    MoededeltagerFactory(moede=foer, bruger=klient.bruger)
    for nr in (1, 2):
        IndstillingFactory(
            afsluttet=True,
            punkt__moede=foer,
            punkt__behandlet_den=timezone.now(),
            punkt__sag__sagsnummer=f"RF-2026-8200{nr}",
        )
    return klient


SIDER = [
    (
        "konsulent",
        VENTENDE,
        {"alle": 3, "screening": 2, "kvalitetssikring": 1, "lang": 1, "mine": 2},
    ),
    ("koordinator", DAGSORDEN, {"alle": 2, "klar": 1, "uden_attest": 1, "lang": 1}),
    ("teammedlem", INDSTILLINGER, {"alle": 2, "uden_afgoerelse": 2, "fulgt": 0, "ikke_fulgt": 0}),
]


@pytest.mark.parametrize(("hvem", "liste", "antal"), SIDER)
def test_counts_filter_the_list_and_the_file_to_what_they_count(request, hvem, liste, antal):
    klient = request.getfixturevalue(hvem)

    taellere = klient.get("/").context["taellere"]

    assert [t.antal for t in taellere] == list(antal.values())
    for taeller in taellere:
        svar = klient.get(f"/?{taeller.adresse}{'&' if taeller.adresse else ''}hent=csv")
        assert len(svar.content.decode().splitlines()) == taeller.antal + 1, taeller.navn
    assert Opslag.objects.filter(handling="eksport").count() == len(antal)


@pytest.mark.parametrize(("hvem", "liste", "antal"), SIDER)
def test_list_by_any_column_either_way(request, hvem, liste, antal):
    klient = request.getfixturevalue(hvem)
    # The mødekoordinator's table of meetings has rows of its own.
    moeder = klient.get("/").content.decode().count('scope="row"') - antal["alle"]
    foerste = next(iter(liste.kolonner)).kode
    koder = [kolonne.kode for kolonne in liste.kolonner]

    for kode in koder:
        for sorter in (kode, f"-{kode}"):
            html = klient.get("/", {"sorter": sorter, "kol": f"{foerste},{kode}"}).content.decode()
            assert f'class="kol-{kode}"' in html
            assert html.count('scope="row"') - moeder == antal["alle"]


@pytest.mark.parametrize(("hvem", "liste", "antal"), SIDER)
def test_view_is_saved_and_opens_first(request, hvem, liste, antal):
    klient = request.getfixturevalue(hvem)
    data = {"navn": "Min", "forespoergsel": f"kol={liste.kolonner[0].kode}", "er_standard": "on"}

    svar = klient.post(f"/visninger/{liste.navn}/gem/", data)

    assert svar.status_code == 302
    assert klient.get("/")["Location"] == svar["Location"]


def test_order_is_by_the_database_and_holds_for_both_queues(konsulent):
    html = konsulent.get("/", {"sorter": "-sagsnummer"}).content.decode()

    assert html.index("80002") < html.index("80001")
    nyeste = konsulent.get("/", {"sorter": "-indsendt", "hent": "csv"}).content.decode()
    assert nyeste.index("80002") < nyeste.index("80001") < nyeste.index("80003")
