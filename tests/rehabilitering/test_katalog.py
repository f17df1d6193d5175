"""The catalogue of effort types: kept by the administrator, steady under those who use it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from rehabilitering import grunddata
from rehabilitering.models import Indsatstype
from ressource.models import Haendelse, Opslag
from tests.factories import IndsatsFactory, IndstillingslinjeFactory

pytestmark = pytest.mark.django_db

LISTE = reverse("rehabilitering:indsatstyper")
NY = reverse("rehabilitering:indsatstype_ny")
# Session, user, the types, their lines, their efforts, reminders.
LISTESIDE = 6


@pytest.fixture
def admin(som):
    return som("administrator")


@pytest.fixture
def kursus(db):
    return Indsatstype.objects.get(kode="kursus")


def ret(t):
    return reverse("rehabilitering:indsatstype_ret", args=[t.pk])


def felter(t, **andre):
    afkryds = ("er_virksomhedsrettet", "er_praktik", "er_mentor", "er_basistilbud", "er_aktiv")
    return {
        "navn": t.navn,
        "omraade": t.omraade,
        "garanti": t.garanti,
        "formaal_forslag": t.formaal_forslag,
        "uger": t.uger or "",
        "timer_pr_uge": "",
        "laas": t.laas,
        **{felt: "on" for felt in afkryds if getattr(t, felt)},
        **andre,
    }


def vist(svar):
    return svar.content.decode()


def test_type_is_added_and_logged(admin):
    svar = admin.post(
        NY,
        {
            "navn": "Naturvejledning",
            "omraade": "sundhed",
            "garanti": "taeller",
            "formaal_forslag": "Få ro i kroppen",
            "uger": "12",
            "timer_pr_uge": "2,5",
        },
    )

    assert (svar.status_code, svar["Location"]) == (302, LISTE)
    ny = Indsatstype.objects.get(navn="Naturvejledning")
    assert (ny.uger, str(ny.timer_pr_uge), ny.er_aktiv) == (12, "2.5", True)
    haendelse = Haendelse.objects.get(kode="katalog.oprettet")
    assert (haendelse.af, haendelse.data["efter"]["timer_pr_uge"]) == (admin.bruger, "2.5")
    assert Opslag.objects.count() == 0


def test_correction_is_logged_with_both_versions(admin, kursus):
    svar = admin.post(ret(kursus), felter(kursus, navn="Kort kursus", uger="6"))

    assert svar.status_code == 302
    kursus.refresh_from_db()
    assert (kursus.navn, kursus.uger, kursus.laas) == ("Kort kursus", 6, 1)
    data = Haendelse.objects.get(kode="katalog.rettet").data
    assert data["efter"] == {"navn": "Kort kursus", "uger": 6}
    assert set(data["foer"]) == {"navn", "uger"}


@pytest.mark.parametrize(
    ("sendt", "besked"),
    [
        ({"navn": ""}, "Navn"),
        ({"navn": "kørekort"}, "allerede en type med det navn"),
        ({"uger": "9999"}, "260"),
        ({"timer_pr_uge": "ti"}, "tal"),
        ({"er_praktik": "on"}, "Virksomhedspraktik er altid virksomhedsrettet"),
        (
            {"er_praktik": "on", "er_virksomhedsrettet": "on", "er_mentor": "on"},
            "både praktik og mentor",
        ),
    ],
)
def test_wrong_type_is_refused_and_kept(admin, kursus, sendt, besked):
    svar = admin.post(ret(kursus), felter(kursus, formaal_forslag="Få et bevis") | sendt)

    assert svar.status_code == 422
    assert besked in vist(svar)
    assert "Få et bevis" in vist(svar)
    kursus.refresh_from_db()
    assert kursus.laas == 0


@pytest.mark.parametrize("brugt_af", [IndsatsFactory, IndstillingslinjeFactory])
def test_type_in_use_stays_what_it_is(admin, kursus, brugt_af):
    brugt_af(indsatstype=kursus)

    svar = admin.post(ret(kursus), felter(kursus, omraade="sundhed", er_mentor="on"))

    assert svar.status_code == 422
    assert vist(svar).count("Typen bruges 1 sted og kan ikke blive til noget andet") >= 2
    assert "Typen bruges 1 sted i indstillinger" in vist(admin.get(ret(kursus)))
    kursus.refresh_from_db()
    assert kursus.omraade == "beskaeftigelse"


def test_type_taken_out_is_found_again(admin, kursus):
    admin.post(ret(kursus), felter(kursus) | {"er_aktiv": ""})

    assert ret(kursus) not in vist(admin.get(LISTE))
    assert kursus.navn in vist(admin.get(LISTE, {"vis": "ude"}))
    assert kursus.navn in vist(admin.get(LISTE, {"vis": "alle", "q": "kursus"}))


def test_basistilbud_can_always_be_chosen(admin):
    gaeld = Indsatstype.objects.get(kode="gaeldsraadgivning")

    svar = admin.post(ret(gaeld), felter(gaeld) | {"er_aktiv": ""})

    assert svar.status_code == 422
    assert "Et basistilbud skal altid kunne vælges" in vist(svar)
    assert gaeld.navn in vist(admin.get(LISTE, {"vis": "basis"}))


def test_second_of_two_corrections_sees_both(admin, kursus):
    foer = felter(kursus, navn="Truckkursus")
    admin.post(ret(kursus), felter(kursus, navn="Hygiejnekursus"))

    svar = admin.post(ret(kursus), foer)

    assert svar.status_code == 409
    assert "Hygiejnekursus" in vist(svar)
    assert "Truckkursus" in vist(svar)


@pytest.mark.parametrize("antal", [1, 25])
def test_catalogue_costs_the_same_for_few_and_many(admin, kursus, antal, django_assert_num_queries):
    for nr in range(antal):
        Indsatstype.objects.create(kode=f"x{nr}", navn=f"Type {nr}", omraade="social")

    with django_assert_num_queries(LISTESIDE):
        svar = admin.get(LISTE)

    assert "Type 0" in vist(svar)


def test_upgrade_suggests_only_where_nobody_has_written(kursus):
    Indsatstype.objects.filter(pk=kursus.pk).update(formaal_forslag="", uger=None, laas=1)
    mentor = Indsatstype.objects.filter(kode="mentor")
    mentor.update(formaal_forslag="", uger=None, timer_pr_uge=None, laas=0)

    grunddata.indlaes()

    kursus.refresh_from_db()
    assert (kursus.formaal_forslag, kursus.uger) == ("", None)
    assert mentor.get().timer_pr_uge == 2


@pytest.mark.parametrize(
    ("felter", "navn"),
    [
        ({"er_praktik": True, "er_virksomhedsrettet": True, "er_mentor": True}, "praktik_eller"),
        ({"garanti": "maaske"}, "garanti_kendt"),
    ],
)
def test_database_refuses_a_type_that_is_both_or_counts_in_no_known_way(kursus, felter, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        Indsatstype.objects.filter(pk=kursus.pk).update(**felter)
