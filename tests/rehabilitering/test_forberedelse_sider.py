"""The pages of the forberedende del, with and without JavaScript."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from rehabilitering.services import forberedelse as services
from ressource.dansk import dato, ejefald
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.factories import (
    BrugerFactory,
    KvalitetssikringFactory,
    LaegeattestFactory,
    SagFactory,
    SparringsbookingFactory,
)
from tests.rehabilitering.klargoering import begyndt_del, gem_afsnit, skriv_alt

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    return SagFactory(fase="forberedelse", ansvarlig=maja)


@pytest.fixture
def klient(som, maja):
    return som(maja)


def adresse(sag, kode="helbred"):
    return f"{reverse('rehabilitering:forberedende_del', args=[sag.pk])}?afsnit={kode}"


def version(svar):
    felt = re.search(r'<input[^>]*name="version"[^>]*>', svar.text)[0]
    return re.search(r'value="([^"]*)"', felt)[1]


def test_the_page_lists_nine_sections_with_status_and_seven_topics(klient, sag, maja):
    del_ = services.begynd_del(sag, af=maja)
    gem_afsnit(del_, "hidtidig_indsats", {"beskrivelse": "Praktik"}, laas=0, af=maja)
    tekst = services.Rettelse({"egne_ord": "Telefonen", "skrevet_sammen": "ja"})
    services.gem(del_, "udfordringer_beskaeftigelse", afsnit=tekst, er_faerdig=True, af=maja)
    LaegeattestFactory(sag=sag)
    navn = sag.borger.fornavn

    svar = klient.get(adresse(sag))

    punkter = [(punkt.nr, punkt.status, punkt.tekst) for punkt in svar.context["oversigt"].punkter]
    assert punkter[2] == (3, "i_gang", "På arbejdet færdig, derhjemme og socialt mangler")
    assert punkter[6] == (7, "venter", "Venter på læge")
    assert punkter[8] == (9, "i_gang", f"Mangler {ejefald(navn)} egne ord")
    assert svar.text.count("Ikke begyndt") == 6
    assert "0 af 9 afsnit er færdige" in svar.text
    assert "7 samtaleemner: 0 er berørt." in svar.text


def test_without_choice_the_first_unfinished_section_opens(klient, sag, maja):
    del_ = services.begynd_del(sag, af=maja)
    tekst = services.Rettelse({"egne_ord": "Butik", "skrevet_sammen": "ja"}, 0)
    services.gem(del_, "erfaring_ressourcer", afsnit=tekst, er_faerdig=True, af=maja)

    svar = klient.get(reverse("rehabilitering:forberedende_del", args=[sag.pk]))

    assert "<h2>2. Personlige ressourcer og netværk</h2>" in svar.text


def test_gem_stores_section_and_head_and_begins_the_part(klient, sag, maja):
    data = {
        "version": version(klient.get(adresse(sag, "oensker_job_uddannelse"))),
        "egne_ord": "Jeg vil sortere bøger.\r\nI ro.",
        "skrevet_sammen": "delvist",
        "ikke_sammen_begrundelse": "Var syg den ene gang",
        "uenig": "Mødetid før kl. 9",
        "tragt_job": "Det ved jeg ikke",
        "maal": "Medhjælper på bibliotek",
        "maal_art": "job",
        "naeste_skridt": "Besøge biblioteket",
    }

    svar = klient.post(adresse(sag, "oensker_job_uddannelse"), data)

    assert svar.status_code == 302
    del_ = sag.forberedende_dele.get()
    assert del_.afsnit.get().egne_ord == "Jeg vil sortere bøger.\nI ro."
    afsnit = del_.afsnit.get()
    assert (del_.maal, del_.maal_art, del_.tragt_job) == (data["maal"], "job", data["tragt_job"])
    assert (afsnit.skrevet_sammen, afsnit.uenig) == ("delvist", data["uenig"])
    assert del_.oprettet_af == maja


def test_done_goes_on_to_the_next_section_and_back_goes_back(klient, sag):
    def gem(trin):
        felter = {"egne_ord": "Træt", "skrevet_sammen": "ja", "trin": trin}
        return klient.post(adresse(sag), {"version": version(klient.get(adresse(sag)))} | felter)

    assert gem("faerdig")["Location"].endswith("?afsnit=helbred_betydning")
    assert sag.forberedende_dele.get().afsnit.get().faerdig_den is not None
    side = klient.get(adresse(sag)).text
    assert 'data-forrige href="?afsnit=oensker_job_uddannelse"' in side
    assert 'data-naeste href="?afsnit=helbred_betydning"' in side
    gem("genaabn")
    assert sag.forberedende_dele.get().afsnit.get().faerdig_den is None


def test_a_change_after_the_review_says_that_it_lapsed(klient, sag, maja):
    skriv_alt(sag, af=maja)
    side = klient.get(adresse(sag))
    data = {"version": version(side), "egne_ord": "Andet"}

    svar = klient.post(adresse(sag), data, headers=HTMX)

    assert f"gennemgået med borgeren {dato(i_dag())}" in side.text
    assert '<p id="stand" hx-swap-oob="true">Version 1, kladde</p>' in svar.text
    assert "Gennemgå den forberedende del med borgeren igen" in klient.get(adresse(sag)).text


@time_machine.travel("2026-11-25 10:41+01:00", tick=False)
def test_autosave_swaps_the_status_and_renews_the_version(som, maja):
    sag = SagFactory(fase="forberedelse", ansvarlig=maja)
    klient = som(maja)
    foer = version(klient.get(adresse(sag)))

    svar = klient.post(adresse(sag), {"version": foer, "egne_ord": "Ny"}, headers=HTMX)

    assert svar.status_code == 200
    assert "Gemt kl. 10.41" in svar.text
    assert "<html" not in svar.text
    assert 'hx-swap-oob="true"' in svar.text
    naeste = {"version": version(svar), "egne_ord": "Nyere"}
    assert klient.post(adresse(sag), naeste, headers=HTMX).status_code == 200
    assert sag.forberedende_dele.get().afsnit.get().egne_ord == "Nyere"


def test_autosave_says_what_is_wrong_and_stores_nothing(klient, sag):
    data = {"maal": "x" * 201, "egne_ord": "Tekst"}

    svar = klient.post(adresse(sag, "oensker_job_uddannelse"), data, headers=HTMX)

    assert svar.status_code == 422
    assert "Ikke gemt." in svar.text
    assert not sag.forberedende_dele.exists()


def test_an_empty_section_marked_done_is_refused_with_the_form(klient, sag):
    svar = klient.post(adresse(sag), {"uenig": "Alt", "trin": "faerdig"})

    assert svar.status_code == 422
    assert "Afsnittet er tomt" in svar.text
    assert "Alt</textarea>" in svar.text


def test_a_step_that_is_refused_costs_no_text(klient, sag):
    """Without JavaScript, whoever walks away from the refusal has lost nothing."""
    url = adresse(sag, "oensker_job_uddannelse")
    data = {"version": version(klient.get(url)), "egne_ord": "Butik", "maal": "Lager"}

    for trin in ("faerdig", "tragt-ja-1"):
        svar = klient.post(url, data | {"trin": trin})
        assert svar.status_code == 422
        assert "Gemt kl." in svar.text
        del_ = sag.forberedende_dele.get()
        assert (del_.afsnit.get().egne_ord, del_.maal) == (data["egne_ord"], data["maal"])
        # What is typed next is no conflict with oneself.
        data |= {"version": version(svar), "egne_ord": f"Butik, efter {trin}"}


def test_a_closed_part_is_read_and_a_save_is_refused_with_the_text(klient, sag, maja):
    skriv_alt(sag, af=maja)
    sag.forberedende_dele.update(status="kvalitetssikret")

    side = klient.get(adresse(sag))
    svar = klient.post(adresse(sag), {"egne_ord": "Min nye tekst"})

    assert 'id="skriv"' not in side.text
    assert "Om Helbred" in side.text
    assert svar.status_code == 422
    assert "godkendt og kan ikke rettes" in svar.text
    assert "Min nye tekst" in svar.text


def test_a_new_version_is_begun_from_the_closed_one(klient, sag, maja):
    skriv_alt(sag, af=maja)
    sag.forberedende_dele.update(status="forelagt")
    assert "Begynd en ny version" in klient.get(adresse(sag)).text

    klient.post(reverse("rehabilitering:forberedende_begynd", args=[sag.pk]))

    assert "Version 2, kladde" in klient.get(adresse(sag)).text


def test_sparring_answers_are_shown(klient, sag):
    SparringsbookingFactory(
        sag=sag,
        svar="Start efter kl. 9.",
        er_afklaret=True,
        besvaret_af=BrugerFactory(navn="Birgit Falk"),
        besvaret_den=timezone.now(),
    )
    SparringsbookingFactory(
        sag=sag, tid__start=timezone.now() + timedelta(days=9), eget_spoergsmaal="Ubesvaret"
    )

    svar = klient.get(adresse(sag))

    assert "Fra sparring" in svar.text
    assert "Start efter kl. 9." in svar.text
    assert "Birgit Falk" in svar.text
    assert "Ubesvaret" not in svar.text


def test_gennemgaaet_is_recorded_and_a_future_date_refused(klient, sag, maja):
    services.begynd_del(sag, af=maja)
    url = reverse("rehabilitering:forberedende_gennemgaaet", args=[sag.pk])

    frem = klient.post(url, {"dato": dato(i_dag() + timedelta(days=1))})
    svar = klient.post(url, {"dato": dato(i_dag())})

    assert frem.status_code == 422
    assert "Datoen ligger i fremtiden" in frem.text
    assert svar.status_code == 302
    assert sag.forberedende_dele.get().gennemgaaet_dato == i_dag()


@pytest.mark.parametrize("rolle", ["faglig_konsulent", "teammedlem", "sundhedskoordinator"])
def test_readers_get_all_sections_and_no_form(som, sag, maja, rolle):
    skriv_alt(sag, af=maja)
    laeser = BrugerFactory(roller=[rolle])
    sag.tildelinger.create(bruger=laeser, art="medvirkende")
    klient = som(laeser)

    svar = klient.get(adresse(sag))

    assert "Om Hidtidig indsats" in svar.text
    assert 'id="skriv"' not in svar.text
    assert klient.post(adresse(sag), {"egne_ord": "Nej"}).status_code == 403


@pytest.mark.parametrize(
    "rolle", ["mentor", "virksomhedskonsulent", "uddannelsesvejleder", "leder"]
)
def test_roles_without_a_need_are_refused(som, sag, rolle):
    bruger = BrugerFactory(roller=[rolle])
    sag.tildelinger.create(bruger=bruger, art="medvirkende")

    assert som(bruger).get(adresse(sag)).status_code == 403


def test_a_stranger_finds_nothing(som, sag):
    klient = som("sagsbehandler")

    assert klient.get(adresse(sag)).status_code == 404
    assert klient.post(adresse(sag), {"egne_ord": "x"}).status_code == 404


def test_before_the_screening_is_decided_the_page_shows_the_way(som, maja):
    sag = SagFactory(ansvarlig=maja)

    svar = som(maja).get(adresse(sag))

    assert reverse("rehabilitering:screening", args=[sag.pk]) in svar.text


def test_reading_writes_only_the_look_up(klient, sag, maja):
    begyndt = begyndt_del(af=maja)
    foer = Haendelse.objects.count()

    klient.get(adresse(begyndt.sag))

    assert Haendelse.objects.count() == foer
    assert Opslag.objects.filter(sag_id=begyndt.sag_id, objekt="forberedende_del").count() == 1


def test_the_writing_page_takes_few_statements(klient, sag, maja, django_assert_num_queries):
    skriv_alt(sag, af=maja)
    for dag in (1, 2, 3):
        SparringsbookingFactory(
            sag=sag,
            tid__start=timezone.now() + timedelta(days=dag),
            svar="Ja",
            er_afklaret=True,
            besvaret_af=maja,
            besvaret_den=timezone.now(),
        )

    with django_assert_num_queries(17):
        klient.get(adresse(sag))


def test_what_the_consultant_sent_back_stands_at_its_section(klient, sag, maja):
    del_ = services.begynd_del(sag, af=maja)
    KvalitetssikringFactory(
        sag=sag,
        forberedende_del=del_,
        resultat="retur",
        begrundelse="Næsten færdig",
        bemaerkninger={"helbred": "Skriv om søvnen"},
        afgjort_af=BrugerFactory(),
        afgjort_den=timezone.now(),
    )

    her, andet = klient.get(adresse(sag)).text, klient.get(adresse(sag, "hidtidig_indsats")).text

    assert "Skriv om søvnen" in her
    assert "Skriv om søvnen" not in andet
    for side in (her, andet):
        assert "Sendt retur fra kvalitetssikring: Næsten færdig" in side
        assert side.count("Bemærkning fra faglig konsulent") == 1


def test_talks_tell_what_is_still_to_be_talked_about(klient, sag, maja):
    del_ = services.begynd_del(sag, af=maja)
    koder = [emne["kode"] for emne in sag.regelsaet.samtaleemner]
    for emner in (koder[:4], koder[2:-1]):
        del_.samtaler.create(dato=i_dag(), emner=emner, foert_af=maja)

    side = klient.get(adresse(sag)).text

    assert "ved 2 samtaler" in side
    assert "7 samtaleemner: 6 er berørt." in side
    assert sag.regelsaet.samtaleemner[-1]["titel"] in side


@pytest.mark.parametrize(("kode", "overskrift"), [("udfordringer", "På arbejdet"), ("x", "CV")])
def test_an_address_of_a_section_opens_its_first_part(klient, sag, kode, overskrift):
    svar = klient.get(adresse(sag, kode))

    assert overskrift in svar.context["linje"].titel
