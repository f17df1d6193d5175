"""A file read, checked, repaired and taken in: as services and jobs."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from borgere import tasks
from borgere.indlaesning import kontrol, optag
from borgere.models import (
    Borger,
    Fase,
    Indlaesning,
    Indlaesningsraekke,
    Personnummer,
    Sag,
    Tildeling,
)
from borgere.services import indlaesning as services
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Haendelse, Regelsaet
from tests.borgere.indlaesningsfiler import HOVED, fejl, laest, lagt_op, linjer, nr, taget_ind
from tests.factories import (
    BrugerFactory,
    InhabilitetFactory,
    PersonnummerFactory,
    SagFactory,
    TeamFactory,
)

pytestmark = pytest.mark.django_db
S = Indlaesning.Status


def test_right_file_is_read_and_taken_in(leder, maja):
    indlaesning = laest(leder, HOVED + linjer(3))

    assert (indlaesning.status, indlaesning.antal, indlaesning.fil) == (S.KONTROLLERET, 3, None)
    assert not Borger.objects.exists()

    indlaesning = taget_ind(indlaesning)

    assert indlaesning.status == S.INDLAEST
    assert indlaesning.rapport == {
        "sager": 3,
        "nye_borgere": 3,
        "kendte_borgere": 0,
        "udeladt": 0,
    }
    assert indlaesning.afsluttet_den is not None
    assert not indlaesning.raekker.exists()
    sag = Sag.objects.get(borger__personnumre__nummer=nr(0))
    assert (sag.fase, sag.team, sag.oprettet_af) == (Fase.SCREENING, maja.team, leder)
    assert sag.regelsaet == Regelsaet.objects.for_dato(i_dag())
    assert (sag.borger.navn, sag.borger.foedselsdato) == ("Bo Skovsen 0", date(1987, 1, 1))
    [person] = sag.borger.personnumre.all()
    assert (person.art, person.fra_dato) == (Personnummer.Art.ERSTATNING, i_dag())
    [tildeling] = sag.tildelinger.all()
    assert (tildeling.bruger, tildeling.art) == (maja, Tildeling.Art.ANSVARLIG)
    assert list(
        Haendelse.objects.filter(sag_id=sag.pk).order_by("pk").values_list("kode", "af")
    ) == [("sag.oprettet", leder.pk), ("sag.tildelt", leder.pk)]


def test_case_numbers_follow_on(leder, maja):
    taget_ind(laest(leder, HOVED + linjer(3)))

    numre = sorted(Sag.objects.values_list("sagsnummer", flat=True))
    foerste = int(numre[0].rsplit("-", 1)[1])
    assert [int(n.rsplit("-", 1)[1]) for n in numre] == [foerste, foerste + 1, foerste + 2]


@pytest.mark.parametrize(
    ("linje", "kolonne", "ord_"),
    [
        ("740387-123;Bo;Skovsen;maja", "personnummer", "10 cifre, og her er 9"),
        ("999999-1234;Bo;Skovsen;maja", "personnummer", "ikke en dato"),
        (";Bo;Skovsen;maja", "personnummer", "tomt"),
        ("740387-1235;;Skovsen;maja", "fornavn", "tomt"),
        ("740387-1235;Bo;Skovsen;", "sagsbehandler", "tomt"),
        ("740387-1235;Bo;Skovsen;ukendt", "sagsbehandler", "ingen bruger"),
        ("740387-1235;Bo;Skovsen;mentor", "sagsbehandler", "ikke sagsbehandler"),
        ("740387-1235;Bo;Skovsen;borte", "sagsbehandler", "ikke ansat mere"),
        ("740387-1235;Bo;Skovsen;uden", "sagsbehandler", "ikke knyttet til et team"),
        (f"740387-1235;{'B' * 101};Skovsen;maja", "fornavn", "længere end 100"),
        ("740387-1235;#REF!;Skovsen;maja", "fornavn", "fejl fra Excel"),
    ],
)
def test_bad_row_names_its_column_and_the_cure(leder, maja, linje, kolonne, ord_):
    BrugerFactory(brugernavn="mentor", roller=["mentor"])
    BrugerFactory(brugernavn="borte", is_active=False)
    BrugerFactory(brugernavn="uden", team=None)

    fundet = fejl(laest(leder, f"{HOVED}{linje}\n"))

    assert list(fundet) == [2]
    assert list(fundet[2]) == [kolonne]
    assert ord_ in fundet[2][kolonne]


@pytest.mark.parametrize(
    ("kolonne", "vaerdi", "ord_"),
    [
        ("e-mail", "bo@", "e-mailadresse"),
        ("postnummer", "99999", "fire cifre"),
        ("fødselsdato", "i går", "dag.måned.år"),
        ("fødselsdato", "15.03.1987", "passer ikke"),
        ("adressebeskyttet", "måske", "ja eller nej"),
        ("telefon", "1" * 21, "længere end 20"),
    ],
)
def test_optional_columns_are_checked_too(leder, maja, kolonne, vaerdi, ord_):
    hoved = f"personnummer;fornavn;efternavn;sagsbehandler;{kolonne}\n"

    [fundet] = fejl(laest(leder, f"{hoved}740387-1235;Bo;Skovsen;maja;{vaerdi}\n")).values()

    [besked] = fundet.values()
    assert ord_ in besked


def test_no_sentence_repeats_the_number(leder, maja):
    PersonnummerFactory(nummer="7403871235")
    tekst = HOVED + "7403871235;Bo;S;maja\n740387123;Bo;S;maja\n740387-99999;Bo;S;maja\n"

    beskeder = str(fejl(laest(leder, tekst)))

    assert "740387" not in beskeder
    assert "740387" not in str(list(Haendelse.objects.values_list("data", flat=True)))


def test_e_cpr_takes_a_date_of_birth(leder, maja):
    hoved = "personnummer;fornavn;efternavn;sagsbehandler;fødselsdato\n"
    indlaesning = laest(leder, f"{hoved}7403871AB5;Bo;S;maja;\n7403871AB6;Bo;S;maja;14.03.1987\n")

    assert list(fejl(indlaesning)) == [2]
    assert "Skriv fødselsdatoen" in fejl(indlaesning)[2]["foedselsdato"]
    services.udelad_raekke(indlaesning, 2, af=leder)
    taget_ind(indlaesning)
    borger = Borger.objects.get()
    assert (borger.foedselsdato, borger.koen) == (date(1987, 3, 14), Borger.Koen.UOPLYST)


def test_same_number_twice_is_wrong_on_both_lines_until_one_is_left_out(leder, maja):
    indlaesning = laest(leder, HOVED + linjer(2) + linjer(1))

    fundet = fejl(indlaesning)
    assert list(fundet) == [2, 4]
    assert "linje 4" in fundet[2]["personnummer"]
    assert "linje 2" in fundet[4]["personnummer"]

    services.udelad_raekke(indlaesning, 4, af=leder)
    assert fejl(indlaesning) == {}
    services.udelad_raekke(indlaesning, 4, udelad=False, af=leder)
    assert list(fejl(indlaesning)) == [2, 4]
    services.ret_raekke(
        indlaesning,
        4,
        {"personnummer": nr(9), "fornavn": "Eva", "efternavn": "S", "sagsbehandler": "maja"},
        af=leder,
    )
    assert fejl(indlaesning) == {}


def test_former_and_present_number_of_one_citizen_are_the_same_person(leder, maja):
    gammelt = PersonnummerFactory(nummer=nr(0), til_dato=date(2024, 1, 1))
    PersonnummerFactory(nummer=nr(1), borger=gammelt.borger)
    SagFactory(borger=gammelt.borger, team=leder.team, fase=Fase.AFSLUTNING, **AFSLUTTET(leder))

    fundet = fejl(laest(leder, HOVED + linjer(2)))

    assert list(fundet) == [2, 3]


def AFSLUTTET(af):  # noqa: N802 -- reads as a constant
    return {
        "afsluttet_dato": i_dag(),
        "afsluttet_af": af,
        "afslutningsaarsag": "ordinaert_job",
    }


def test_known_citizen_of_the_team_gets_a_new_case_and_what_is_written(leder, maja):
    person = PersonnummerFactory(nummer=nr(0), borger__telefon="11111111", borger__by="Egelund")
    SagFactory(borger=person.borger, team=leder.team, fase=Fase.AFSLUTNING, **AFSLUTTET(leder))
    tekst = "personnummer;fornavn;efternavn;sagsbehandler;telefon;by\n"
    indlaesning = laest(leder, f"{tekst}{nr(0)};Bodil;Skov;maja;22222222;\n")

    assert indlaesning.raekker.get().data["_kendt"] is True
    indlaesning = taget_ind(indlaesning)

    borger = Borger.objects.get()
    assert (borger.fornavn, borger.telefon, borger.by) == ("Bodil", "22222222", "Egelund")
    assert borger.laas == person.borger.laas + 1
    assert borger.sager.aabne().count() == 1
    assert borger.personnumre.count() == 1
    assert indlaesning.rapport["kendte_borgere"] == 1


def test_somebody_elses_citizen_is_refused_and_nothing_told(leder, maja):
    person = PersonnummerFactory(nummer=nr(0))
    SagFactory(borger=person.borger)

    fundet = fejl(laest(leder, HOVED + linjer(1)))

    assert fundet == {2: {"personnummer": kontrol.IKKE_KENDT}}


def test_open_case_is_named_to_those_who_have_to_do_with_it(leder, maja):
    person = PersonnummerFactory(nummer=nr(0))
    sag = SagFactory(borger=person.borger, team=leder.team)

    fundet = fejl(laest(leder, HOVED + linjer(1)))

    assert sag.sagsnummer in fundet[2]["personnummer"]


def test_inhabil_caseworker_is_refused(leder, maja):
    person = PersonnummerFactory(nummer=nr(0))
    SagFactory(borger=person.borger, team=leder.team, fase=Fase.AFSLUTNING, **AFSLUTTET(leder))
    InhabilitetFactory(borger=person.borger, bruger=maja)

    fundet = fejl(laest(leder, HOVED + linjer(1)))

    assert "inhabil" in fundet[2]["personnummer"]


def test_address_protection_comes_along(leder, maja):
    hoved = "personnummer;fornavn;efternavn;sagsbehandler;adressebeskyttet\n"

    taget_ind(laest(leder, f"{hoved}{nr(0)};Bo;S;maja;JA\n{nr(1)};Bo;S;maja;\n"))

    assert sorted(Borger.objects.values_list("er_adressebeskyttet", flat=True)) == [False, True]


# The job


def test_killed_worker_loses_one_piece_and_the_next_run_goes_on(leder, maja, monkeypatch):
    monkeypatch.setattr(services, "STYKKE", 4)
    indlaesning = lagt_op(leder, HOVED + linjer(10))
    rigtig, kald = kontrol.kontroller, []

    def draebt(*args, **kwargs):
        kald.append(1)
        if len(kald) == 3:
            raise SystemExit
        return rigtig(*args, **kwargs)

    monkeypatch.setattr(kontrol, "kontroller", draebt)
    with pytest.raises(SystemExit):
        tasks.behandl_indlaesning(indlaesning.pk)
    indlaesning.refresh_from_db()
    assert (indlaesning.status, indlaesning.fremdrift, indlaesning.antal) == (S.LAESES, 8, 10)
    assert indlaesning.raekker.count() == 8

    tasks.behandl_indlaesning(indlaesning.pk)

    indlaesning.refresh_from_db()
    assert (indlaesning.status, indlaesning.fremdrift) == (S.KONTROLLERET, 10)
    assert list(indlaesning.raekker.values_list("nr", flat=True)) == list(range(2, 12))


def test_job_run_twice_changes_nothing(leder, maja):
    indlaesning = laest(leder, HOVED + linjer(2))
    tasks.behandl_indlaesning(indlaesning.pk)
    indlaesning = taget_ind(indlaesning)
    tasks.behandl_indlaesning(indlaesning.pk)
    services.laes(indlaesning.pk)
    services.indlaes(indlaesning.pk)

    assert Sag.objects.count() == 2
    assert Haendelse.objects.filter(kode="indlaesning.indlaest").count() == 1


def test_job_of_a_file_that_is_not_there_does_nothing():
    tasks.behandl_indlaesning(0)


def test_worker_killed_while_taking_in_has_written_nothing(leder, maja, monkeypatch):
    indlaesning = laest(leder, HOVED + linjer(3))
    services.bestil(indlaesning, af=leder)
    rigtig = haendelser.log_mange

    def draebt(kode, *args, **kwargs):
        if kode == "sag.tildelt":
            raise SystemExit
        return rigtig(kode, *args, **kwargs)

    monkeypatch.setattr(haendelser, "log_mange", draebt)
    with pytest.raises(SystemExit):
        tasks.behandl_indlaesning(indlaesning.pk)
    assert (Borger.objects.count(), Sag.objects.count()) == (0, 0)
    monkeypatch.setattr(haendelser, "log_mange", rigtig)

    tasks.behandl_indlaesning(indlaesning.pk)

    assert Sag.objects.count() == 3


def test_beat_takes_up_what_was_lost_and_drops_what_was_forgotten(leder, maja, monkeypatch):
    vaekket = []
    monkeypatch.setattr(tasks.behandl_indlaesning, "delay", vaekket.append)
    tabt, ny, glemt = (lagt_op(leder, HOVED + linjer(1)) for _ in range(3))
    faerdig = laest(leder, HOVED + linjer(1))
    gammel = timezone.now() - timedelta(minutes=3)
    Indlaesning.objects.filter(pk__in=[tabt.pk, faerdig.pk]).update(bestilt_den=gammel)
    Indlaesning.objects.filter(pk=glemt.pk).update(bestilt_den=timezone.now() - timedelta(days=31))

    tasks.tag_indlaesninger_op()
    tasks.tag_indlaesninger_op()

    assert vaekket == [tabt.pk, tabt.pk]
    glemt.refresh_from_db()
    assert (glemt.status, glemt.fil) == (S.FORTRUDT, None)
    ny.refresh_from_db()
    assert ny.status == S.LAESES


def test_world_that_changed_leads_back_to_the_preview(leder, maja):
    indlaesning = laest(leder, HOVED + linjer(3))
    services.bestil(indlaesning, af=leder)
    PersonnummerFactory(nummer=nr(1))

    tasks.behandl_indlaesning(indlaesning.pk)

    indlaesning.refresh_from_db()
    assert indlaesning.status == S.KONTROLLERET
    assert "Intet er indlæst" in indlaesning.besked
    assert fejl(indlaesning) == {3: {"personnummer": kontrol.IKKE_KENDT}}
    assert not Sag.objects.exists()


def test_number_taken_between_check_and_writing_is_found_by_the_second_check(
    leder, maja, monkeypatch
):
    indlaesning = laest(leder, HOVED + linjer(3))
    services.bestil(indlaesning, af=leder)
    rigtig, kald = optag.borgere_og_sager, []

    def med_kaploeb(*args, **kwargs):
        kald.append(1)
        if len(kald) == 1:
            raise IntegrityError
        return rigtig(*args, **kwargs)

    monkeypatch.setattr(optag, "borgere_og_sager", med_kaploeb)
    tasks.behandl_indlaesning(indlaesning.pk)

    assert len(kald) == 2
    assert Sag.objects.count() == 3


def test_no_rule_set_in_force_takes_nothing_in(leder, maja, monkeypatch):
    indlaesning = laest(leder, HOVED + linjer(1))
    services.bestil(indlaesning, af=leder)

    def ingen(dato):
        raise Regelsaet.DoesNotExist

    monkeypatch.setattr(Regelsaet.objects, "for_dato", ingen)
    tasks.behandl_indlaesning(indlaesning.pk)

    indlaesning.refresh_from_db()
    assert indlaesning.status == S.KONTROLLERET
    assert "regelsæt" in indlaesning.besked


# What a person may do with it


def test_file_with_bad_rows_is_not_taken_in(leder, maja):
    indlaesning = laest(leder, HOVED + linjer(1) + "x;Bo;S;maja\n")

    with pytest.raises(ValidationError, match="rækker med fejl"):
        services.bestil(indlaesning, af=leder)

    services.udelad_fejl(indlaesning, antal=1, af=leder)
    assert taget_ind(indlaesning).rapport["udeladt"] == 1


def test_leaving_all_bad_out_takes_a_yes_to_how_many(leder, maja):
    indlaesning = laest(leder, HOVED + "x;Bo;S;maja\ny;Bo;S;maja\n")

    with pytest.raises(ValidationError, match="ændret"):
        services.udelad_fejl(indlaesning, antal=1, af=leder)
    services.udelad_fejl(indlaesning, antal=2, af=leder)
    with pytest.raises(ValidationError, match="intet at indlæse"):
        services.bestil(indlaesning, af=leder)


def test_twice_ordered_or_repaired_too_late_is_refused(leder, maja):
    indlaesning = laest(leder, HOVED + linjer(1))
    services.bestil(indlaesning, af=leder)

    with pytest.raises(ValidationError, match="indlæses"):
        services.bestil(indlaesning, af=leder)
    with pytest.raises(ValidationError, match="indlæses"):
        services.ret_raekke(indlaesning, 2, {"personnummer": "x"}, af=leder)
    with pytest.raises(ValidationError, match="indlæses"):
        services.udelad_raekke(indlaesning, 2, af=leder)


def test_cancelled_file_is_emptied_and_its_job_does_nothing(leder, maja):
    indlaesning = lagt_op(leder, HOVED + linjer(2))
    services.fortryd(indlaesning, af=leder)
    services.fortryd(indlaesning, af=leder)
    tasks.behandl_indlaesning(indlaesning.pk)

    indlaesning.refresh_from_db()
    assert (indlaesning.status, indlaesning.fil) == (S.FORTRUDT, None)
    assert not Indlaesningsraekke.objects.exists()
    assert Haendelse.objects.filter(kode="indlaesning.fortrudt").count() == 1


def test_taken_in_is_too_late_to_cancel(leder, maja):
    indlaesning = taget_ind(laest(leder, HOVED + linjer(1)))

    with pytest.raises(ValidationError, match="allerede indlæst"):
        services.fortryd(indlaesning, af=leder)


def test_numbers_in_the_file_name_are_not_kept(leder):
    indlaesning = services.start(
        art="borgere", filnavn="Eva 740387-1235.csv", indhold=b"x", af=leder
    )

    assert indlaesning.filnavn == "Eva ….csv"


def test_unreadable_file_says_why(leder):
    indlaesning = laest(leder, "navn;by\nBo;Egelund\n")

    assert indlaesning.status == S.FEJLET
    assert "mangler overskriften personnummer og fornavn" in indlaesning.besked
    assert indlaesning.fil is None


def test_unknown_columns_are_named(leder, maja):
    tekst = f"personnummer;fornavn;efternavn;sagsbehandler;hat\n{nr(0)};Bo;S;maja;høj\n"

    assert laest(leder, tekst).besked == "Disse kolonner bruges ikke: hat."


# Origin


def herkomstfil(*par) -> str:
    return "personnummer;herkomst\n" + "".join(f"{n};{h}\n" for n, h in par)


def test_origin_is_set_for_the_teams_citizens(leder):
    personer = [PersonnummerFactory(nummer=nr(n)) for n in range(3)]
    for person in personer:
        SagFactory(borger=person.borger, team=leder.team)
    Borger.objects.filter(pk=personer[2].borger_id).update(herkomst="Personer med dansk oprindelse")
    indlaesning = laest(
        leder,
        herkomstfil(
            (nr(0), "indvandrere fra ikke-vestlige lande"),
            (nr(1), "Personer med dansk oprindelse"),
            (nr(2), "Personer med dansk oprindelse"),
        ),
        art="herkomst",
    )

    indlaesning = taget_ind(indlaesning)

    assert indlaesning.rapport == {"rettede": 2, "uaendrede": 1, "udeladt": 0}
    personer[0].borger.refresh_from_db()
    assert personer[0].borger.herkomst == "Indvandrere fra ikke-vestlige lande"
    assert Haendelse.objects.filter(kode="borger.herkomst").count() == 2


def test_origin_of_strangers_and_unknown_categories_are_refused_alike(leder):
    fremmed = PersonnummerFactory(nummer=nr(0))
    SagFactory(borger=fremmed.borger, team=TeamFactory())
    egen = PersonnummerFactory(nummer=nr(2))
    SagFactory(borger=egen.borger, team=leder.team)

    fundet = fejl(
        laest(
            leder,
            herkomstfil(
                (nr(0), "uoplyst"), (nr(1), "uoplyst"), (nr(2), "Herkomst i alt"), (nr(2), "x")
            ),
            art="herkomst",
        )
    )

    assert fundet[2] == fundet[3]
    assert "dit team" in fundet[2]["personnummer"]
    assert "kategorierne" in fundet[4]["herkomst"]
    assert "linje 4" in fundet[5]["personnummer"]


def test_a_number_without_its_zero_is_mended_with_a_note(leder, maja):
    indlaesning = laest(leder, HOVED + "104909995;Bo;S;maja\n")

    data = indlaesning.raekker.get().data
    assert data["personnummer"] == "0104909995"
    assert "nullet foran" in data["_noter"][0]


def test_masked_number_never_shows_the_last_four(leder):
    for tekst in ("7403871235", "740387123", "7403", "x", ""):
        assert "123" not in kontrol.maskeret(tekst)
        assert "87" not in kontrol.maskeret(tekst)
