"""A citizen gets another number, and nobody gets round who has it already."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere.models import Borger, Personnummer, Sag
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type
from borgere.services import opret_borger_og_sag, skift_personnummer
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.factories import BrugerFactory, PersonnummerFactory, SagFactory

pytestmark = pytest.mark.django_db

GAMMELT = "7403871235"
NYT = "720583-1234"
# Session, user, case, log row, circle, facts, reminders; the present number.
SKIFTESIDE = 8


def nummer(tekst=NYT, type_=None):
    return Nummer.laes(tekst, i_dag=i_dag(), type=type_)


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    sag = SagFactory(ansvarlig=maja.bruger)
    PersonnummerFactory(borger=sag.borger, nummer=GAMMELT, fra_dato=date(2020, 1, 1))
    return sag


def side(sag, navn="personnummer_nyt"):
    return reverse(f"borgere:{navn}", args=[sag.pk])


def sendt(**felter):
    return {
        "art": "dansk",
        "nummer": NYT,
        "aarsag": "erstatning",
        "fra_dato": "01.10.2026",
    } | felter


def log():
    return list(Opslag.objects.order_by("pk").values_list("handling", "objekt", "sag_id"))


# The service


def test_old_number_closes_and_birth_and_sex_follow_the_new_one(sag):
    nyt = skift_personnummer(
        sag, nummer(), aarsag="erstatning", fra_dato=date(2026, 10, 1), af=BrugerFactory()
    )

    gammelt = Personnummer.objects.get(nummer=GAMMELT)
    assert (gammelt.fra_dato, gammelt.til_dato) == (date(2020, 1, 1), date(2026, 9, 30))
    assert (nyt.nummer, nyt.fra_dato, nyt.til_dato) == ("7205831234", date(2026, 10, 1), None)
    borger = Borger.objects.get(pk=sag.borger_id)
    assert (borger.foedselsdato, borger.koen) == (date(1983, 5, 12), Borger.Koen.KVINDE)
    [haendelse] = Haendelse.objects.all()
    assert (haendelse.kode, haendelse.data) == ("personnummer.skiftet", {"aarsag": "erstatning"})


def test_foreign_identifier_changes_neither_birth_nor_sex(sag):
    skift_personnummer(
        sag,
        nummer("PL 88-12", Type.UDENLANDSK),
        aarsag="fejl",
        fra_dato=i_dag(),
        af=BrugerFactory(),
    )

    borger = Borger.objects.get(pk=sag.borger_id)
    assert (borger.foedselsdato, borger.koen) == (sag.borger.foedselsdato, sag.borger.koen)
    assert borger.personnumre.get(til_dato=None).art == "udenlandsk"


def test_number_typed_wrong_today_keeps_its_one_day(sag):
    Personnummer.objects.update(fra_dato=i_dag())

    skift_personnummer(sag, nummer(), aarsag="fejl", fra_dato=i_dag(), af=BrugerFactory())

    gammelt = Personnummer.objects.get(nummer=GAMMELT)
    assert (gammelt.fra_dato, gammelt.til_dato) == (i_dag(), i_dag())


def test_number_the_citizen_had_before_is_taken_up_again(sag):
    af = BrugerFactory()
    skift_personnummer(sag, nummer(), aarsag="nyt", fra_dato=date(2026, 10, 1), af=af)

    skift_personnummer(sag, nummer(GAMMELT), aarsag="fejl", fra_dato=date(2026, 11, 1), af=af)

    assert sag.borger.personnumre.get(til_dato=None).nummer == GAMMELT
    assert sag.borger.personnumre.count() == 2


@pytest.mark.parametrize(
    ("felter", "felt", "besked"),
    [
        ({"nummer": GAMMELT}, "nummer", "borgeren har nu"),
        ({"fra_dato": date(2019, 12, 31)}, "fra_dato", "gælder fra 01.01.2020"),
        ({"fra_dato": date(2099, 1, 1)}, "fra_dato", "fremtiden"),
        ({"aarsag": "udenlandsk"}, "aarsag", "passer ikke"),
    ],
)
def test_change_that_cannot_be_is_refused_by_field(sag, felter, felt, besked):
    valg = {"nummer": NYT, "aarsag": "fejl", "fra_dato": i_dag()} | felter
    valg["nummer"] = nummer(valg["nummer"])

    with pytest.raises(ValidationError, match=besked) as fejl:
        skift_personnummer(sag, valg.pop("nummer"), **valg, af=BrugerFactory())

    assert list(fejl.value.error_dict) == [felt]
    assert Haendelse.objects.count() == 0


def test_same_number_registered_a_moment_ago_is_refused_in_the_same_words(sag, monkeypatch):
    andens = PersonnummerFactory(nummer="7205831234")
    skjult = Personnummer.objects.exclude(pk=andens.pk)
    monkeypatch.setattr(Personnummer, "full_clean", lambda self: None)
    monkeypatch.setattr(Personnummer.objects, "filter", skjult.filter)

    with pytest.raises(ValidationError) as fejl:
        skift_personnummer(sag, nummer(), aarsag="fejl", fra_dato=i_dag(), af=BrugerFactory())

    assert fejl.value.code == "ikke_kendt"


# The bypass: a Danish number typed as something else


@pytest.mark.parametrize("tekst", ["740387-1235", "7403871235", "74 03 87.1235", "740387 - 1235"])
def test_danish_number_typed_as_a_foreign_id_is_the_same_number(tekst):
    PersonnummerFactory(nummer=GAMMELT)

    with pytest.raises(ValidationError) as fejl:
        opret_borger_og_sag(
            nummer=nummer(tekst, Type.UDENLANDSK),
            oplysninger={
                "fornavn": "Bo",
                "efternavn": "Skovsen",
                "foedselsdato": date(1987, 3, 14),
            },
            af=BrugerFactory(),
        )

    assert fejl.value.code == "ikke_kendt"
    assert Sag.objects.count() == 0


def test_swedish_number_of_ten_digits_that_nobody_has_is_registered():
    sag = opret_borger_og_sag(
        nummer=nummer("811228-9874", Type.UDENLANDSK),
        oplysninger={"fornavn": "Åsa", "efternavn": "Ek", "foedselsdato": date(1981, 12, 28)},
        af=BrugerFactory(),
    )

    assert sag.borger.personnumre.get().tegn == "8112289874"


def test_own_citizen_is_known_by_an_old_number_too(maja, sag):
    skift_personnummer(sag, nummer(), aarsag="nyt", fra_dato=i_dag(), af=maja.bruger)

    with pytest.raises(ValidationError, match=sag.sagsnummer):
        opret_borger_og_sag(
            nummer=nummer(GAMMELT),
            oplysninger={"fornavn": "Bo", "efternavn": "Skovsen"},
            af=maja.bruger,
        )


# The pages


def test_change_tells_what_follows_from_the_number(maja, sag):
    svar = maja.post(side(sag), sendt(), follow=True)

    html = svar.content.decode()
    assert "er fødselsdatoen nu 12.05.1983 og kønnet kvinde" in html
    assert "Erstatningsnummeret er afløst" in html
    # Once in the header, twice in the history; never whole.
    assert "1234" not in html
    assert "74-03 ** ****" in html


def test_change_says_that_a_foreign_id_decides_nothing(maja, sag):
    svar = maja.post(
        side(sag), sendt(art="udenlandsk", nummer="PL 88-12", aarsag="fejl"), follow=True
    )

    assert "Fødselsdato og køn er de samme som før" in svar.content.decode()


def test_number_without_a_check_digit_is_taken_with_a_word_of_care(maja, sag):
    svar = maja.post(side(sag), sendt(nummer="010490-9995"), follow=True)

    assert "Kontrollér cifrene" in svar.content.decode()
    assert sag.borger.personnumre.get(til_dato=None).nummer == "010490-9995".replace("-", "")


def test_page_is_logged_once_and_costs_a_fixed_number(maja, sag, django_assert_num_queries):
    with django_assert_num_queries(SKIFTESIDE):
        maja.get(side(sag))

    assert log() == [("se", "personnumre", sag.pk)]


def test_sent_twice_is_one_change(maja, sag):
    maja.post(side(sag), sendt())
    igen = maja.post(side(sag), sendt(aarsag="fejl"))

    assert igen.status_code == 422
    assert "Det er det nummer, borgeren har nu." in igen.content.decode()
    assert sag.borger.personnumre.count() == 2


def test_number_of_somebody_else_tells_nothing_and_is_logged_as_refused(maja, sag):
    PersonnummerFactory(nummer="7205831234")

    svar = maja.post(side(sag), sendt())

    assert svar.status_code == 422
    assert "Nummeret kan ikke bruges her." in svar.content.decode()
    assert log() == [("afvist", "personnumre", sag.pk)]
    assert sag.borger.personnumre.count() == 1


@pytest.mark.parametrize("nummer_", ["", "74038", "300299-1234", "\x00", "720583-1234-9"])
def test_wrong_number_keeps_what_was_typed(maja, sag, nummer_):
    svar = maja.post(side(sag), sendt(nummer=nummer_, fra_dato="02.10.2026"))

    assert svar.status_code == 422
    assert 'value="02.10.2026"' in svar.content.decode()


def test_old_numbers_are_shown_whole_only_when_asked_for(maja, sag):
    skift_personnummer(sag, nummer(), aarsag="nyt", fra_dato=i_dag(), af=maja.bruger)

    masket = maja.get(side(sag, "borger")).content.decode()
    vist = maja.post(side(sag, "personnumre"))

    assert "740387-1235" not in masket
    assert "740387-1235" in vist.content.decode()
    assert NYT in vist.content.decode()
    assert "no-store" in vist["Cache-Control"]
    assert log() == [("se", "borger", sag.pk), ("vis_personnummer", "personnumre", sag.pk)]


def test_registration_asks_for_a_second_look_at_the_digits(maja):
    svar = maja.post(
        reverse("borgere:sag_ny"),
        {
            "art": "dansk",
            "nummer": "010490-9995",
            "fornavn": "Bo",
            "efternavn": "Skov",
            "antal_hjemmeboende_boern": "0",
        },
        follow=True,
    )

    assert "Kontrollér cifrene" in svar.content.decode()
    assert Sag.objects.count() == 1


def test_from_tomorrow_is_too_early(maja, sag):
    i_morgen = i_dag() + timedelta(days=1)

    svar = maja.post(side(sag), sendt(fra_dato=f"{i_morgen:%d.%m.%Y}"))

    assert "ude i fremtiden" in svar.content.decode()
