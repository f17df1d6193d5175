"""The shared screen: nothing internal leaves the server, and what is written there is theirs."""

import pytest
from django.urls import reverse

from rehabilitering.services import forberedelse as services
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import BrugerFactory, SagFactory
from tests.rehabilitering.klargoering import gem_afsnit, gem_del

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
INTERNT = "Sagsbehandlerens egen vurdering"
KODE = "oensker_job_uddannelse"


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(fase="forberedelse", ansvarlig=maja)


@pytest.fixture
def klient(som, maja):
    return som(maja)


@pytest.fixture
def del_(sag, maja):
    del_ = services.begynd_del(sag, af=maja)
    felter = {
        "egne_ord": "Jeg vil sortere bøger.",
        "beskrivelse": INTERNT,
        "skrevet_sammen": "nej",
        "ikke_sammen_begrundelse": "Hun var syg den dag",
    }
    gem_afsnit(del_, KODE, felter, laas=0, af=maja)
    hoved = {
        "maal": "Medhjælper på bibliotek",
        "tragt_opgaver": "Sortere og sætte på plads.",
        "spoergetragt_niveau": 2,
    }
    return gem_del(del_, hoved, laas=0, af=maja)


def adresse(sag, kode=KODE):
    return f"{reverse('rehabilitering:sammen', args=[sag.pk])}?afsnit={kode}"


def felter(svar):
    """What a browser would send back from the page."""
    form = svar.context["form"]
    return {navn: form[navn].value() or "" for navn in form.fields}


def afsnit(sag, kode=KODE):
    return sag.forberedende_dele.get().afsnit.get(kode=kode)


def test_nothing_internal_is_on_the_page(klient, sag, del_):
    svar = klient.get(adresse(sag))

    assert "Hvad kunne du tænke dig at arbejde med?" in svar.text
    assert "Jeg vil sortere bøger." in svar.text
    assert "Medhjælper på bibliotek" in svar.text
    assert "Du sagde sidst: Sortere og sætte på plads." in svar.text
    for internt in (INTERNT, "Hun var syg", sag.borger.navn, sag.sagsnummer, "Maja", "app-nav"):
        assert internt not in svar.text
    assert {"sag", "borger", "fakta"}.isdisjoint(svar.context.keys())
    assert Opslag.objects.latest("id").objekt == "forberedende_sammen"


def test_what_is_written_there_is_written_together(klient, sag, del_):
    data = felter(klient.get(adresse(sag)))

    svar = klient.post(
        adresse(sag),
        data
        | {"egne_ord": "Jeg vil køre bus.\r\nI ro.", "maal": "Chauffør", "uenig": "Ikke før 9"}
        | {"trin": "videre"},
    )

    assert svar.status_code == 302
    assert svar["Location"].endswith("?afsnit=helbred")
    raekke = afsnit(sag)
    assert (raekke.egne_ord, raekke.uenig) == ("Jeg vil køre bus.\nI ro.", "Ikke før 9")
    assert (raekke.skrevet_sammen, raekke.ikke_sammen_begrundelse) == ("ja", "")
    assert (raekke.sammen_dato, raekke.beskrivelse) == (i_dag(), INTERNT)
    assert sag.forberedende_dele.get().maal == "Chauffør"


def test_going_on_confirms_what_stood_there_and_going_back_does_not(klient, sag, del_):
    data = felter(klient.get(adresse(sag)))

    klient.post(adresse(sag), data | {"trin": "tilbage"})
    assert afsnit(sag).skrevet_sammen == "nej"
    klient.post(adresse(sag), data | {"trin": "videre"})
    assert afsnit(sag).skrevet_sammen == "ja"


def test_an_empty_topic_that_is_passed_stays_unwritten(klient, sag):
    svar = klient.post(adresse(sag, "helbred"), {"version": "", "trin": "videre"})

    assert svar.status_code == 302
    assert not sag.forberedende_dele.exists()


