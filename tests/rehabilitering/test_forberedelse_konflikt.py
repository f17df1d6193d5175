"""Two people write at once: the second sees both texts, and neither loses a word."""

import re

import pytest
from django.urls import reverse

from rehabilitering.forms.forberedelse import Stand
from rehabilitering.services import forberedelse as services
from ressource.models import Opslag
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db


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
    services.gem_afsnit(del_, "helbred", {"egne_ord": "Jeg har anfald."}, laas=0, af=maja)
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

    svar = hendes.post(adresse(sag), side | {"egne_ord": "Hendes"}, headers={"HX-Request": "true"})

    assert svar.status_code == 409
    assert "<html" not in svar.text
    assert "Ikke gemt. Jonas Holt gemte, mens du skrev." in svar.text
    assert tekst(sag) == "Hans"


def test_the_head_conflicts_by_itself_and_the_section_is_kept(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    hendes_side = felter(hendes.get(adresse(sag)))
    hans_side = felter(hans.get(adresse(sag, "udfordringer")))
    hans.post(adresse(sag, "udfordringer"), hans_side | {"uenig": "Kl. 9", "skrevet_sammen": "ja"})

    data = hendes_side | {"egne_ord": "Ny tekst", "uenig": "Kl. 8", "skrevet_sammen": "nej"}
    svar = hendes.post(adresse(sag), data)

    assert svar.status_code == 409
    assert tekst(sag) == "Jeg har anfald."
    hendes.post(adresse(sag), formularer(svar)[0])
    del_ = sag.forberedende_dele.get()
    assert (tekst(sag), del_.uenig, del_.skrevet_sammen) == ("Ny tekst", "Kl. 8", "nej")


def test_who_left_the_head_alone_is_not_in_its_writers_way(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    hendes_side = felter(hendes.get(adresse(sag)))
    hans_side = felter(hans.get(adresse(sag, "udfordringer")))
    hans.post(adresse(sag, "udfordringer"), hans_side | {"uenig": "Kl. 9"})

    svar = hendes.post(adresse(sag), hendes_side | {"egne_ord": "Hendes"})

    assert svar.status_code == 302
    assert tekst(sag) == "Hendes"
    assert sag.forberedende_dele.get().uenig == "Kl. 9"


def test_a_section_left_alone_is_not_put_back(som, sag, maja, jonas):
    hendes, hans = som(maja), som(jonas)
    hendes_side = felter(hendes.get(adresse(sag)))
    hans.post(adresse(sag), hendes_side | {"egne_ord": "Hans"})

    svar = hendes.post(adresse(sag), hendes_side | {"uenig": "Hendes"})

    assert svar.status_code == 302
    assert tekst(sag) == "Hans"
    assert sag.forberedende_dele.get().uenig == "Hendes"


@pytest.mark.parametrize("version", ["", "x", "-", "9.9-9.9-9.9", "².", "9" * 5000])
def test_a_broken_version_counts_as_stale(som, sag, maja, version):
    klient = som(maja)

    svar = klient.post(adresse(sag), {"version": version, "egne_ord": "Andet"})

    assert svar.status_code == 409
    assert tekst(sag) == "Jeg har anfald."


def test_a_section_never_written_in_holds_nothing_to_undo(som, sag, maja):
    data = {"version": "x", "egne_ord": "Gæld", "uenig": "Kl. 9"}

    svar = som(maja).post(adresse(sag, "udfordringer"), data)

    assert svar.status_code == 302
    assert tekst(sag, "udfordringer") == "Gæld"


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
    assert Stand.af(1, {"a": "x\r\ny "}) == Stand.af(1, {"a": "x\ny"})
    assert Stand.laes(str(Stand.af(3, {"a": None}))) == Stand.af(3, {"a": None})
