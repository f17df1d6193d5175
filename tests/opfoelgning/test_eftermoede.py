"""The talk right after the team meeting, and the paper the citizen takes home from it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags

from borgere.models import Borger, Dokument, Fase
from borgere.services import afslut_sag
from opfoelgning import eftermoede as laes
from opfoelgning import logistikpapir, sagsfakta, services
from opfoelgning.models import Eftermoede, Logistiktrin
from opfoelgning.tjek import tjekliste
from ressource import dansk, laesbarhed, pdf
from ressource.kalender import i_dag
from ressource.models import Haendelse
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    BrugerFactory,
    IndstillingsudleveringFactory,
    OpfoelgningsmoedeFactory,
    OpgaveFactory,
    SagFactory,
    SamtykkeFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import indstil

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruger():
    return BrugerFactory(roller=["koordinerende"], navn="Lene Krog", telefon="70 00 20 01")


@pytest.fixture
def sag(bruger):
    return SagFactory(fase=Fase.AFGOERELSE, ansvarlig=bruger)


@pytest.fixture
def indstilling(sag):
    indstilling = indstil(sag, 1)
    services.dan_opgaver(indstilling, af=None)
    return indstilling


@pytest.fixture
def uden_pdf(monkeypatch):
    """The paper's text as its bytes: what is stored is under test, not the layout."""

    def skriv(skabelon, kontekst, *, titel, tidspunkt, css):
        return b"%PDF-1.7\n" + repr([linje.hvad for linje in kontekst["linjer"]] + [*css]).encode()

    monkeypatch.setattr(pdf, "skabelon_til_pdf", skriv)


ORD = {"borgerens_ord": "", "spoergsmaal": ""}


def hold(indstilling, *, af):
    return services.hold_eftermoede(indstilling, ORD, laas=None, af=af)


def tilstande(sag, indstilling):
    return [p.tilstand for p in laes.mangler(sag, indstilling, laes.eftermoede(indstilling))]


# The facts


def test_everything_is_missing_until_the_case_says_so(sag, indstilling, bruger, uden_pdf):
    assert tilstande(sag, indstilling) == ["nej", "nej", "nej", "nej", "obs"]

    IndstillingsudleveringFactory(indstilling=indstilling, version=1)
    OpfoelgningsmoedeFactory(sag=sag, tidspunkt=klokken(i_dag() + timedelta(days=3)))
    TildelingFactory(sag=sag, bruger=BrugerFactory(roller=["mentor"]), art="mentor")
    services.udlever_plan(indstilling, af=bruger)
    SamtykkeFactory(
        borger=sag.borger, modtager="egen_laege", informationstyper=["indstilling", "plan"]
    )

    assert tilstande(sag, indstilling) == ["ja"] * 5


@pytest.mark.parametrize(
    ("om_dage", "felter", "tilstand"),
    [
        (6, {}, "ja"),
        (7, {}, "obs"),
        (-2, {}, "nej"),
        (3, {"status": "aflyst", "afgjort_dato": i_dag()}, "nej"),
    ],
)
def test_the_first_follow_up_is_within_a_week(sag, indstilling, om_dage, felter, tilstand):
    """The meeting was yesterday, so the sixth day from today is the last."""
    OpfoelgningsmoedeFactory(
        sag=sag, tidspunkt=klokken(i_dag() + timedelta(days=om_dage)), **felter
    )

    assert tilstande(sag, indstilling)[1] == tilstand


def test_another_outcome_asks_for_less(sag):
    indstilling = indstil(sag, 1)
    for udfald, antal in (("fleksjob", 2), ("udsat", 1)):
        indstilling.udfald = udfald
        indstilling.save()
        assert len(tilstande(sag, indstilling)) == antal


# The step


@pytest.mark.parametrize(
    ("dage_siden", "udfald", "venter"),
    [(0, "ressourceforloeb", True), (14, "fleksjob", True), (15, "fleksjob", False),
     (1, "udsat", False)],
)  # fmt: skip
def test_it_is_waited_for_while_it_is_right_after(sag, dage_siden, udfald, venter):
    indstilling = indstil(sag, dage_siden)
    indstilling.udfald = udfald
    indstilling.save()

    assert sagsfakta.hent(sag, i_dag()).venter_paa_eftermoede(i_dag()) is venter


def test_held_or_met_since_it_is_not_waited_for(sag, indstilling, bruger):
    hold(indstilling, af=bruger)
    fakta = sagsfakta.hent(sag, i_dag())

    assert fakta.eftermoede_holdt == i_dag()
    assert not fakta.venter_paa_eftermoede(i_dag())
    assert "Eftermødet er holdt" in [p.tekst for p in tjekliste(fakta, sag.borger)]

    services.genaabn_eftermoede(indstilling, af=bruger)
    assert sagsfakta.hent(sag, i_dag()).venter_paa_eftermoede(i_dag())
    OpfoelgningsmoedeFactory(sag=sag, afholdt=True, tidspunkt=klokken(i_dag()))
    assert not sagsfakta.hent(sag, i_dag()).venter_paa_eftermoede(i_dag())