def test_both_parts_of_a_section_are_topics_and_the_last_leads_to_the_end(klient, sag):
    svar = klient.get(adresse(sag, "udfordringer_beskaeftigelse"))

    assert "Emne 3 af 9" in svar.text
    assert "På arbejdet" in svar.text
    assert "Videre: Derhjemme og socialt" in svar.text
    sidst = klient.post(adresse(sag, "hidtidig_indsats"), {"version": "", "trin": "videre"})
    slut = klient.get(sidst["Location"])
    assert "Nu har vi været hele vejen rundt" in slut.text


def test_autosave_answers_with_the_status_and_a_new_version(klient, sag, del_):
    data = felter(klient.get(adresse(sag))) | {"egne_ord": "Nyt"}

    svar = klient.post(adresse(sag), data, headers=HTMX)

    assert "Gemt kl." in svar.text
    assert svar.text.count('name="version"') == 1
    assert "<html" not in svar.text
    igen = klient.post(adresse(sag), data | {"egne_ord": "Nyt igen"}, headers=HTMX)
    # Without the new version the page has not seen its own save.
    assert igen.status_code == 409
    data["version"] = svar.text.split('value="')[1].split('"')[0]
    assert (
        klient.post(adresse(sag), data | {"egne_ord": "Nyt igen"}, headers=HTMX).status_code == 200
    )


def test_another_field_of_the_same_section_is_no_conflict(klient, sag, del_, maja):
    data = felter(klient.get(adresse(sag)))
    anden = services.Rettelse({"beskrivelse": "Rettet imens"}, laas=afsnit(sag).laas)
    services.gem(del_, KODE, afsnit=anden, af=maja)

    svar = klient.post(adresse(sag), data | {"egne_ord": "Nyt", "trin": "videre"})

    assert svar.status_code == 302
    assert (afsnit(sag).egne_ord, afsnit(sag).beskrivelse) == ("Nyt", "Rettet imens")


def test_both_texts_are_shown_when_another_wrote_in_the_same_field(klient, sag, del_):
    jonas = BrugerFactory(navn="Jonas Holt")
    data = felter(klient.get(adresse(sag)))
    hans = {"egne_ord": "Jonas' tekst", "uenig": "Jonas' uenighed"}
    services.gem(del_, KODE, afsnit=services.Rettelse(hans, laas=afsnit(sag).laas), af=jonas)

    svar = klient.post(adresse(sag), data | {"egne_ord": "Vores tekst", "trin": "videre"})

    assert svar.status_code == 409
    assert "Jonas&#x27; tekst" in svar.text
    nyt = felter(svar)
    # What was left alone is renewed; what was typed stays, and is laid aside as well.
    assert (nyt["egne_ord"], nyt["uenig"]) == ("Vores tekst", "Jonas' uenighed")
    assert [t.tekst for t in del_.sidelagte.all()] == ["Vores tekst"]
    assert "Jonas Holt" not in svar.text
    assert klient.post(adresse(sag), nyt | {"trin": "videre"}).status_code == 302
    assert (afsnit(sag).egne_ord, afsnit(sag).uenig) == ("Vores tekst", "Jonas' uenighed")
    assert {"Vores tekst", "Jonas' tekst"} <= {t.tekst for t in del_.sidelagte.all()}


def test_a_closed_part_is_shown_and_not_written(klient, sag, del_):
    del_.gennemgaaet_dato, del_.status = i_dag(), "kvalitetssikret"
    del_.save()

    svar = klient.get(adresse(sag))

    assert "Jeg vil sortere bøger." in svar.text
    assert "<textarea" not in svar.text
    afvist = klient.post(adresse(sag), {"version": "", "egne_ord": "Nyt", "trin": "videre"})
    assert afvist.status_code == 422
    assert "Nyt" in afvist.text


@pytest.mark.parametrize("antal", [1, 9])
def test_the_page_costs_the_same_however_much_is_written(
    klient, sag, maja, antal, django_assert_num_queries
):
    del_ = services.begynd_del(sag, af=maja)
    for kode in services.afsnitskoder(sag)[:antal]:
        gem_afsnit(del_, kode, {"egne_ord": "Tekst"}, laas=0, af=maja)

    with django_assert_num_queries(8):
        klient.get(adresse(sag))
