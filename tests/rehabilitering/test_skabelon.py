"""The template editor: new words are a new row, order by buttons, what must be there stays."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from rehabilitering import grunddata, tekststykker
from rehabilitering.models import Drejebogspunkt, Pakketekst, Teamspoergsmaal, Tekststykke
from rehabilitering.services.skabelon import flyt_tekst, ret_tekst, tag_ud, tilfoej_tekst
from ressource.kalender import i_dag
from ressource.models import Haendelse
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import BrugerFactory
from tests.traade import paa_een_gang

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return BrugerFactory(roller=["administrator"])


def url(navn, *args):
    return reverse(f"rehabilitering:{navn}", args=args)


def gaeldende(model):
    return [raekke.kode for raekke in model.objects.gaeldende(i_dag())]


def test_new_words_are_a_new_row_and_the_old_one_ends(administrator):
    gammel = Teamspoergsmaal.objects.get(kode="lige_nu")

    ny = ret_tekst(
        Teamspoergsmaal, "lige_nu", {"tekst": "Hvordan går det?"}, laas=gammel.pk, af=administrator
    )

    gammel.refresh_from_db()
    assert (gammel.tekst, gammel.til_dato) == ("Hvordan har du det lige nu?", i_dag())
    assert (ny.raekkefoelge, ny.rettet_af) == (gammel.raekkefoelge, administrator)
    assert gaeldende(Teamspoergsmaal).count("lige_nu") == 1
    assert ret_tekst(
        Teamspoergsmaal, "lige_nu", {"tekst": "Hvordan går det?"}, laas=ny.pk, af=administrator
    ) == ny  # fmt: skip
    assert Haendelse.objects.filter(kode="skabelon.rettet").count() == 1


def test_who_saw_an_older_row_is_told(administrator):
    gammel = Teamspoergsmaal.objects.get(kode="lige_nu")
    ret_tekst(Teamspoergsmaal, "lige_nu", {"tekst": "A"}, laas=gammel.pk, af=administrator)

    with pytest.raises(ForaeldetVersionError):
        ret_tekst(Teamspoergsmaal, "lige_nu", {"tekst": "B"}, laas=gammel.pk, af=administrator)


def test_a_text_is_added_last_moved_and_taken_out(administrator):
    ny = tilfoej_tekst(Drejebogspunkt, {"tekst": "Ring dagen før"}, af=administrator)
    assert gaeldende(Drejebogspunkt)[-1] == ny.kode

    flyt_tekst(Drejebogspunkt, ny.kode, "op", af=administrator)
    assert gaeldende(Drejebogspunkt)[-2] == ny.kode
    flyt_tekst(Drejebogspunkt, ny.kode, "ned", af=administrator)
    flyt_tekst(Drejebogspunkt, ny.kode, "ned", af=administrator)
    assert gaeldende(Drejebogspunkt)[-1] == ny.kode

    tag_ud(Drejebogspunkt, ny.kode, af=administrator)
    assert ny.kode not in gaeldende(Drejebogspunkt)
    with pytest.raises(ValidationError, match="taget ud imens"):
        tag_ud(Drejebogspunkt, ny.kode, af=administrator)


def test_the_packets_required_sections_cannot_be_taken_out(administrator):
    with pytest.raises(ValidationError, match="skal være i borgerens pakke"):
        tag_ud(Pakketekst, "ventetid", af=administrator)


def test_the_ground_data_leaves_what_somebody_changed(administrator):
    tag_ud(Teamspoergsmaal, "lige_nu", af=administrator)
    antal = Teamspoergsmaal.objects.count()

    grunddata.indlaes()

    assert Teamspoergsmaal.objects.count() == antal
    assert "lige_nu" not in gaeldende(Teamspoergsmaal)


@pytest.mark.parametrize("model", [Drejebogspunkt, Teamspoergsmaal, Pakketekst, Tekststykke])
def test_each_constraint_is_violated_once(model):
    navn = model.__name__.lower()
    kode = model.objects.first().kode

    with pytest.raises(IntegrityError, match=f"{navn}_en_gaeldende"), transaction.atomic():
        model.objects.create(kode=kode)
    with pytest.raises(IntegrityError, match=f"{navn}_slut_efter_start"), transaction.atomic():
        model.objects.create(kode="ny", til_dato="2020-01-01")


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_one_of_them_is_told(administrator):
    """Both have seen the same row; the second waits for the first, and then finds a newer one."""
    laas = Teamspoergsmaal.objects.get(kode="lige_nu").pk

    def ret(ord_):
        try:
            ret_tekst(Teamspoergsmaal, "lige_nu", {"tekst": ord_}, laas=laas, af=administrator)
        except ForaeldetVersionError:
            return "konflikt"
        return "gemt"

    udfald = paa_een_gang([lambda: ret("A"), lambda: ret("B")])

    assert sorted(udfald) == ["gemt", "konflikt"]


def test_the_pages_edit_a_text(som):
    klient = som("faglig_konsulent")
    raekke = Pakketekst.objects.get(kode="efter")
    data = {
        "laas": raekke.pk,
        "overskrift": "Og bagefter?",
        "tekst": "Du får et brev fra {kommune}.",
    }

    assert klient.post(url("skabelon_ret", "pakke", "efter"), data).status_code == 302

    side = klient.get(url("skabelon", "pakke")).text
    assert "Og bagefter?" in side
    assert "Tidligere tekster (1)" in side
    assert klient.get(url("skabeloner")).status_code == 200
    klient.post(url("skabelon_flyt", "pakke", "efter"), {"retning": "op"})
    assert gaeldende(Pakketekst).index("efter") == raekke.raekkefoelge - 2
    assert "skal være i borgerens pakke" in klient.post(
        url("skabelon_tag_ud", "pakke", "efter"), follow=True
    ).text  # fmt: skip


def test_a_conflict_shows_both_texts(som):
    klient = som("administrator")
    data = {"laas": Teamspoergsmaal.objects.get(kode="lige_nu").pk, "tekst": "Sover du godt?"}
    klient.post(url("skabelon_ret", "spoergsmaal", "lige_nu"), data)

    svar = klient.post(
        url("skabelon_ret", "spoergsmaal", "lige_nu"), data | {"tekst": "Spiser du godt?"}
    )

    assert svar.status_code == 409
    assert "Sover du godt?" in svar.text
    assert "Spiser du godt?" in svar.text


@pytest.mark.parametrize(
    ("tekst", "fejl"),
    [("", "påkrævet"), ("Kære {navn}", "{navn} kendes ikke"), ("Et } for meget", "} kendes ikke")],
)
def test_a_text_that_cannot_be_printed_is_refused_with_its_input(som, tekst, fejl):
    data = {"laas": 0, "overskrift": "Parkering", "tekst": tekst}

    svar = som("administrator").post(url("skabelon_ny", "pakke"), data)

    assert svar.status_code == 422
    assert fejl in svar.text.lower()
    assert "Parkering" in svar.text


def test_a_new_text_is_added_by_its_page(som):
    klient = som("administrator")

    klient.post(url("skabelon_ny", "spoergsmaal"), {"laas": 0, "tekst": "Har du kørekort?"})

    assert "Har du kørekort?" in klient.get(url("skabelon", "spoergsmaal")).text


def test_a_ready_sentence_is_offered_where_it_is_used(som):
    klient = som("administrator")
    data = {"laas": 0, "sted": "afgoerelse", "titel": "Lægen", "tekst": "Vi har talt med din læge."}

    assert klient.post(url("skabelon_ny", "tekststykker"), data).status_code == 302

    assert "I afgørelsen: Vi har talt med din læge." in klient.get(
        url("skabelon", "tekststykker")
    ).text  # fmt: skip
    assert [t.titel for t in tekststykker.til("afgoerelse")][-1] == "Lægen"
    assert "Lægen" not in [t.titel for t in tekststykker.til("indstilling")]


@pytest.mark.parametrize("sti", ["ukendt/", "pakke/ukendt/"])
def test_an_unknown_template_or_text_is_not_found(som, sti):
    assert som("administrator").get(f"/skabeloner/{sti}").status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_list_takes_the_same_statements(som, antal, django_assert_num_queries):
    for nr in range(antal):
        Teamspoergsmaal.objects.create(
            kode=f"s{nr}", tekst=f"Spørgsmål {nr}", rettet_af=BrugerFactory()
        )
    klient = som("administrator")

    with django_assert_num_queries(4):
        klient.get(url("skabelon", "spoergsmaal"))
