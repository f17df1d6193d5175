"""The worklist as one wants it: order, columns, whose cases, saved views, spreadsheet."""

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from openpyxl import load_workbook

from borgere.models import Sag
from opfoelgning import naermeste
from opfoelgning.arbejdskolonner import CELLER, LISTE
from opfoelgning.paamind import paamind
from ressource.kalender import i_dag
from ressource.models import GemtVisning, Opslag, Stedfortraeder
from tests.factories import BrugerFactory, SagFactory, klokken
from tests.opfoelgning.sager import frist, i_forloeb

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("sagsbehandler", navn="Maja Kirkegaard")


@pytest.fixture
def tre(klient):
    """Bo is over, Eva has a talk tomorrow, Per has nothing."""
    bo = SagFactory(ansvarlig=klient.bruger, borger__fornavn="Bo", borger__efternavn="Skov")
    frist(bo, -4)
    eva = i_forloeb(
        klient.bruger,
        moede=IDAG + timedelta(days=1),
        borger__fornavn="Eva",
        borger__efternavn="=Lind",
    )
    frist(eva, 9, navn="Samtale 5 af 6")
    SagFactory(ansvarlig=klient.bruger, borger__fornavn="Per", fase="forberedelse")


def navne(svar) -> list[str]:
    return [linje.raekke.fornavn for linje in svar.context["linjer"]]


@pytest.mark.parametrize(
    ("sorter", "raekkefoelge"),
    [
        ("frist", ["Bo", "Eva", "Per"]),
        ("-frist", ["Eva", "Bo", "Per"]),
        ("borger", ["Bo", "Eva", "Per"]),
        ("-borger", ["Per", "Eva", "Bo"]),
        ("fase", ["Bo", "Per", "Eva"]),
        ("sidst", ["Eva", "Bo", "Per"]),
        ("-holdt", ["Eva", "Per", "Bo"]),
        ("-slut", ["Eva", "Per", "Bo"]),
        ("ukendt", ["Bo", "Eva", "Per"]),
        ("skridt", ["Bo", "Eva", "Per"]),
        ("-", ["Bo", "Eva", "Per"]),
    ],
)
def test_list_is_ordered_by_any_column_that_has_an_order(klient, tre, sorter, raekkefoelge):
    assert navne(klient.get("/", {"sorter": sorter})) == raekkefoelge


@pytest.mark.parametrize("kode", [k.kode for k in LISTE.kolonner])
def test_every_column_can_be_shown_ordered_by_and_fetched(klient, tre, kode):
    svar = klient.get("/", {"sorter": f"-{kode}", "kol": kode})

    assert svar.status_code == 200
    assert f'class="kol-{kode}"' in svar.content.decode()
    assert kode in CELLER


def test_heading_turns_the_order_round_and_says_which(klient, tre):
    html = klient.get("/", {"sorter": "fase", "vis": "alle"}).content.decode()

    assert 'class="kol-fase" scope="col" aria-sort="ascending"' in html
    assert 'href="?sorter=-fase"' in html
    assert html.count("aria-sort") == 1
    assert "Viser 3 af 3 sager, efter fase" in html


def test_chosen_columns_are_the_ones_shown_and_the_citizen_always_is(klient, tre):
    svar = klient.get("/?kol=borger&kol=maal&kol=slut")

    assert svar.context["valg"].kolonner == ("borger", "maal", "slut")
    html = svar.content.decode()
    assert 'class="kol-skridt"' not in html
    # The choice goes along in every link of the list.
    assert 'href="?vis=overskredet&amp;kol=borger,maal,slut"' in html


def test_explanation_is_as_wide_as_the_table(klient, tre):
    html = klient.get("/?kol=frist&hvorfor=0").content.decode()

    assert "hvorfor/?kolonner=2" in html


@pytest.mark.parametrize(
    ("hvis", "fundne"),
    [("", ["Min", "Hendes"]), ("egne", ["Min"]), ("daekket", ["Hendes"]), ("andres", None)],
)
def test_own_cases_and_those_one_stands_in_for_apart(klient, hvis, fundne):
    kollega = BrugerFactory(navn="Ida Holm")
    frist(SagFactory(ansvarlig=klient.bruger, borger__fornavn="Min"), 1)
    frist(SagFactory(ansvarlig=kollega, borger__fornavn="Hendes"), 2)
    Stedfortraeder.objects.create(for_bruger=kollega, vikar=klient.bruger, fra_dato=i_dag())

    svar = klient.get("/", {"hvis": hvis})

    assert navne(svar) == (fundne or ["Min", "Hendes"])
    assert svar.context["taellere"][0].antal == len(navne(svar))