# Saving


def test_what_is_said_is_saved_by_its_version_until_it_is_closed(indstilling, bruger):
    gem, ord_ = services.gem_eftermoede, ORD | {"borgerens_ord": "Det gik godt"}

    gem(indstilling, ord_, laas=0, af=bruger)
    gem(indstilling, ord_, laas=1, af=bruger)
    with pytest.raises(ForaeldetVersionError):
        gem(indstilling, ord_ | {"spoergsmaal": "Hvornår?"}, laas=0, af=bruger)

    services.hold_eftermoede(indstilling, ord_, laas=1, af=bruger)
    with pytest.raises(ValidationError, match="Åbn det igen"):
        gem(indstilling, ord_ | {"spoergsmaal": "Hvornår?"}, laas=1, af=bruger)
    moede = Eftermoede.objects.get()
    assert (moede.borgerens_ord, moede.holdt_af, moede.laas) == ("Det gik godt", bruger, 1)
    assert Haendelse.objects.filter(kode="eftermoede.holdt").count() == 1


def test_the_plan_in_hand_does_not_refuse_the_words_typed_beside_it(indstilling, bruger, uden_pdf):
    services.udlever_plan(indstilling, af=bruger)

    moede = services.gem_eftermoede(indstilling, ORD | {"spoergsmaal": "Hvad"}, laas=0, af=bruger)

    assert (moede.spoergsmaal, moede.plan_udleveret_dato) == ("Hvad", i_dag())


def test_a_closed_case_takes_no_more(sag, indstilling, bruger):
    afslut_sag(sag, aarsag="fraflyttet", dato=i_dag(), af=bruger)

    for service in (hold, services.genaabn_eftermoede, services.udlever_plan):
        with pytest.raises(ValidationError, match="Sagen er afsluttet"):
            service(indstilling, af=bruger)


# The paper


def test_it_holds_what_is_for_the_citizen_with_first_names_alone(sag, indstilling, bruger):
    mentor = BrugerFactory(roller=["mentor"], navn="Jonas Hemmeligsen")
    TildelingFactory(sag=sag, bruger=mentor, art="mentor")
    OpgaveFactory(indstilling=indstilling, hvad="Internt", til_borgeren="")
    bortfaldet = indstilling.opgaver.get(trin__kode="find_praktik")
    services.bortfald_opgave(bortfaldet, grund="Har en plads", af=bruger)
    gjort = indstilling.opgaver.get(trin__kode="tal_om_moedet")
    services.udfoer_opgave(gjort, af=bruger)

    linjer = logistikpapir.indhold(indstilling)["linjer"]

    assert len(linjer) == 11
    hvem = {linje.hvad: linje.hvem for linje in linjer}
    assert hvem["Din mentor ringer til dig, så I kan ses."] == "Din mentor Jonas"
    assert hvem["Vi taler om mødet. Du kan spørge om alt."] == "Din sagsbehandler Lene"
    assert "Du" in hvem.values()
    assert [linje.er_gjort for linje in linjer].count(True) == 1
    assert linjer[0].hvornaar == "På mødedagen"
    assert "Hemmeligsen" not in repr(linjer)


@pytest.mark.parametrize(
    ("adresse", "aftalt", "beskyttet", "staar_der"),
    [
        ("Skjulvej 3", "Hos Bo, skjulvej 3", True, "hjemme hos dig"),
        ("Skjulvej 3, 2. tv., 8000 Egelund", "Skjulvej  3", True, "hjemme hos dig"),
        ("Skjulvej 3", "Skjulvej 30, mødelokale 1", True, "Skjulvej 30, mødelokale 1"),
        ("", "Rådhuset", True, "Rådhuset"),
        ("Skjulvej 3", "Hos Bo, skjulvej 3", False, "Hos Bo, skjulvej 3"),
    ],
)
def test_a_protected_home_is_not_named(sag, indstilling, adresse, aftalt, beskyttet, staar_der):
    Borger.objects.filter(pk=sag.borger_id).update(adresse=adresse, er_adressebeskyttet=beskyttet)
    OpfoelgningsmoedeFactory(sag=sag, tidspunkt=klokken(i_dag() + timedelta(days=3)), sted=aftalt)

    sted = logistikpapir.indhold(indstilling.__class__.objects.get(pk=indstilling.pk))["sted"]

    assert sted == staar_der


def test_the_whole_paper_is_easy_to_read_and_accessible(indstilling):
    html = render_to_string(
        logistikpapir.SKABELON, logistikpapir.indhold(indstilling) | {"titel": logistikpapir.TITEL}
    )
    stykker = [del_.strip() for del_ in strip_tags(html.split("<h1>")[1]).split("\n")]
    tekst = "\n".join(dansk.saetning(stykke) for stykke in stykker)
    assert laesbarhed.maal(tekst).lix <= 40

    for stor in (False, True):
        fil = logistikpapir.papir(indstilling, stor_skrift=stor)
        assert b"pdfuaid:part" in fil
        assert fil == logistikpapir.papir(indstilling, stor_skrift=stor)


