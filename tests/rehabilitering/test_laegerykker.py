"""The reminder to the GP as a letter: seen, sent with a consent, kept on the case."""

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere.models import Forsendelse, Sag
from rehabilitering.services import laegeattest
from rehabilitering.services import laegerykker as services
from ressource import pdf
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.factories import (
    BorgerFactory,
    BrugerFactory,
    ForberedendeDelFactory,
    LaegeattestFactory,
    LaegeattestrykkerFactory,
    LaegepraksisFactory,
    SagFactory,
    SamtykkeFactory,
)
from tests.rehabilitering.klargoering import fil

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def rykker(maja):
    praksis = LaegepraksisFactory(navn="Lægerne Torvet", adresse="Torvet 1", postnummer="7000")
    borger = BorgerFactory(laegepraksis=praksis, adresse="Elmevej 12")
    sag = SagFactory(fase="forberedelse", ansvarlig=maja, borger=borger)
    attest = LaegeattestFactory(
        sag=sag, anmodet_dato=date(2026, 9, 1), spoergsmaal="Hvor mange timer?", anmodet_af=maja
    )
    return LaegeattestrykkerFactory(attest=attest)


@pytest.fixture
def samtykke(rykker):
    return SamtykkeFactory(
        borger=rykker.attest.sag.borger, modtager="egen_laege", informationstyper=["helbred"]
    )


@pytest.fixture
def hurtig_pdf(monkeypatch):
    monkeypatch.setattr(pdf, "skriv_pdf", lambda *args, **kwargs: b"%PDF-1.7\nrykker\n%%EOF")


def adresse(navn, rykker):
    return reverse(f"rehabilitering:{navn}", args=[rykker.attest.sag_id, rykker.pk])


@pytest.mark.usefixtures("samtykke", "hurtig_pdf")
def test_a_sent_reminder_lies_on_the_case_with_what_it_rests_on(rykker, maja, samtykke):
    rykker = services.send(rykker, kanal="sikker_mail", af=maja)

    assert (rykker.sendt_dato, rykker.sendt_af) == (i_dag(), maja)
    forsendelse = Forsendelse.objects.get()
    assert (forsendelse.modtager_navn, forsendelse.samtykke) == ("Lægerne Torvet", samtykke)
    assert forsendelse.dokument.titel == "Rykker nr. 1 for LÆ 265"
    assert Haendelse.objects.filter(kode="laegeattest.rykker_sendt", af=maja).count() == 1
    with pytest.raises(ValidationError, match="allerede sendt"):
        services.send(rykker, kanal="brev", af=maja)


@pytest.mark.usefixtures("hurtig_pdf")
def test_without_a_consent_nothing_is_kept_but_the_refusal(rykker, maja):
    with pytest.raises(ValidationError, match="ikke givet samtykke"):
        services.send(rykker, kanal="sikker_mail", af=maja)

    rykker.refresh_from_db()
    assert rykker.sendt_dato is None
    assert not rykker.attest.sag.dokumenter.exists()
    assert Haendelse.objects.filter(kode="deling.afvist").count() == 1


def svaret(rykker, maja):
    laegeattest.modtag(rykker.attest, fil(), modtaget_dato=i_dag(), af=maja)


def annulleret(rykker, maja):
    laegeattest.annuller(rykker.attest, begrundelse="Fejl", af=maja)


def afloest(rykker, maja):
    LaegeattestrykkerFactory(attest=rykker.attest, nr=2)


@pytest.mark.usefixtures("samtykke", "hurtig_pdf")
@pytest.mark.parametrize(
    ("sker", "besked"),
    [
        (svaret, "Lægen har svaret"),
        (annulleret, "annulleret"),
        (afloest, "nyere rykker"),
    ],
)
def test_a_reminder_that_is_overtaken_is_not_sent(rykker, maja, sker, besked):
    sker(rykker, maja)

    with pytest.raises(ValidationError, match=besked):
        services.send(rykker, kanal="sikker_mail", af=maja)

    assert not Forsendelse.objects.exists()


def test_the_letter_is_addressed_to_the_practice_and_logged(som, rykker, maja):
    svar = som(maja).get(adresse("laegerykker_brev", rykker))

    tekst = "".join(side.extract_text() for side in pypdf.PdfReader(BytesIO(svar.content)).pages)
    for ventet in ("Lægerne Torvet", "1. september 2026", "Hvor mange timer?", "rykker nr. 1"):
        assert ventet in tekst
    assert rykker.attest.sag.borger.navn in tekst
    assert "Elmevej" not in tekst
    opslag = Opslag.objects.get()
    assert (opslag.objekt, opslag.handling) == ("laegerykker", Opslag.Handling.UDSKRIV)


@pytest.mark.usefixtures("hurtig_pdf")
def test_the_page_says_what_is_missing_and_then_sends(som, rykker, maja):
    klient, sag = som(maja), rykker.attest.sag
    ForberedendeDelFactory(sag=sag)
    side = reverse("rehabilitering:laegeattest", args=[sag.pk])
    data = {"rykker-kanal": "sikker_mail"}

    foer = klient.get(side).text
    assert "Rykker nr. 1 blev lavet" in foer
    assert reverse("borgere:samtykke_ny", args=[sag.pk]) in foer
    afvist = klient.post(adresse("laegerykker_send", rykker), data)
    assert afvist.status_code == 422
    assert "ikke givet samtykke" in afvist.text
    assert "Send rykker til lægen" in klient.get(reverse("sag", args=[sag.pk])).text

    SamtykkeFactory(borger=sag.borger, modtager="egen_laege", informationstyper=["helbred"])
    assert klient.post(adresse("laegerykker_send", rykker), data).status_code == 302
    assert "af Maja Kirkegaard" in klient.get(side).text


def test_another_cases_reminder_is_not_found(som, rykker, maja):
    fremmed = LaegeattestrykkerFactory()
    url = reverse("rehabilitering:laegerykker_brev", args=[rykker.attest.sag_id, fremmed.pk])

    assert som(maja).get(url).status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_page_takes_the_same_statements(som, rykker, maja, antal, django_assert_num_queries):
    for nr in range(2, antal + 2):
        LaegeattestrykkerFactory(attest=rykker.attest, nr=nr, dato=i_dag() + timedelta(days=nr))
    klient = som(maja)
    sag = Sag.objects.get(pk=rykker.attest.sag_id)

    with django_assert_num_queries(12):
        klient.get(reverse("rehabilitering:laegeattest", args=[sag.pk]))