@pytest.mark.parametrize(("dage", "antal"), [("14", 1), ("", 0), ("60", 0), ("7", 0)])
def test_quiet_cases_by_the_number_of_days_chosen(klient, dage, antal):
    SagFactory(ansvarlig=klient.bruger, oprettet_dato=IDAG - timedelta(days=20))

    svar = klient.get("/", {"vis": "stille", "dage": dage})

    assert len(svar.context["linjer"]) == antal
    navn = next(t.navn for t in svar.context["taellere"] if t.navn.startswith("Intet"))
    assert navn == f"Intet sket i {dage if dage in ('14', '60') else 30} dage"


@pytest.mark.parametrize(
    ("kode", "om_dage", "varsel", "ses"),
    [
        ("SAMTYKKE_UDLOEBER", 10, -20, True),
        ("SAMTYKKE_UDLOEBER", 10, 5, False),
        ("SAMTYKKE_UDLOEBER", -1, -30, False),
        ("KLAGEFRIST", 1, -20, False),
    ],
)
def test_what_runs_out_is_shown_while_it_is_announced(klient, kode, om_dage, varsel, ses):
    sag = SagFactory(ansvarlig=klient.bruger)
    den = frist(
        sag, om_dage, kode=kode, varsel_dato=IDAG + timedelta(days=varsel), ejer=klient.bruger
    )

    svar = klient.get("/")

    assert (svar.context["linjer"][0].raekke.frist_id is not None) is ses
    assert svar.context["taellere"][1].antal == 0
    # One rule: the step of the case, a handover and the reminders show it then and only then.
    dato = f"Frist {den.forfald_dato:%d.%m.%Y}"
    assert (dato in klient.get(f"/sager/{sag.pk}/").text) is ses
    assert bool(Sag.objects.values_list(naermeste.frist(), flat=True).get(pk=sag.pk)) is ses
    assert paamind(IDAG, None) == ses


def gem(klient, forespoergsel, navn="Mine", **felter):
    data = {"navn": navn, "forespoergsel": forespoergsel} | felter
    return klient.post("/visninger/arbejdsliste/gem/", data)


def test_view_is_saved_without_what_was_searched_and_opens_the_same_list(klient, tre):
    svar = gem(klient, "rolle=sagsbehandler&vis=overskredet&q=Eva&sorter=-fase&side=2&x=1")

    visning = GemtVisning.objects.get()
    assert visning.forespoergsel == "vis=overskredet&sorter=-fase"
    adresse = "/?rolle=sagsbehandler&vis=overskredet&sorter=-fase"
    assert (svar.status_code, svar["Location"]) == (302, adresse)
    assert "Gemte visninger: Mine" in klient.get(svar["Location"]).content.decode()


def test_first_view_opens_the_list_and_everything_is_still_one_click_away(klient, tre):
    gem(klient, "vis=overskredet", er_standard="on")

    svar = klient.get("/")
    assert (svar.status_code, svar["Location"]) == (302, "/?vis=overskredet")
    aabnet = klient.get(svar["Location"])
    assert navne(aabnet) == ["Bo"]
    alle = aabnet.context["taellere"][0].adresse
    assert navne(klient.get(f"/?{alle}")) == ["Bo", "Eva", "Per"]


def test_only_one_view_comes_first(klient):
    gem(klient, "vis=overskredet", er_standard="on")
    gem(klient, "vis=varslet", navn="Andre", er_standard="on")

    assert [v.navn for v in GemtVisning.objects.filter(er_standard=True)] == ["Andre"]


@pytest.mark.parametrize(
    ("navn", "besked"), [("", "Dette felt er påkrævet"), ("Mine", "Du har allerede en visning")]
)
def test_refused_view_keeps_what_was_typed(klient, navn, besked):
    gem(klient, "vis=varslet")

    svar = gem(klient, "vis=varslet", navn=navn)

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert 'value="vis=varslet"' in svar.content.decode()


def test_there_is_an_end_to_saved_views(klient):
    for nr in range(20):
        gem(klient, "vis=varslet", navn=f"Nr. {nr}")

    svar = gem(klient, "vis=varslet", navn="En til")

    assert (svar.status_code, GemtVisning.objects.count()) == (422, 20)


def test_view_is_renamed_and_deleted_by_its_owner_alone(klient, som):
    gem(klient, "vis=varslet")
    pk = GemtVisning.objects.get().pk

    rettet = klient.post(f"/visninger/{pk}/", {"navn": "Snart", "er_standard": "on"})

    assert rettet["Location"] == "/?vis=varslet"
    assert GemtVisning.objects.get().navn == "Snart"
    fremmed = som("sagsbehandler")
    assert fremmed.get(f"/visninger/{pk}/").status_code == 404
    assert fremmed.post(f"/visninger/{pk}/slet/").status_code == 404
    assert klient.post(f"/visninger/{pk}/slet/")["Location"] == "/"
    assert not GemtVisning.objects.exists()


