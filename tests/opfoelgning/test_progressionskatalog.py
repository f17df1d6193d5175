"""The progression questions: a new version is written and put in use; those in use never change."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from opfoelgning import progressionsindikatorer
from opfoelgning.models import Progressionsindikator, Progressionskatalog, Progressionstrin
from opfoelgning.services import progressionskatalog as services
from opfoelgning.services.progressionskatalog import Indikatortekst
from ressource.kalender import i_dag
from ressource.models import Haendelse
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    BrugerFactory,
    ProgressionsindikatorFactory,
    ProgressionskatalogFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)
LISTE = reverse("opfoelgning:progressionskataloger")
# Session, user, versions with what each holds, reminders.
LISTESIDE = 4
TEKST = Indikatortekst(
    navn="Søvn",
    spoergsmaal_borger="Sover du?",
    spoergsmaal_fagperson="Sover borgeren?",
    skjult_for_borger=False,
    skala_min=1,
    trin=("Slet ikke", "Lidt", "Godt"),
)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def admin(som):
    return som("administrator")


@pytest.fixture
def af(db):
    return BrugerFactory()


@pytest.fixture
def kladde(af):
    return services.ny_version(af=af)


def adresse(navn, *args):
    return reverse(f"opfoelgning:{navn}", args=args)


def felter(katalog, **andre):
    return {
        "laas": katalog.laas,
        "navn": "Søvn",
        "spoergsmaal_borger": "Sover du?",
        "spoergsmaal_fagperson": "Sover borgeren?",
        "skala_min": "0",
        "trin": "Slet ikke\n\nLidt\n Godt ",
    } | andre


def test_ground_data_has_eleven_topics_and_says_they_are_not_official():
    katalog = Progressionskatalog.objects.gaeldende(IDAG).get()
    indikatorer = list(katalog.indikatorer.prefetch_related("trin"))

    assert len(indikatorer) == 11
    assert all([t.vaerdi for t in i.trin.all()] == [1, 2, 3, 4, 5] for i in indikatorer)
    assert [i.kode for i in indikatorer if i.skjult_for_borger] == ["fagpersonens_tro"]
    assert [i.kode for i in indikatorer if not i.spoergsmaal_borger] == [
        "faglighed",
        "fagpersonens_tro",
    ]
    assert "ikke det officielle BIP" in katalog.vejledning
    progressionsindikatorer.indlaes()
    assert Progressionskatalog.objects.count() == 1


def test_a_new_version_is_a_copy_that_can_be_changed(admin):
    svar = admin.post(adresse("progressionskatalog_ny"))

    kladde = Progressionskatalog.objects.kladder().get()
    assert svar.url == adresse("progressionskatalog", kladde.pk)
    assert (kladde.nr, kladde.indikatorer.count()) == (2, 11)
    assert Progressionstrin.objects.filter(indikator__katalog=kladde).count() == 55

    svar = admin.post(adresse("progressionsindikator_ny", kladde.pk), felter(kladde))
    assert svar.status_code == 302
    ny = kladde.indikatorer.get(navn="Søvn")
    assert (ny.rang, ny.skala_min, ny.skala_max) == (12, 0, 2)
    assert list(ny.trin.values_list("vaerdi", "ankertekst")) == [
        (0, "Slet ikke"),
        (1, "Lidt"),
        (2, "Godt"),
    ]
    assert Haendelse.objects.filter(kode="progressionskatalog.rettet").count() == 1


def test_one_new_version_at_a_time(kladde, af, admin):
    with pytest.raises(ValidationError, match="allerede en ny version"):
        services.ny_version(af=af)
    svar = admin.post(adresse("progressionskatalog_ny"), follow=True)
    assert "allerede en ny version under arbejde" in svar.content.decode()


def test_what_cannot_be_read_comes_back_with_the_words(admin, kladde):
    svar = admin.post(
        adresse("progressionsindikator_ny", kladde.pk), felter(kladde, trin="Kun ét trin")
    )
    assert svar.status_code == 422
    assert "Skriv mindst to trin" in svar.content.decode()
    assert "Kun ét trin" in svar.content.decode()

    for_mange = "\n".join(map(str, range(12)))
    svar = admin.post(
        adresse("progressionsindikator_ny", kladde.pk), felter(kladde, trin=for_mange)
    )
    assert svar.status_code == 422
    assert not kladde.indikatorer.filter(navn="Søvn").exists()


def test_two_who_write_in_the_version_see_both(admin, kladde, af):
    indikator = kladde.indikatorer.first()
    services.gem_indikator(kladde, indikator, TEKST, laas=kladde.laas, af=af)

    svar = admin.post(
        adresse("progressionsindikator_ret", kladde.pk, indikator.pk),
        felter(kladde, navn="Ro om natten"),
    )

    assert svar.status_code == 409
    assert "Ro om natten" in svar.content.decode()
    assert kladde.indikatorer.get(pk=indikator.pk).navn == "Søvn"


def test_indicators_are_moved_and_taken_out(admin, kladde):
    foerste, anden, tredje = kladde.indikatorer.all()[:3]

    admin.post(adresse("progressionsindikator_flyt", kladde.pk, foerste.pk), {"retning": "ned"})
    admin.post(adresse("progressionsindikator_flyt", kladde.pk, anden.pk), {"retning": "op"})
    admin.post(adresse("progressionsindikator_fjern", kladde.pk, tredje.pk))

    assert list(kladde.indikatorer.all()[:2]) == [anden, foerste]
    assert kladde.indikatorer.count() == 10
    assert Progressionsindikator.objects.filter(katalog__nr=1).count() == 11


def test_a_version_follows_the_one_in_use_and_is_never_changed_after(admin, kladde, af):
    i_brug = Progressionskatalog.objects.get(nr=1)
    svar = admin.post(
        adresse("progressionskatalog_udgiv", kladde.pk), {"laas": kladde.laas, "fra": "01.12.2026"}
    )

    assert svar.status_code == 302
    i_brug.refresh_from_db()
    kladde.refresh_from_db()
    assert i_brug.gyldig_til == date(2026, 11, 30)
    assert (kladde.gyldig_fra, kladde.udgivet_af) == (date(2026, 12, 1), admin.bruger)
    assert Progressionskatalog.objects.gaeldende(IDAG).get() == i_brug
    assert Progressionskatalog.objects.gaeldende(date(2026, 12, 1)).get() == kladde

    indikator = kladde.indikatorer.first()
    forsoeg = (
        lambda: services.gem_indikator(kladde, indikator, TEKST, laas=kladde.laas, af=af),
        lambda: services.flyt_indikator(kladde, indikator.pk, "ned", af=af),
        lambda: services.fjern_indikator(kladde, indikator.pk, af=af),
        lambda: services.ret_version(
            kladde, navn="X", vejledning="", maaneder=1, laas=kladde.laas, af=af
        ),
        lambda: services.kasser(kladde, af=af),
        lambda: services.udgiv(kladde, fra=i_dag(), laas=kladde.laas, af=af),
    )
    for goer in forsoeg:
        with pytest.raises(ValidationError, match="taget i brug og ændres ikke"):
            goer()
    assert (
        admin.get(adresse("progressionsindikator_ret", kladde.pk, indikator.pk)).status_code == 404
    )


@pytest.mark.parametrize(
    ("fra", "besked"),
    [
        ("23.11.2026", "i dag eller en senere dag"),
        ("01.12.2072", "Kontrollér årstallet"),
        ("31.02.2026", "dag.måned.år"),
        ("", ""),
    ],
)
def test_a_day_that_cannot_be_is_refused(admin, kladde, fra, besked):
    svar = admin.post(
        adresse("progressionskatalog_udgiv", kladde.pk), {"laas": kladde.laas, "fra": fra}
    )
    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert Progressionskatalog.objects.kladder().exists()


def test_a_version_is_used_for_a_day_at_least_and_holds_something(kladde, af):
    services.udgiv(kladde, fra=IDAG, laas=kladde.laas, af=af)
    naeste = services.ny_version(af=af)
    with pytest.raises(ValidationError, match="Vælg en dag efter den"):
        services.udgiv(naeste, fra=IDAG, laas=naeste.laas, af=af)
    for pk in list(naeste.indikatorer.values_list("pk", flat=True)):
        services.fjern_indikator(naeste, pk, af=af)
    naeste.refresh_from_db()
    with pytest.raises(ValidationError, match="mindst én indikator"):
        services.udgiv(naeste, fra=IDAG + timedelta(days=1), laas=naeste.laas, af=af)


def test_what_was_not_seen_is_not_put_in_use(kladde, af):
    laas = kladde.laas
    services.ret_version(kladde, navn="Ny", vejledning="", maaneder=3, laas=laas, af=af)
    with pytest.raises(ForaeldetVersionError):
        services.udgiv(kladde, fra=IDAG, laas=laas, af=af)


def test_a_version_is_named_and_thrown_away(admin, kladde):
    svar = admin.post(
        adresse("progressionskatalog_ret", kladde.pk),
        {"laas": kladde.laas, "navn": "Ny", "maaneder": "13", "vejledning": ""},
    )
    assert svar.status_code == 422
    admin.post(
        adresse("progressionskatalog_ret", kladde.pk),
        {"laas": kladde.laas, "navn": "Ny", "maaneder": "2", "vejledning": ""},
    )
    kladde.refresh_from_db()
    assert (kladde.navn, kladde.maaneder) == ("Ny", 2)

    assert admin.post(adresse("progressionskatalog_kasser", kladde.pk)).url == LISTE
    assert not Progressionskatalog.objects.kladder().exists()
    assert Progressionsindikator.objects.count() == 11


def test_the_page_shows_how_the_section_will_look(admin, kladde):
    svar = admin.get(adresse("progressionskatalog", kladde.pk))
    tekst = svar.content.decode()
    assert "Sådan ser det ud ved mødet" in tekst
    assert tekst.count('role="radiogroup"') == 20
    assert "Jeg kan slet ikke se det for mig" in tekst


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_takes_as_many_statements_for_few_and_many(admin, antal, django_assert_num_queries):
    Progressionskatalog.objects.filter(nr=1).update(gyldig_til=date(2020, 1, 1))
    for n in range(antal):
        dag = date(2021, 1, 1) + timedelta(days=n)
        ProgressionskatalogFactory(nr=10 + n, gyldig_fra=dag, gyldig_til=dag)
    with django_assert_num_queries(LISTESIDE):
        admin.get(LISTE)


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("progressionskatalog_en_kladde", [{"nr": 50}, {"nr": 51}]),
        (
            "progressionskatalog_slut_efter_start",
            [{"nr": 50, "gyldig_fra": date(2012, 2, 1), "gyldig_til": date(2012, 1, 1)}],
        ),
        ("progressionskatalog_et_ad_gangen", [{"nr": 50, "gyldig_fra": IDAG}]),
        ("progressionskatalog_maaneder", [{"nr": 50, "maaneder": 13}]),
    ],
)
def test_database_refuses_versions_that_cannot_be(navn, felter):
    *foerst, sidst = felter
    for raekke in foerst:
        ProgressionskatalogFactory(**raekke)
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        ProgressionskatalogFactory(**sidst)


def test_database_refuses_indicators_that_cannot_be(kladde):
    foerste = kladde.indikatorer.first()
    for navn, felter in (
        ("progressionsindikator_en_pr_kode", {"kode": foerste.kode}),
        ("progressionsindikator_skala", {"skala_min": 5, "skala_max": 5}),
    ):
        with pytest.raises(IntegrityError, match=navn), transaction.atomic():
            ProgressionsindikatorFactory(katalog=kladde, **felter)
    with pytest.raises(IntegrityError, match="et_pr_vaerdi"), transaction.atomic():
        Progressionstrin.objects.create(indikator=foerste, vaerdi=1, ankertekst="Igen")