def test_it_is_kept_as_it_was_given_once_a_day(sag, indstilling, bruger, uden_pdf):
    dokument = services.udlever_plan(indstilling, af=bruger)
    assert services.udlever_plan(indstilling, af=bruger) == dokument
    assert services.udlever_plan(indstilling, stor_skrift=True, af=bruger) != dokument

    assert Dokument.objects.filter(sag=sag, titel="Hvem gør hvad hvornår").count() == 2
    assert laes.eftermoede(indstilling).plan_udleveret_dato == i_dag()
    assert Haendelse.objects.filter(kode="logistikplan.udleveret").count() == 1


def test_an_empty_paper_is_not_handed_over(som, sag, bruger):
    Logistiktrin.objects.update(til_borgeren="")
    services.dan_opgaver(indstil(sag, 1), af=None)

    svar = som(bruger).post(reverse("opfoelgning:hvem_goer_hvad_udlever", args=[sag.pk]))

    assert svar.status_code == 422
    assert "Ingen af opgaverne har ord til borgeren" in svar.text


# The pages


def test_the_talk_is_gone_through_on_its_page(som, sag, indstilling, bruger, uden_pdf):
    klient = som(bruger)
    url = reverse("opfoelgning:eftermoede", args=[sag.pk])
    side = klient.get(url).text
    assert "8 punkter mangler" in side
    assert "Tal mødet igennem" in side

    opgave = indstilling.opgaver.get(trin__kode="tal_om_moedet")
    gjort = reverse("opfoelgning:opgave_gjort", args=[opgave.pk])
    assert klient.post(gjort, {"tilbage": "eftermoede"}).url == url
    gemt = klient.post(
        url,
        {"laas": 0, "borgerens_ord": "Jeg turde", "spoergsmaal": ""},
        headers={"HX-Request": "true"},
    )
    assert "Gemt kl." in gemt.text
    assert 'value="1"' in gemt.text
    klient.post(reverse("opfoelgning:hvem_goer_hvad_udlever", args=[sag.pk]))
    # Typed just before it is closed, and sent along.
    luk = {"laas": 1, "borgerens_ord": "Jeg turde", "spoergsmaal": "Hvornår?", "trin": "luk"}
    slut = klient.post(url, luk, follow=True)

    assert "Det mangler: Borgeren har fået indstillingen på skrift" in slut.text
    side = klient.get(url).text
    assert "Holdt" in side
    assert "Jeg turde" in side
    assert "Hvornår?" in side
    klient.post(reverse("opfoelgning:eftermoede_aabn", args=[sag.pk]))
    assert "Afslut eftermødet" in klient.get(url).text


def test_two_writers_see_both_texts(som, sag, indstilling, bruger):
    klient, url = som(bruger), reverse("opfoelgning:eftermoede", args=[sag.pk])
    data = {"laas": 0, "borgerens_ord": "Det ene", "spoergsmaal": ""}
    klient.post(url, data)

    svar = klient.post(url, data | {"borgerens_ord": "Det andet"})
    selv = klient.post(url, data | {"borgerens_ord": "Det andet"}, headers={"HX-Request": "true"})
    luk = klient.post(url, data | {"borgerens_ord": "Det andet", "trin": "luk"})

    assert svar.status_code == selv.status_code == luk.status_code == 409
    assert not Eftermoede.objects.get().holdt_dato
    assert "Det ene" in svar.text
    assert "Det andet" in svar.text


def test_what_is_typed_after_the_closing_stands_in_its_field(som, sag, indstilling, bruger):
    hold(indstilling, af=bruger)

    svar = som(bruger).post(
        reverse("opfoelgning:eftermoede", args=[sag.pk]),
        {"laas": 0, "borgerens_ord": "For sent", "spoergsmaal": ""},
    )

    assert svar.status_code == 422
    assert "For sent" in svar.text
    assert "Åbn det igen" in svar.text


@pytest.mark.parametrize("navn", ["eftermoede", "hvem_goer_hvad", "hvem_goer_hvad_pdf"])
def test_before_the_indstilling_there_is_nothing(som, sag, bruger, navn):
    assert som(bruger).get(reverse(f"opfoelgning:{navn}", args=[sag.pk])).status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
@pytest.mark.parametrize(("navn", "sql"), [("eftermoede", 17), ("hvem_goer_hvad", 14)])
def test_the_pages_take_the_same_statements(
    som, sag, bruger, antal, navn, sql, django_assert_num_queries
):
    indstilling = indstil(sag, 1)
    for nr in range(antal):
        OpgaveFactory(
            indstilling=indstilling,
            bruger=BrugerFactory(),
            paa_eftermoedet=True,
            til_borgeren=f"Linje {nr}",
        )
    klient, url = som(bruger), reverse(f"opfoelgning:{navn}", args=[sag.pk])
    klient.get(url)

    with django_assert_num_queries(sql):
        klient.get(url)