def test_user_with_more_roles_stays_on_the_overblik_of_the_view(som):
    klient = som(BrugerFactory(roller=["teamleder", "sagsbehandler"]))
    frist(SagFactory(), -3)
    svar = klient.post(
        "/visninger/overskredne/gem/",
        {"navn": "Lov", "forespoergsel": "rolle=teamleder&vis=lov"},
    )
    assert svar["Location"] == "/?rolle=teamleder&vis=lov"
    pk = GemtVisning.objects.get(navn="Lov").pk
    assert f"/visninger/{pk}/?rolle=teamleder" in klient.get(svar["Location"]).content.decode()

    rettet = klient.post(f"/visninger/{pk}/?rolle=teamleder", {"navn": "Loven"})
    siden = klient.get(f"/visninger/{pk}/?rolle=teamleder").content.decode()

    assert rettet["Location"] == "/?rolle=teamleder&vis=lov"
    assert f"/visninger/{pk}/slet/?rolle=teamleder" in siden
    assert klient.post(f"/visninger/{pk}/slet/?rolle=teamleder")["Location"] == "/?rolle=teamleder"


def test_view_of_a_list_one_may_not_open_is_not_saved(som):
    mentor = som("mentor")

    assert mentor.post("/visninger/arbejdsliste/gem/", {"navn": "x"}).status_code == 403
    assert mentor.post("/visninger/ukendt/gem/", {"navn": "x"}).status_code == 404


def test_spreadsheet_has_the_list_typed_and_is_logged(klient, tre):
    svar = klient.get("/", {"hent": "xlsx", "kol": "frist,holdt"})

    side = load_workbook(io.BytesIO(svar.content)).active
    raekker = list(side.iter_rows(values_only=True))
    assert raekker[0] == (
        "Sagsnr.",
        "Borger",
        "Alder",
        "Næste frist",
        "Senest",
        "Samtaler holdt",
    )
    assert [r[1] for r in raekker[1:]] == ["Bo Skov", "Eva =Lind", raekker[3][1]]
    assert raekker[2][3] == "Samtale 5 af 6"
    assert raekker[1][4].date() == IDAG - timedelta(days=4)
    assert raekker[2][5] == 1
    assert side["C2"].data_type == "n"
    log = Opslag.objects.get()
    assert (log.handling, log.objekt) == ("eksport", "overblik")
    assert svar["Content-Disposition"] == 'attachment; filename="mine-sager.xlsx"'


def test_file_of_a_search_holds_what_was_found(klient, tre):
    svar = klient.post("/?hent=csv&kol=frist", {"q": "eva"})

    tekst = svar.content.decode("utf-8-sig")
    raekker = list(csv.reader(io.StringIO(tekst), delimiter=";"))
    assert [r[1] for r in raekker] == ["Borger", "Eva =Lind"]
    assert raekker[1][4] == "03.12.2026"
    assert Opslag.objects.get().formaal == "Søgning: «eva»"


TALE = [
    ({"fase": "screening"}, "Skriv i journalen"),
    ({"fase": "forberedelse"}, "Begynd forberedende del"),
    ({"fase": "opfoelgning"}, "Registrér opfølgning"),
]


@pytest.mark.parametrize(("felter", "label"), TALE)
def test_talk_to_register_follows_the_step(klient, felter, label):
    SagFactory(ansvarlig=klient.bruger, **felter)

    linje = klient.get("/samtaler/registrer/").context["linjer"][0]

    assert (linje.label, linje.hvad) == (label, "Ingen aftale")
    assert klient.get(linje.url).status_code == 200


def test_the_one_to_meet_stands_first_and_a_search_finds_the_rest(klient, tre):
    svar = klient.get("/samtaler/registrer/")
    fundet = klient.post("/samtaler/registrer/", {"q": "bo sk"})

    assert navne(svar) == ["Eva", "Bo", "Per"]
    foerste = svar.context["linjer"][0]
    assert (foerste.label, foerste.hvad) == (
        "Åbn mødeskema",
        "Opfølgning nr. 2, 25.11.2026 kl. 13.00",
    )
    assert navne(fundet) == ["Bo"]
    assert klient.post("/samtaler/registrer/", {"q": " "}).status_code == 302


@pytest.mark.parametrize("sager", [1, 3, 25])
def test_registering_costs_the_same_however_many_cases(klient, django_assert_num_queries, sager):
    for _ in range(sager):
        SagFactory(ansvarlig=klient.bruger)

    # Session, user, counts, rows, look-up log, reminders in the header.
    with django_assert_num_queries(6):
        klient.get("/samtaler/registrer/")
