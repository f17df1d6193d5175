"""Registering a citizen and a case, as a service."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from borgere.models import Borger, Fase, Personnummer, Sag, Tildeling
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type
from borgere.services import opret_borger_og_sag, sagsnumre
from ressource.kalender import i_dag
from ressource.models import Haendelse, Regelsaet
from tests.factories import (
    BorgerFactory,
    BrugerFactory,
    LaegepraksisFactory,
    PersonnummerFactory,
    SagFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

BO = "7403871235"
NAVN = {"fornavn": "Bo", "efternavn": "Skovsen"}


def nummer(tekst=BO, type_=None):
    return Nummer.laes(tekst, i_dag=i_dag(), type=type_)


def opret(af=None, tekst=BO, **oplysninger):
    return opret_borger_og_sag(
        nummer=nummer(tekst), oplysninger=NAVN | oplysninger, af=af or BrugerFactory()
    )


def test_one_call_gives_citizen_number_case_and_responsible():
    maja = BrugerFactory()

    sag = opret(maja, telefon="10203040")

    assert sag.fase == Fase.SCREENING
    assert sag.team == maja.team
    assert sag.regelsaet == Regelsaet.objects.for_dato(i_dag())
    assert sag.borger.navn == "Bo Skovsen"
    assert sag.borger.telefon == "10203040"
    [person] = sag.borger.personnumre.all()
    assert (person.nummer, person.art) == (BO, Personnummer.Art.ERSTATNING)
    [tildeling] = sag.tildelinger.all()
    assert (tildeling.bruger, tildeling.art) == (maja, Tildeling.Art.ANSVARLIG)
    assert list(Haendelse.objects.values_list("kode", "sag_id")) == [
        ("sag.oprettet", sag.pk),
        ("sag.tildelt", sag.pk),
    ]


def test_birth_and_sex_are_read_from_the_number():
    borger = opret(foedselsdato=date(2001, 1, 1)).borger

    assert borger.foedselsdato == date(1987, 3, 14)
    assert borger.koen == Borger.Koen.MAND


def test_foreign_identifier_brings_its_own_date_of_birth():
    sag = opret_borger_og_sag(
        nummer=nummer("PL 88-12", Type.UDENLANDSK),
        oplysninger=NAVN | {"foedselsdato": date(1988, 12, 1)},
        af=BrugerFactory(),
    )

    assert sag.borger.foedselsdato == date(1988, 12, 1)
    assert sag.borger.koen == Borger.Koen.UOPLYST
    assert sag.borger.personnumre.get().art == Personnummer.Art.UDENLANDSK


def test_number_follows_the_year():
    with time_machine.travel(date(2026, 12, 30)):
        assert opret(tekst="740387-1236").sagsnummer == "RF-2026-0001"
        assert opret(tekst="740387-1237").sagsnummer == "RF-2026-0002"
    with time_machine.travel(date(2027, 1, 4)):
        assert opret(tekst="740387-1238").sagsnummer == "RF-2027-0001"


def test_numbers_given_out_elsewhere_are_not_given_again():
    SagFactory(sagsnummer="RF-2026-0409")

    assert sagsnumre(2026, 2) == ["RF-2026-0410", "RF-2026-0411"]
    assert sagsnumre(2026) == ["RF-2026-0412"]
    assert sagsnumre(2025) == ["RF-2025-0001"]


@pytest.mark.django_db(transaction=True)
def test_numbers_asked_for_at_the_same_time_differ():
    def hent(_):
        try:
            with transaction.atomic():
                return sagsnumre(2026)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as arbejdere:
        numre = list(arbejdere.map(hent, range(12)))

    assert sorted(numre) == [f"RF-2026-{nr:04d}" for nr in range(1, 13)]


def test_known_citizen_of_ones_own_is_used_again_and_supplemented():
    maja = BrugerFactory()
    laegehus = LaegepraksisFactory()
    borger = BorgerFactory(telefon="10203040", laegepraksis=laegehus)
    PersonnummerFactory(borger=borger, nummer=BO)
    afsluttet = SagFactory(
        borger=borger,
        fase=Fase.AFSLUTNING,
        afsluttet_dato=i_dag(),
        afslutningsaarsag="andet",
        afsluttet_af=maja,
    )
    TildelingFactory(sag=afsluttet, bruger=maja, til_dato=i_dag())

    sag = opret(maja, telefon="50607080", laegepraksis=None, antal_hjemmeboende_boern=2)

    borger.refresh_from_db()
    assert sag.borger == borger
    assert (borger.telefon, borger.laegepraksis, borger.antal_hjemmeboende_boern) == (
        "50607080",
        laegehus,
        2,
    )
    assert Personnummer.objects.count() == 1


def test_what_the_form_begins_with_replaces_nothing_and_an_answer_does():
    maja = BrugerFactory()
    borger = BorgerFactory(antal_hjemmeboende_boern=3, har_uddannelse=True, har_boernesag=True)
    PersonnummerFactory(borger=borger, nummer=BO)
    SagFactory(
        borger=borger,
        team=maja.team,
        fase=Fase.AFSLUTNING,
        afsluttet_dato=i_dag(),
        afslutningsaarsag="andet",
        afsluttet_af=maja,
    )

    opret(maja, antal_hjemmeboende_boern=0, har_uddannelse=False, har_boernesag=False)

    borger.refresh_from_db()
    assert (borger.antal_hjemmeboende_boern, borger.har_boernesag) == (3, True)
    assert borger.har_uddannelse is False


def test_childrens_case_followed_up_names_who_registered_it():
    maja = BrugerFactory()

    borger = opret(maja, har_boernesag=True, boernesag_fulgt_op_dato=i_dag()).borger

    assert borger.boernesag_fulgt_op_af == maja


def test_open_case_is_named_to_those_who_work_with_it():
    maja = BrugerFactory()
    aaben = SagFactory(ansvarlig=maja)
    PersonnummerFactory(borger=aaben.borger, nummer=BO)

    with pytest.raises(ValidationError, match=f"åben sag, {aaben.sagsnummer}"):
        opret(maja)
    assert Sag.objects.count() == 1


def test_somebody_elses_citizen_is_refused_without_a_word_about_them():
    aaben = SagFactory(ansvarlig=BrugerFactory())
    PersonnummerFactory(borger=aaben.borger, nummer=BO)

    with pytest.raises(ValidationError) as fejl:
        opret()

    assert fejl.value.code == "ikke_kendt"
    assert fejl.value.messages == [
        "Nummeret kan ikke bruges her. Kontrollér det, eller spørg din teamleder."
    ]
    assert Sag.objects.count() == 1
    assert Haendelse.objects.count() == 0


def test_user_without_a_team_cannot_register():
    with pytest.raises(ValidationError, match="ikke knyttet til et team"):
        opret(BrugerFactory(team=None))
    assert Borger.objects.count() == 0


def test_without_a_rule_set_in_force_nothing_is_registered():
    Regelsaet.objects.update(er_aktivt=False)

    with pytest.raises(ValidationError, match="regelsæt"):
        opret()
    assert Borger.objects.count() == 0


def test_same_number_registered_a_moment_ago_is_refused_in_words(monkeypatch):
    PersonnummerFactory(nummer=BO)
    monkeypatch.setattr("borgere.services.registrering._kendt_borger", lambda *_, **__: None)
    monkeypatch.setattr(Personnummer, "full_clean", lambda self: None)

    with pytest.raises(ValidationError) as fejl:
        opret()

    assert fejl.value.code == "ikke_kendt"
    assert Sag.objects.count() == 0
