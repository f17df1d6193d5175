"""Two people write at once: the second sees both texts, and neither loses a word."""

import re

import pytest
from django.urls import reverse

from rehabilitering import aftryk
from rehabilitering.services import forberedelse as services
from ressource.models import Haendelse, Opslag
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import BrugerFactory, SagFactory
from tests.rehabilitering.klargoering import gem_afsnit

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def jonas():
    return BrugerFactory(navn="Jonas Holt")


@pytest.fixture
def sag(maja, jonas):
    sag = SagFactory(fase="forberedelse", ansvarlig=maja)
    sag.tildelinger.create(bruger=jonas, art="medvirkende")
    del_ = services.begynd_del(sag, af=maja)
    gem_afsnit(del_, "helbred", {"egne_ord": "Jeg har anfald."}, laas=0, af=maja)
    return sag


def adresse(sag, kode="helbred"):
    return f"{reverse('rehabilitering:forberedende_del', args=[sag.pk])}?afsnit={kode}"


def felter(svar):
    """What a browser would send back from the page: the stored values and the version."""
    form = svar.context["form"]
    return {navn: "" if v is None else v for navn, v in form.initial.items() if navn in form.fields}


def formularer(svar):
    """The fields of each form on the conflict page."""
    fundne = []
    for form in re.findall(r"<form method=\"post\".*?</form>", svar.text, re.DOTALL):
        skjulte = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
        tekster = re.findall(
            r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL
        )
        data = dict(skjulte) | dict(tekster)
        if "version" in data:
            data.pop("csrfmiddlewaretoken", None)
            fundne.append(data)
    return fundne


@pytest.fixture
def sammenstoed(som, sag, maja, jonas):
    """Maja's answer after Jonas saved the section she had open."""
    hendes, hans = som(maja), som(jonas)
    hendes_side = felter(hendes.get(adresse(sag)))
    hans_side = felter(hans.get(adresse(sag)))
    hans.post(adresse(sag), hans_side | {"egne_ord": "Jeg har fire anfald."})
    svar = hendes.post(adresse(sag), hendes_side | {"egne_ord": "Jeg har to anfald."})
    return hendes, svar


def tekst(sag, kode="helbred"):
    return sag.forberedende_dele.get().afsnit.get(kode=kode).egne_ord


def test_the_second_writer_sees_both_texts(sammenstoed, sag, maja):
    _, svar = sammenstoed

    assert svar.status_code == 409
    assert "I har begge skrevet i afsnit 5, Helbred" in svar.text
    assert "Jonas Holt" in svar.text
    assert sag.sagsnummer in svar.text
    assert "<ins>to</ins>" in svar.text
    assert "<ins>fire</ins>" in svar.text
    assert tekst(sag) == "Jeg har fire anfald."
    assert Opslag.objects.filter(bruger=maja, sag_id=sag.pk).count() == 2


def test_each_choice_on_the_conflict_page_saves(sammenstoed, sag):
    klient, svar = sammenstoed
    mine, andens, samlet = formularer(svar)

    for data, ventet in (
        (mine, "Jeg har to anfald."),
        (andens, "Jeg har fire anfald."),
        (samlet, "Jeg har [to / fire] anfald."),
    ):
        sag.forberedende_dele.get().afsnit.update(laas=2, egne_ord="Jeg har fire anfald.")
        assert klient.post(adresse(sag), data).status_code == 302
        assert tekst(sag) == ventet


def test_a_third_save_meets_the_conflict_page_again(sammenstoed, sag, jonas, som):
    klient, svar = sammenstoed
    hans = som(jonas)
    hans.post(adresse(sag), felter(hans.get(adresse(sag))) | {"egne_ord": "Jeg har fem anfald."})

    igen = klient.post(adresse(sag), formularer(svar)[0])

    assert igen.status_code == 409
    assert tekst(sag) == "Jeg har fem anfald."


