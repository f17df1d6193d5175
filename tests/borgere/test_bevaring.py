"""Retention: rules as versions, `BEVARES`, warning, grace, stopping and the pages."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from borgere import bevaringsregler, grunddata, services
from borgere.models import Bevaringsregel, Indlaesning, Sag, Sletning
from borgere.services import sletning
from ressource import beskeder
from ressource.kalender import i_dag
from ressource.models import Besked, Haendelse
from tests.borgere.helsag import afslut
from tests.factories import BorgerFactory, BrugerFactory, SagFactory, TeamFactory

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)


def regel(gaelder="sag"):
    return Bevaringsregel.objects.get(gaelder=gaelder, gyldig_til=None)


def gammel_sag(dage=6 * 366, foedt=date(1987, 3, 14), **felter):
    """A case that ended so long ago."""
    return afslut(
        SagFactory(borger=BorgerFactory(foedselsdato=foedt), **felter), BrugerFactory(), dage
    )


def varslet(sag=None):
    """A case that has been warned of."""
    sag = sag or gammel_sag()
    sletning.varsl(i_dag())
    return Sletning.objects.get(sag_id=sag.pk, standset_den=None)


def test_every_installation_starts_with_a_rule_of_each_kind_and_its_source():
    fundne = {r.gaelder: r for r in Bevaringsregel.objects.all()}

    assert set(fundne) == set(Bevaringsregel.Gaelder.values)
    assert all(r.kilde for r in fundne.values())
    assert "Ikke efterprøvet" in fundne["sag"].kilde
    assert (fundne["sag"].antal, fundne["sag"].enhed, fundne["sag"].varsel_dage) == (5, "aar", 30)


def test_ground_data_leave_a_changed_rule_alone():
    Bevaringsregel.objects.filter(gaelder="sag").update(antal=10)

    grunddata.indlaes()

    assert regel().antal == 10


@pytest.mark.parametrize(
    ("antal", "enhed", "dato", "sidste"),
    [
        (14, "dage", date(2026, 3, 15), date(2026, 3, 1)),
        (24, "maaneder", date(2026, 3, 15), date(2024, 3, 15)),
        (5, "aar", date(2029, 2, 28), date(2024, 2, 28)),
        (6, "maaneder", date(2026, 2, 28), date(2025, 8, 28)),
    ],
)
def test_nothing_is_past_before_the_whole_period_has_gone(antal, enhed, dato, sidste):
    assert bevaringsregler.sidste_dag(antal, enhed, dato) == sidste


def test_a_case_is_past_on_the_day_the_period_has_gone_and_not_the_day_before():
    sag = gammel_sag(dage=0)
    sag_slut = sag.afsluttet_dato
    fem_aar = sag_slut.replace(year=sag_slut.year + 5) if sag_slut.day < 29 else sag_slut

    assert sag in bevaringsregler.forfaldne_sager(regel(), fem_aar)
    assert sag not in bevaringsregler.forfaldne_sager(regel(), fem_aar - DAG)


@pytest.mark.parametrize(
    "hvorfor", ["open", "young", "kept", "born on the 1st", "already warned", "stopped this year"]
)
def test_these_are_not_warned_of(hvorfor):
    if hvorfor == "open":
        SagFactory(oprettet_dato=date(2015, 1, 1))
    elif hvorfor == "young":
        gammel_sag(dage=300)
    elif hvorfor == "kept":
        services.bevar_sag(gammel_sag(), grund="Klagesag", af=BrugerFactory())
    elif hvorfor == "born on the 1st":
        gammel_sag(foedt=date(1980, 5, 1))
    elif hvorfor == "already warned":
        varslet()
    else:
        services.stands_sletning(varslet(), grund="Aktindsigt", af=BrugerFactory())

    assert sletning.varsl(i_dag()) == 0


def test_a_warning_is_a_row_and_an_event_and_leaves_the_case_alone():
    sag = gammel_sag()

    assert sletning.varsl(i_dag()) == 1

    fundet = Sletning.objects.get(sag_id=sag.pk)
    assert (fundet.sagsnummer, fundet.tidligst_dato) == (sag.sagsnummer, i_dag() + 30 * DAG)
    assert Haendelse.objects.filter(sag_id=sag.pk, kode="sletning.varslet", af=None).count() == 1
    assert sletning.koer(i_dag() + 29 * DAG).slettede == []
    assert Sag.objects.filter(pk=sag.pk).exists()


def test_one_night_warns_of_no_more_than_people_can_look_through(monkeypatch):
    monkeypatch.setattr(sletning, "HOEJST_PR_NAT", 2)
    for _ in range(3):
        gammel_sag()

    assert [sletning.varsl(i_dag()) for _ in range(3)] == [2, 1, 0]


def test_marking_a_case_stops_its_deletion():
    sag = gammel_sag()
    varsel = varslet(sag)

    services.bevar_sag(sag, grund="Klagesag", af=BrugerFactory())

    varsel.refresh_from_db()
    assert varsel.standset_den
    assert sletning.koer(i_dag() + 31 * DAG).slettede == []
    sag.refresh_from_db()
    assert (sag.bevares, sag.bevares_grund) == (True, "Klagesag")


def test_a_case_is_kept_with_a_reason_and_once():
    sag, bruger = gammel_sag(), BrugerFactory()

    with pytest.raises(ValidationError, match="hvorfor"):
        services.bevar_sag(sag, grund="  ", af=bruger)
    services.bevar_sag(sag, grund="Klagesag", af=bruger)
    with pytest.raises(ValidationError, match="allerede"):
        services.bevar_sag(sag, grund="Igen", af=bruger)
    services.ophaev_bevaring(sag, af=bruger)
    with pytest.raises(ValidationError, match="ikke markeret"):
        services.ophaev_bevaring(sag, af=bruger)
    koder = Haendelse.objects.filter(sag_id=sag.pk).order_by("pk").values_list("kode", flat=True)
    assert list(koder) == ["sag.bevares", "sag.bevares_ophaevet"]


def test_a_stopped_deletion_says_why_and_comes_back_after_a_year():
    varsel, bruger = varslet(), BrugerFactory()

    with pytest.raises(ValidationError, match="hvorfor"):
        services.stands_sletning(varsel, grund=" ", af=bruger)
    services.stands_sletning(varsel, grund="Aktindsigt er på vej", af=bruger)
    with pytest.raises(ValidationError, match="allerede standset"):
        services.stands_sletning(varsel, grund="Igen", af=bruger)

    assert sletning.varsl(i_dag() + 364 * DAG) == 0
    assert sletning.varsl(i_dag() + 367 * DAG) == 1


def test_a_case_no_longer_past_a_changed_rule_is_let_go():
    varsel = varslet()
    Bevaringsregel.objects.filter(gaelder="sag").update(antal=20)

    udfald = sletning.koer(i_dag() + 31 * DAG)

    varsel.refresh_from_db()
    assert (udfald.slettede, udfald.standsede) == ([], 1)
    assert "ikke længere forfalden" in varsel.standset_grund


def test_a_change_is_a_new_version_and_the_old_one_stays():
    gammel, bruger = regel(), BrugerFactory()

    ny = services.ret_regel(
        gammel, fra=i_dag(), af=bruger, antal=10, enhed="aar", varsel_dage=60, kilde="KLE"
    )

    gammel.refresh_from_db()
    assert (gammel.antal, gammel.gyldig_til) == (5, i_dag() - DAG)
    assert bevaringsregler.regel_for("sag", i_dag()) == ny
    assert bevaringsregler.regel_for("sag", i_dag() - DAG) == gammel
    assert Haendelse.objects.filter(kode="bevaringsregel.aendret", af=bruger).exists()
    with pytest.raises(ValidationError, match="nyeste"):
        services.ret_regel(gammel, fra=i_dag(), af=bruger, antal=9, enhed="aar", kilde="KLE")


@pytest.mark.parametrize(
    ("gaelder", "felter", "hvad"),
    [
        ("sag", {"antal": 12, "enhed": "maaneder"}, "mindst 2"),
        ("opslag", {"antal": 10, "enhed": "aar"}, "højst 5 år"),
        ("uddrag", {"antal": 1, "enhed": "aar"}, "højst 90 dage"),
        ("indlaesning", {"antal": 0, "enhed": "dage"}, "mindst 1"),
        ("sag", {"antal": 5, "enhed": "aar", "fra": date(2020, 1, 1)}, "gået"),
        ("sag", {"antal": 5, "enhed": "aar", "kilde": ""}, "ikke være tomt"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_nothing_changes(gaelder, felter, hvad):
    felter = {"fra": i_dag(), "kilde": "Kilde"} | felter

    with pytest.raises(ValidationError, match=hvad):
        services.ret_regel(regel(gaelder), af=BrugerFactory(), **felter)

    assert Bevaringsregel.objects.filter(gaelder=gaelder).count() == 1


def test_rows_of_forgotten_files_are_dropped():
    fil = Indlaesning.objects.create(
        art="borgere", filnavn="x.csv", fil=b"x", bestilt_af=BrugerFactory()
    )
    fil.raekker.create(nr=1, data={"navn": "Bo"})

    assert sletning.koer(i_dag() + 29 * DAG).indlaesninger == 0
    assert sletning.koer(i_dag() + 32 * DAG).indlaesninger == 1

    fil.refresh_from_db()
    assert (fil.status, fil.fil, fil.raekker.count()) == ("fortrudt", None, 0)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(capsys):
    sag = gammel_sag()
    call_command("slet_udloebne", "--proev")
    assert "1 sager varslet, 0 slettet" in capsys.readouterr().out
    assert not Sletning.objects.exists()

    varslet(sag)
    om_lidt = (i_dag() + 31 * DAG).isoformat()
    call_command("slet_udloebne", "--proev", "--dato", om_lidt)
    ud = capsys.readouterr().out
    assert "1 slettet" in ud
    assert sag.sagsnummer in ud
    assert Sag.objects.filter(pk=sag.pk).exists()

    call_command("slet_udloebne", "--dato", om_lidt)
    assert "1 slettet" in capsys.readouterr().out
    assert not Sag.objects.filter(pk=sag.pk).exists()


def test_the_page_keeps_a_case_and_lets_it_go_again(som):
    klient = som("sagsbehandler")
    sag = SagFactory(ansvarlig=klient.bruger)
    url = reverse("borgere:bevar", args=[sag.pk])

    tom = klient.post(url, {"grund": ""})
    assert tom.status_code == 422
    assert klient.post(url, {"grund": "Klagesag"}).status_code == 302
    assert "Klagesag" in klient.get(url).content.decode()
    assert klient.post(url).status_code == 302
    sag.refresh_from_db()
    assert not sag.bevares


def test_a_teamleder_sees_and_stops_the_teams_own_and_an_administrator_all(som):
    team = TeamFactory()
    egen = varslet(gammel_sag(team=team))
    anden = varslet(gammel_sag())
    leder, admin = som("teamleder", team=team), som("administrator")
    url = reverse("borgere:sletninger")

    assert anden.sagsnummer not in leder.get(url).content.decode()
    assert anden.sagsnummer in admin.get(url).content.decode()
    assert leder.get(reverse("borgere:sletning_stands", args=[anden.pk])).status_code == 404
    stands = reverse("borgere:sletning_stands", args=[egen.pk])
    assert leder.post(stands, {"grund": ""}).status_code == 422
    assert leder.post(stands, {"grund": "Aktindsigt"}).status_code == 302
    assert leder.post(stands, {"grund": "Igen"}).status_code == 404
    assert "Aktindsigt" in leder.get(url, {"vis": "udfoerte"}).content.decode()


def test_the_list_names_no_citizen(som):
    varsel = varslet(gammel_sag())
    navn = Sag.objects.get(pk=varsel.sag_id).borger.efternavn

    assert navn not in som("administrator").get(reverse("borgere:sletninger")).content.decode()


def test_a_change_is_shown_before_it_is_made(som):
    gammel_sag(dage=4 * 366)
    klient = som("administrator")
    url = reverse("borgere:bevaring_ret", args=[regel().pk])
    data = {
        "antal": "3", "enhed": "aar", "varsel_dage": "30", "kilde": "KLE",
        "fra": f"{i_dag():%d.%m.%Y}", "undtag_foedt_den_foerste": "on",
    }  # fmt: skip

    vist = klient.post(url, data | {"vis": "1"}).content.decode()
    assert "i dag er 0 forfaldne" in vist
    assert "ville det være 1" in vist
    assert regel().antal == 5
    assert klient.post(url, data | {"gem": "1"}).status_code == 302
    assert regel().antal == 3
    assert "Afløst" in klient.get(reverse("borgere:bevaring")).content.decode()


def test_a_rule_that_cannot_be_keeps_what_was_typed(som):
    klient = som("administrator")
    url = reverse("borgere:bevaring_ret", args=[regel("uddrag").pk])

    svar = klient.post(
        url,
        {"antal": "400", "enhed": "dage", "kilde": "KLE", "fra": f"{i_dag():%d.%m.%Y}", "gem": "1"},
    )

    assert svar.status_code == 422
    assert "højst 90 dage" in svar.content.decode()
    assert 'value="400"' in svar.content.decode()


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_list_costs_the_same_whatever_its_length(som, django_assert_num_queries, antal):
    for _ in range(antal):
        gammel_sag()
    sletning.varsl(i_dag())
    klient = som("administrator")

    with django_assert_num_queries(6):
        klient.get(reverse("borgere:sletninger"))


def test_the_rules_page_asks_once(som, django_assert_num_queries):
    klient = som("administrator")

    with django_assert_num_queries(4):
        klient.get(reverse("borgere:bevaring"))


def test_notices_go_after_their_time_but_none_that_waits_to_be_sent():
    modtager = BrugerFactory()
    gammel, ventende, ny = (
        beskeder.opret(modtager, noegle=f"proeve:{nr}", emne="Prøve", tekst="Prøve")
        for nr in range(3)
    )
    skrevet = timezone.now() - timedelta(days=400)
    Besked.objects.filter(pk__in=[gammel.pk, ventende.pk]).update(oprettet_den=skrevet)
    Besked.objects.exclude(pk=ventende.pk).update(sendt_den=skrevet)

    assert sletning.proev(i_dag()).beskeder == 1
    assert "1 beskeder og" in str(sletning.koer(i_dag()))

    assert set(Besked.objects.all()) == {ventende, ny}
