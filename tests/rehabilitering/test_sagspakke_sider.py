"""The pages of case packages: the meeting's list, the case's own, and the PDF that is read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from borgere.models import Tildeling
from rehabilitering.models import Sagspakke
from rehabilitering.services import sagspakke
from ressource.kalender import i_dag
from ressource.models import Opslag, Rolle
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    DokumentFactory,
    MoededeltagerFactory,
    SagspakkeFactory,
    SagspakkeudgaveFactory,
    TeammoedeFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db
# Statements, whatever the number of rows.
ANTAL_LISTE = 19
DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 08:00:00+01:00", tick=True)


@pytest.fixture
def koordinator(som):
    return som("moedekoordinator")


@pytest.fixture
def moede():
    return TeammoedeFactory(dato=i_dag() + 14 * DAG)


@pytest.fixture
def punkt(moede):
    return DagsordenspunktFactory(
        moede=moede, sag__borger__fornavn="Kim", sag__ansvarlig=BrugerFactory()
    )


def liste(moede):
    return reverse("rehabilitering:sagspakker", args=[moede.pk])


def tekst(response):
    return " ".join(response.content.decode().split())


def medlem(punkt, rolle=Rolle.TEAMMEDLEM):
    """Somebody who sits in the meeting and has been let in."""
    bruger = MoededeltagerFactory(moede=punkt.moede, bruger__roller=[rolle]).bruger
    TildelingFactory(sag=punkt.sag, bruger=bruger, art=Tildeling.Art.TEAMMOEDE)
    return bruger


def faerdig(punkt, udgave="fuld"):
    """A published package whose PDF is made."""
    pakke = punkt.pakker.first() or SagspakkeFactory(punkt=punkt)
    return SagspakkeudgaveFactory(pakke=pakke, udgave=udgave).pakke


def test_whole_meeting_is_sent_by_one_button(koordinator, punkt):
    MoededeltagerFactory(moede=punkt.moede)
    assert "Send sagspakker til teamet (1)" in tekst(koordinator.get(liste(punkt.moede)))

    svar = koordinator.post(
        reverse("rehabilitering:sagspakker_send", args=[punkt.moede_id]), follow=True
    )

    assert "1 sagspakke er udgivet" in tekst(svar)
    assert "Læst af 0 af 1" in tekst(svar)
    assert "Send sagspakker til teamet" not in tekst(svar)


def test_overblik_tells_what_is_not_sent_and_since_when(koordinator, punkt):
    side = koordinator.get(reverse("overblik")).content.decode()
    assert "1 er ikke sendt, senest" in side
    SagspakkeFactory(punkt=punkt)
    assert "er ikke sendt" not in koordinator.get(reverse("overblik")).content.decode()


def test_one_case_is_published_and_taken_back(koordinator, punkt):
    udgiv = reverse("rehabilitering:sagspakke_udgiv", args=[punkt.pk])
    traek = reverse("rehabilitering:sagspakke_traek", args=[punkt.pk])

    assert "er udgivet" in tekst(koordinator.post(udgiv, follow=True))
    assert "er trukket tilbage" in tekst(koordinator.post(traek, follow=True))
    igen = koordinator.post(traek)

    assert igen.status_code == 422
    assert "Sagspakken er ikke udgivet" in tekst(igen)


def test_caseworker_publishes_own_case_and_nobody_elses(som, punkt):
    andet = DagsordenspunktFactory(moede=punkt.moede)
    egen = som(punkt.sag.tildelinger.ansvarlige().get().bruger)

    for pk, status in ((punkt.pk, 302), (andet.pk, 404)):
        assert egen.post(reverse("rehabilitering:sagspakke_udgiv", args=[pk])).status_code == status


def test_held_meeting_is_refused(koordinator, punkt):
    type(punkt.moede).objects.filter(pk=punkt.moede_id).update(dato=i_dag() - DAG)

    svar = koordinator.post(reverse("rehabilitering:sagspakker_send", args=[punkt.moede_id]))

    assert svar.status_code == 422
    assert not Sagspakke.objects.exists()


def test_member_sees_only_whose_case_is_published(som, punkt):
    DagsordenspunktFactory(moede=punkt.moede, sag__borger__fornavn="Ole")
    klient = som(medlem(punkt))
    faerdig(punkt)

    side = tekst(klient.get(liste(punkt.moede)))

    assert "Læs sagspakken (PDF)" in side
    assert "Ole" not in side
    assert "Sagspakken er ikke udgivet endnu" in side


def test_package_is_read_as_a_pdf_and_only_the_log_is_written(som, punkt):
    klient = som(medlem(punkt))
    pakke = faerdig(punkt)

    svar = klient.get(reverse("rehabilitering:sagspakke", args=[pakke.pk]))

    assert svar["Content-Type"] == "application/pdf"
    opslag = Opslag.objects.get(objekt="sagspakke")
    assert (opslag.bruger, opslag.sag_id, opslag.handling) == (
        klient.bruger,
        punkt.sag_id,
        "udskriv",
    )


def test_virksomhedskonsulent_is_given_the_edition_without_health(som, punkt):
    klient = som(medlem(punkt, Rolle.VIRKSOMHEDSKONSULENT))
    pakke = faerdig(punkt)
    SagspakkeudgaveFactory(pakke=pakke, udgave="uden_helbred", indhold=b"%PDF-1.7 uden")

    svar = klient.get(reverse("rehabilitering:sagspakke", args=[pakke.pk]))

    assert svar.content == b"%PDF-1.7 uden"


def test_reader_waits_for_the_job_and_then_gets_it_anyway(som, punkt, time_machine, monkeypatch):
    klient = som(medlem(punkt))
    pakke = SagspakkeFactory(punkt=punkt)
    side = reverse("rehabilitering:sagspakke", args=[pakke.pk])
    assert "Sagspakken laves" in tekst(klient.get(side))
    assert not Opslag.objects.filter(objekt="sagspakke").exists()

    time_machine.move_to("2026-11-24 08:05:00+01:00")
    monkeypatch.setattr("rehabilitering.sagspakke.dan", lambda *a: b"%PDF-1.7 nu")

    assert klient.get(side).content == b"%PDF-1.7 nu"
    assert not pakke.udgaver.exists()


def test_package_taken_back_or_of_a_meeting_one_is_not_in_is_not_found(som, punkt):
    pakke = faerdig(punkt)
    side = reverse("rehabilitering:sagspakke", args=[pakke.pk])
    kollega = BrugerFactory(roller=[Rolle.VIRKSOMHEDSKONSULENT])
    TildelingFactory(sag=punkt.sag, bruger=kollega, art=Tildeling.Art.MEDVIRKENDE)
    klient = som(medlem(punkt))

    assert som(kollega).get(side).status_code == 404
    Sagspakke.objects.update(trukket_den=timezone.now())
    assert klient.get(side).status_code == 404


def test_caseworker_chooses_the_documents(som, punkt):
    klient = som(punkt.sag.tildelinger.ansvarlige().get().bruger)
    helbred = DokumentFactory(sag=punkt.sag, art="helbred", titel="Epikrise")
    side = reverse("rehabilitering:sagspakke_sag", args=[punkt.sag_id])
    assert klient.get(side).context["form"].initial["dokumenter"] == [helbred.pk]

    gemt = klient.post(side, {"dokumenter": [], "vist": str(helbred.pk)})
    gammel = klient.post(side, {"dokumenter": [helbred.pk], "vist": str(helbred.pk)})

    punkt.refresh_from_db()
    assert (gemt.status_code, gammel.status_code, punkt.pakkedokumenter) == (302, 422, [])
    assert "En anden har ændret valget imens" in tekst(gammel)


def test_case_without_a_meeting_says_so(som):
    klient = som("sagsbehandler")
    sag = TildelingFactory(bruger=klient.bruger).sag

    assert "ikke på en dagsorden" in tekst(
        klient.get(reverse("rehabilitering:sagspakke_sag", args=[sag.pk]))
    )
    kladde = reverse("rehabilitering:sagspakke_kladde", args=[sag.pk])
    assert klient.get(kladde).status_code == 404


@pytest.mark.parametrize("antal", [1, 3])
def test_list_costs_the_same_whatever_the_rows(
    koordinator, moede, antal, django_assert_num_queries
):
    for _ in range(antal):
        sagspakke.udgiv(DagsordenspunktFactory(moede=moede), af=koordinator.bruger)
        MoededeltagerFactory(moede=moede)

    with django_assert_num_queries(ANTAL_LISTE):
        koordinator.get(liste(moede))