def test_autosave_in_a_conflict_leaves_the_page_and_says_so(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    side = felter(hendes.get(adresse(sag)))
    hans.post(adresse(sag), side | {"egne_ord": "Hans"})

    svar = hendes.post(adresse(sag), side | {"egne_ord": "Hendes"}, headers=HTMX)

    assert svar.status_code == 409
    assert "<html" not in svar.text
    assert "Ikke gemt. Jonas Holt gemte, mens du skrev." in svar.text
    assert tekst(sag) == "Hans"


OENSKER = "oensker_job_uddannelse"


def test_goal_and_section_conflict_by_themselves_and_nothing_else_is_asked(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    hendes_side = felter(hendes.get(adresse(sag, OENSKER)))
    hans.post(adresse(sag, OENSKER), hendes_side | {"maal": "Lager", "maal_art": "job"})

    data = hendes_side | {"egne_ord": "Ny tekst", "maal": "Butik", "maal_art": "uddannelse"}
    svar = hendes.post(adresse(sag, OENSKER), data)

    assert svar.status_code == 409
    assert "saml-egne_ord" not in svar.text
    hendes.post(adresse(sag, OENSKER), formularer(svar)[0])
    del_ = sag.forberedende_dele.get()
    assert (tekst(sag, OENSKER), del_.maal, del_.maal_art) == ("Ny tekst", "Butik", "uddannelse")


def test_two_fields_of_one_section_are_no_conflict(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    side = felter(hendes.get(adresse(sag)))
    hans.post(adresse(sag), side | {"egne_ord": "Hans"})

    svar = hendes.post(adresse(sag), side | {"beskrivelse": "Hendes"})

    assert svar.status_code == 302
    afsnit = sag.forberedende_dele.get().afsnit.get(kode="helbred")
    assert (afsnit.egne_ord, afsnit.beskrivelse) == ("Hans", "Hendes")


def test_what_was_left_alone_is_not_put_back_by_the_next_automatic_save(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    side = felter(hendes.get(adresse(sag)))
    hans.post(adresse(sag), side | {"egne_ord": "Hans"})

    for ord_ in ("Hendes", "Hendes egne"):
        svar = hendes.post(adresse(sag), side | {"beskrivelse": ord_}, headers=HTMX)
        assert svar.status_code == 200
        side["version"] = re.search(r'id="version" value="([^"]*)"', svar.text)[1]

    afsnit = sag.forberedende_dele.get().afsnit.get(kode="helbred")
    assert (afsnit.egne_ord, afsnit.beskrivelse) == ("Hans", "Hendes egne")


def test_the_choice_leaves_what_another_changed_elsewhere(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    side = felter(hendes.get(adresse(sag)))
    hans.post(adresse(sag), side | {"egne_ord": "Hans", "uenig": "Mødetiden"})
    svar = hendes.post(adresse(sag), side | {"egne_ord": "Hendes"})

    hendes.post(adresse(sag), formularer(svar)[0])

    afsnit = sag.forberedende_dele.get().afsnit.get(kode="helbred")
    assert (afsnit.egne_ord, afsnit.uenig) == ("Hendes", "Mødetiden")


def test_the_losers_text_is_laid_aside_whoever_that_is(sammenstoed, sag, maja, jonas):
    klient, svar = sammenstoed
    del_ = sag.forberedende_dele.get()

    def lagt():
        return [(t.tekst, t.skrevet_af) for t in del_.sidelagte.order_by("pk")]

    assert lagt() == [("Jeg har to anfald.", maja)]
    klient.post(adresse(sag), formularer(svar)[0])
    assert lagt() == [("Jeg har to anfald.", maja), ("Jeg har fire anfald.", jonas)]
    side = klient.get(reverse("rehabilitering:sidelagte_tekster", args=[sag.pk]))
    assert "5. Helbred: Borgerens egne ord" in side.text
    assert "Jeg har fire anfald." in side.text


def test_an_automatic_save_lays_aside_in_bunches(som, sag, maja, jonas, django_assert_num_queries):
    hendes, hans = som(maja), som(jonas)
    side = felter(hendes.get(adresse(sag)))
    hans.post(adresse(sag), side | {"egne_ord": "Hans"})
    sti = reverse("rehabilitering:sidelagte_tekster", args=[sag.pk])

    for antal, ord_ in enumerate(("He", "Hendes", "Hendes", "Hendes tekst")):
        hendes.post(adresse(sag), side | {"egne_ord": ord_}, headers=HTMX)
        if antal in {0, 3}:
            with django_assert_num_queries(10):
                svar = hendes.get(sti)

    assert sag.forberedende_dele.get().sidelagte.count() == 3
    assert svar.text.count('class="afsnit"') == 1
    assert "2 tidligere udgaver" in svar.text
    assert Haendelse.objects.filter(kode="forberedende_del.lagt_til_side").count() == 1


@pytest.mark.parametrize("side", ["forberedende_del", "sammen"])
def test_text_typed_while_a_colleague_hands_the_case_in_is_laid_aside(som, sag, maja, side):
    klient = som(maja)
    sti = f"{reverse(f'rehabilitering:{side}', args=[sag.pk])}?afsnit=helbred"
    data = felter(klient.get(sti))
    sag.fase = "kvalitetssikring"
    sag.save(update_fields=["fase"])

    for _ in range(2):
        svar = klient.post(sti, data | {"egne_ord": "Jeg har tre anfald."}, headers=HTMX)
    uaendret = klient.post(sti, data, headers=HTMX)

    assert svar.status_code == 422
    assert "lagt til side" in svar.text
    assert "lagt til side" not in uaendret.text
    assert [t.tekst for t in sag.forberedende_dele.get().sidelagte.all()] == ["Jeg har tre anfald."]
    assert "Tekster lagt til side (1)" in klient.get(adresse(sag)).text


@pytest.mark.parametrize("version", ["", "x", "-", "9.9-9.9-9.9", "².", "9" * 5000])
def test_a_broken_version_counts_as_stale(som, sag, maja, version):
    klient = som(maja)

    svar = klient.post(adresse(sag), {"version": version, "egne_ord": "Andet"})

    assert svar.status_code == 409
    assert tekst(sag) == "Jeg har anfald."


def test_a_section_never_written_in_holds_nothing_to_undo(som, sag, maja):
    data = {"version": "x", "egne_ord": "Gæld", "uenig": "Huslejen"}

    svar = som(maja).post(adresse(sag, "udfordringer_social"), data)

    assert svar.status_code == 302
    assert tekst(sag, "udfordringer_social") == "Gæld"


def test_a_conflict_that_is_gone_when_looked_at_is_saved(som, sag, maja, monkeypatch):
    klient = som(maja)
    side = felter(klient.get(adresse(sag)))
    rigtig, kald = services.gem, []

    def gem(*argumenter, **navngivne):
        kald.append(1)
        if len(kald) == 1:
            raise ForaeldetVersionError
        return rigtig(*argumenter, **navngivne)

    monkeypatch.setattr(services, "gem", gem)

    svar = klient.post(adresse(sag), side | {"egne_ord": "Ny"})

    assert svar.status_code == 302
    assert tekst(sag) == "Ny"


def test_line_ends_and_space_are_no_change():
    assert aftryk.aftryk("x\r\ny ") == aftryk.aftryk("x\ny")
    assert aftryk.laes(aftryk.skriv({"a": "1", "b": "2"})) == {"a": "1", "b": "2"}
