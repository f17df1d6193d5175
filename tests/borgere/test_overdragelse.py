"""Many cases handed over at once: the service and its pages."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere import overdragelse as regler
from borgere.models import Fase, Huskeseddel, Journalnotat, Sag, Tildeling
from borgere.services import tildel
from borgere.services.overdragelse import overdrag
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.factories import BrugerFactory, InhabilitetFactory, SagFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fra(leder):
    return BrugerFactory(navn="Maja Kirkegaard", team=leder.team)


@pytest.fixture
def til(leder):
    return BrugerFactory(navn="Lene Krog", team=leder.team)


def sager_hos(bruger, antal, leder):
    return [SagFactory(team=leder.team, ansvarlig=bruger) for _ in range(antal)]


def giv(sager, leder, fra, til, **felter):
    felter = {"fra_dato": i_dag(), "note": "Maja stopper"} | felter
    return overdrag([s.pk for s in sager], fra=fra, til=til, af=leder, **felter)


def ansvarlig(sag, dato=None):
    nu = Tildeling.objects.gaeldende(dato or i_dag()).ansvarlige()
    return [t.bruger for t in nu.filter(sag=sag)]


def test_handing_over_moves_responsibility_and_access(leder, fra, til):
    sager = sager_hos(fra, 3, leder)

    assert giv(sager, leder, fra, til) == 3

    for sag in sager:
        assert ansvarlig(sag) == [til]
        assert ansvarlig(sag, i_dag() - timedelta(days=1)) == [fra]
    assert not Sag.objects.synlige_for(fra).exists()
    assert Sag.objects.synlige_for(til).count() == 3
    [notat] = sager[0].notater.all()
    assert (notat.overskrift, notat.er_delt, notat.forfatter) == ("Overdragelse", False, leder)
    assert "fra Maja Kirkegaard til Lene Krog" in notat.tekst
    assert notat.tekst.endswith("Maja stopper")
    assert list(Haendelse.objects.values_list("kode", flat=True)) == ["sag.overdraget"] * 3
    assert Huskeseddel.objects.for_bruger(til, i_dag()).count() == 3


def test_from_a_day_ahead_the_old_one_answers_until_then(leder, fra, til):
    [sag] = sager_hos(fra, 1, leder)
    om_en_uge = i_dag() + timedelta(days=7)

    giv([sag], leder, fra, til, fra_dato=om_en_uge)

    assert ansvarlig(sag) == [fra]
    assert ansvarlig(sag, om_en_uge) == [til]
    with pytest.raises(ValidationError, match="allerede overdraget fra"):
        giv([sag], leder, fra, BrugerFactory(team=leder.team))


def test_cases_without_caseworker_get_one(leder, til):
    sager = [SagFactory(team=leder.team) for _ in range(2)]

    assert giv(sager, leder, None, til) == 2

    assert [ansvarlig(sag) for sag in sager] == [[til], [til]]
    assert "Overdraget til Lene Krog" in Journalnotat.objects.first().tekst


def test_somebody_otherwise_on_the_case_stays(leder, fra, til):
    [sag] = sager_hos(fra, 1, leder)
    tildel(sag, fra, Tildeling.Art.MEDVIRKENDE, af=leder)

    giv([sag], leder, fra, til)

    assert Sag.objects.synlige_for(fra).get() == sag


def test_end_date_of_the_old_responsibility_is_no_hindrance(leder, fra, til):
    [sag] = sager_hos(fra, 1, leder)
    Tildeling.objects.update(til_dato=i_dag() + timedelta(days=30))

    giv([sag], leder, fra, til)

    assert ansvarlig(sag, i_dag() + timedelta(days=10)) == [til]


def test_one_case_in_the_way_stops_all(leder, fra, til):
    god, inhabil, flyttet, lukket = sager_hos(fra, 4, leder)
    InhabilitetFactory(borger=inhabil.borger, bruger=til)
    tildel(flyttet, BrugerFactory(team=leder.team), Tildeling.Art.ANSVARLIG, af=leder)
    Sag.objects.filter(pk=lukket.pk).update(
        fase=Fase.AFSLUTNING,
        afsluttet_dato=i_dag(),
        afsluttet_af=leder,
        afslutningsaarsag="ordinaert_job",
    )

    with pytest.raises(ValidationError) as fejl:
        giv([god, inhabil, flyttet, lukket], leder, fra, til)

    tekst = " ".join(fejl.value.messages)
    assert "Intet er overdraget" in tekst
    assert god.sagsnummer not in tekst
    assert f"{inhabil.sagsnummer}: Lene Krog er inhabil" in tekst
    assert f"{flyttet.sagsnummer}: Sagen er ændret" in tekst
    assert f"{lukket.sagsnummer}: Sagen er ændret" in tekst
    assert ansvarlig(god) == [fra]
    assert not Journalnotat.objects.exists()


def test_sent_twice_is_done_once(leder, fra, til):
    sager = sager_hos(fra, 2, leder)

    assert [giv(sager, leder, fra, til), giv(sager, leder, fra, til)] == [2, 0]
    assert Journalnotat.objects.count() == 2


@pytest.mark.parametrize(
    ("felter", "ord_"),
    [
        ({"note": "  "}, "Skriv, hvad"),
        ({"fra_dato": i_dag() - timedelta(days=1)}, "i dag eller en dag"),
        ({"fra_dato": i_dag() + timedelta(days=400)}, "i dag eller en dag"),
    ],
)
def test_note_and_day_are_demanded(leder, fra, til, felter, ord_):
    with pytest.raises(ValidationError, match=ord_):
        giv(sager_hos(fra, 1, leder), leder, fra, til, **felter)


def test_receiver_is_an_active_caseworker_of_the_team(leder, fra):
    sager = sager_hos(fra, 1, leder)

    for modtager in (
        BrugerFactory(),
        BrugerFactory(team=leder.team, roller=["mentor"]),
        BrugerFactory(team=leder.team, is_active=False),
        fra,
    ):
        with pytest.raises(ValidationError):
            giv(sager, leder, fra, modtager)
        assert modtager == fra or modtager not in regler.modtagere(leder.team_id)


def test_other_teams_cases_stay_where_they_are(leder, til):
    fremmed = SagFactory(team=TeamFactory())

    with pytest.raises(ValidationError):
        giv([fremmed], leder, None, til)


def test_more_than_the_limit_or_none_is_refused(leder, fra, til, monkeypatch):
    monkeypatch.setattr(regler, "HOEJST", 2)

    for antal in (0, 3):
        with pytest.raises(ValidationError, match="mellem 1 og 2"):
            giv(sager_hos(fra, antal, leder), leder, fra, til)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_statements_do_not_grow_with_the_cases(leder, fra, til, antal, django_assert_num_queries):
    sager = sager_hos(fra, antal, leder)

    # Savepoint and release; the cases locked; at whom, inhabil, on their way; three moves of the
    # old responsibility and the new; note and reminder with its savepoint; the events; whether a
    # task was given to the former by name.
    with django_assert_num_queries(13):
        giv(sager, leder, fra, til)


# Pages


def adresse(fra=None):
    return f"{reverse('borgere:overdragelse')}?fra={fra.pk if fra else 'uden'}"


def sendt(sager, til, **felter):
    return {
        "omfang": "valgte",
        "antal": len(sager),
        "sager": [s.pk for s in sager],
        "til": til.pk,
        "fra_dato": f"{i_dag():%d.%m.%Y}",
        "note": "Maja stopper",
    } | felter


def test_list_shows_the_teams_cases_and_is_logged_once(som, leder, fra):
    [sag] = sager_hos(fra, 1, leder)
    uden = SagFactory(team=leder.team)
    fremmed = SagFactory()

    svar = som(leder).get(adresse(fra))

    tekst = svar.content.decode()
    assert sag.sagsnummer in tekst
    assert sag.borger.navn in tekst
    assert uden.sagsnummer not in tekst
    assert fremmed.sagsnummer not in tekst
    assert [o.objekt for o in Opslag.objects.all()] == ["overdragelse"]
    assert uden.sagsnummer in som(leder).get(adresse()).content.decode()


def test_protected_citizen_is_not_named(som, leder, fra):
    sag = SagFactory(team=leder.team, ansvarlig=fra, borger__er_adressebeskyttet=True)

    tekst = som(leder).get(adresse(fra)).content.decode()

    assert sag.sagsnummer in tekst
    assert sag.borger.efternavn not in tekst


def test_citizen_too_close_to_the_teamleder_is_not_named(som, leder, fra):
    sag = SagFactory(team=leder.team, ansvarlig=fra)
    InhabilitetFactory(borger=sag.borger, bruger=leder)

    tekst = som(leder).get(adresse(fra)).content.decode()

    assert sag.sagsnummer in tekst
    assert sag.borger.efternavn not in tekst


@pytest.mark.parametrize("fra", ["0", "999999999999999999999", "x"])
def test_stranger_in_the_address_is_not_found(som, leder, fra):
    assert som(leder).get(f"{reverse('borgere:overdragelse')}?fra={fra}").status_code == 404


def test_page_by_page_then_all(som, leder, fra, til):
    sager = sager_hos(fra, 27, leder)
    klient = som(leder)

    side2 = klient.get(f"{adresse(fra)}&side=2&marker=side").content.decode()
    svar = klient.post(adresse(fra), sendt([], til, omfang="alle", antal=27))

    assert side2.count(" checked>") == 2
    assert "27 sager bliver overdraget" in svar.content.decode()
    assert "27 sager, over normen 20–25" in svar.content.decode()
    assert not Haendelse.objects.exists()
    klient.post(
        f"{reverse('borgere:overdragelse_udfoer')}?fra={fra.pk}",
        sendt(svar.context["gaar"] and sager, til),
    )
    assert Haendelse.objects.filter(kode="sag.overdraget").count() == 27


def test_list_that_changed_is_seen_again_before_all_are_given(som, leder, fra, til):
    sager_hos(fra, 3, leder)

    svar = som(leder).post(adresse(fra), sendt([], til, omfang="alle", antal=2))

    assert svar.status_code == 422
    assert "Listen er ændret og har nu 3 sager" in svar.content.decode()


def test_input_is_kept_when_something_is_missing(som, leder, fra, til):
    sager = sager_hos(fra, 2, leder)

    svar = som(leder).post(adresse(fra), sendt(sager[:1], til, fra_dato="i går"))
    ingen = som(leder).post(adresse(fra), sendt([], til))

    tekst = svar.content.decode()
    assert (svar.status_code, ingen.status_code) == (422, 422)
    assert f'value="{sager[0].pk}" checked' in tekst
    assert f'value="{sager[1].pk}" checked' not in tekst
    assert "Maja stopper" in tekst
    assert "Markér mindst én sag" in ingen.content.decode()


def test_inhabil_receiver_is_told_before_anything_happens(som, leder, fra, til):
    god, ond = sager_hos(fra, 2, leder)
    InhabilitetFactory(borger=ond.borger, bruger=til)

    svar = som(leder).post(adresse(fra), sendt([god, ond], til))

    tekst = svar.content.decode()
    assert "1 sag kan ikke overdrages" in tekst
    assert "1 sag bliver overdraget" in tekst
    assert [o.objekt for o in Opslag.objects.all()] == ["overdragelse_kontrol"]


def test_case_changed_after_the_yes_leaves_all_as_they_were(som, leder, fra, til):
    sager = sager_hos(fra, 2, leder)
    tildel(sager[1], BrugerFactory(team=leder.team), Tildeling.Art.ANSVARLIG, af=leder)

    svar = som(leder).post(
        f"{reverse('borgere:overdragelse_udfoer')}?fra={fra.pk}", sendt(sager, til)
    )

    assert svar.status_code == 422
    assert "Intet er overdraget" in svar.content.decode()
    assert ansvarlig(sager[0]) == [fra]


def test_yes_sent_twice_says_so(som, leder, fra, til):
    sager = sager_hos(fra, 2, leder)
    klient = som(leder)
    url = f"{reverse('borgere:overdragelse_udfoer')}?fra={fra.pk}"

    foerste = klient.post(url, sendt(sager, til), follow=True)
    anden = klient.post(url, sendt(sager, til), follow=True)

    assert "2 sager er overdraget til Lene Krog" in foerste.content.decode()
    assert "allerede overdraget" in anden.content.decode()
    assert Journalnotat.objects.count() == 2


def test_teamleder_without_a_team_is_told(som):
    svar = som("teamleder", team=None).get(reverse("borgere:overdragelse"))

    assert "ikke knyttet til et team" in svar.content.decode()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_takes_the_same_statements(som, leder, fra, antal, django_assert_num_queries):
    sager_hos(fra, antal, leder)
    klient = som(leder)

    # Session, user; whose, all of theirs, page count, page, without caseworker, receivers; the
    # look-up; reminders.
    with django_assert_num_queries(11):
        klient.get(adresse(fra))
