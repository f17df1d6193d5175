"""The forberedende del: what its services guarantee."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel
from rehabilitering.rettelse import Rettelse
from rehabilitering.services import forberedelse as services
from ressource.kalender import i_dag
from ressource.models import Haendelse, Regelsaet
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import BrugerFactory, ForberedendeDelFactory, SagFactory
from tests.rehabilitering.klargoering import begyndt_del, gem_afsnit, gem_del, skriv_alt

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def jonas():
    return BrugerFactory(navn="Jonas Holt")


@pytest.fixture
def del_(maja):
    return begyndt_del(af=maja)


def test_every_rule_set_has_nine_sections_seven_topics_and_the_wishes():
    for regler in Regelsaet.objects.all():
        koder = {post["kode"] for post in regler.afsnit}
        assert (len(koder), len(regler.samtaleemner)) == (9, 7)
        assert services.AFSNIT_OENSKER in koder


def test_begynd_del_begins_once(maja):
    sag = SagFactory(fase="forberedelse")

    foerste = services.begynd_del(sag, af=maja)
    anden = services.begynd_del(sag, af=maja)

    assert (foerste.nr, anden.pk) == (1, foerste.pk)
    assert Haendelse.objects.filter(kode="forberedende_del.oprettet").count() == 1


def test_begynd_del_waits_for_the_screening(maja):
    with pytest.raises(ValidationError, match="trinnet screening"):
        services.begynd_del(SagFactory(), af=maja)


def test_a_new_round_copies_the_text_and_leaves_the_old_one(maja):
    sag = SagFactory(fase="forberedelse")
    gammel = skriv_alt(sag, af=maja)
    ForberedendeDel.objects.update(status="forelagt")

    ny = services.begynd_del(sag, af=maja)

    assert (ny.nr, ny.status, ny.gennemgaaet_dato) == (2, "kladde", None)
    assert ny.maal == gammel.maal
    assert ny.afsnit.get(kode="helbred").egne_ord == "Om Helbred"
    gem_afsnit(ny, "helbred", {"egne_ord": "Bedre"}, laas=0, af=maja)
    assert gammel.afsnit.get(kode="helbred").egne_ord == "Om Helbred"


def test_a_section_is_saved_with_a_new_lock_number(del_, maja):
    gem_afsnit(del_, "helbred", {"egne_ord": "Jeg sover dårligt."}, laas=0, af=maja)

    afsnit = del_.afsnit.get()
    assert (afsnit.egne_ord, afsnit.laas, afsnit.rettet_af) == ("Jeg sover dårligt.", 1, maja)


def test_a_stale_save_of_other_text_stores_nothing(del_, maja, jonas):
    gem_afsnit(del_, "helbred", {"egne_ord": "fire anfald"}, laas=0, af=jonas)

    with pytest.raises(ForaeldetVersionError):
        gem_afsnit(del_, "helbred", {"egne_ord": "to anfald"}, laas=0, af=maja)

    assert del_.afsnit.get().egne_ord == "fire anfald"


def test_the_same_text_sent_twice_is_no_conflict(del_, maja):
    for _ in range(2):
        gem_afsnit(del_, "helbred", {"egne_ord": "Ens"}, laas=0, af=maja)

    assert del_.afsnit.get().laas == 1


def test_section_and_head_are_saved_both_or_neither(del_, maja, jonas):
    gem_del(del_, {"maal": "Jonas skrev dette"}, laas=0, af=jonas)

    with pytest.raises(ForaeldetVersionError):
        services.gem(
            del_,
            "helbred",
            afsnit=Rettelse({"egne_ord": "Nyt"}, 0),
            hoved=Rettelse({"maal": "Maja skrev dette"}, 0),
            af=maja,
        )

    assert not del_.afsnit.exists()
    del_.refresh_from_db()
    assert (del_.maal, del_.rettet_af) == ("Jonas skrev dette", jonas)


def test_different_sections_do_not_disturb_each_other(del_, maja, jonas):
    gem_afsnit(del_, "helbred", {"egne_ord": "Helbred"}, laas=0, af=maja)
    gem_afsnit(del_, "udfordringer_social", {"egne_ord": "Gæld"}, laas=0, af=jonas)

    assert del_.afsnit.count() == 2


def test_a_section_outside_the_rule_set_is_refused(del_, maja):
    with pytest.raises(ValidationError, match="findes ikke i sagens regelsæt"):
        gem_afsnit(del_, "opdigtet", {"egne_ord": "x"}, laas=0, af=maja)


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"skrevet_sammen": "ja"}, "Afsnittet er tomt"),
        ({"egne_ord": "Nu"}, "skrevet sammen med borgeren, før"),
        ({"egne_ord": "Nu", "skrevet_sammen": "delvist"}, "Skriv, hvorfor hele afsnittet ikke"),
    ],
)
def test_a_section_is_not_done_without(del_, maja, felter, besked):
    with pytest.raises(ValidationError, match=besked):
        services.gem(del_, "helbred", afsnit=Rettelse(felter), er_faerdig=True, af=maja)


def test_the_day_of_writing_together_follows_the_citizens_words(del_, maja):
    with time_machine.travel("2026-11-18 10:00+01:00", tick=False) as ur:
        sammen = {"egne_ord": "Nu", "skrevet_sammen": "ja"}
        gem_afsnit(del_, "helbred", sammen, laas=0, af=maja)
        ur.shift(timedelta(days=1))
        gem_afsnit(del_, "helbred", {"beskrivelse": "Migræne"}, laas=1, af=maja)
    assert del_.afsnit.get().sammen_dato.isoformat() == "2026-11-18"

    gem_afsnit(del_, "helbred", {"skrevet_sammen": "nej"}, laas=2, af=maja)

    assert del_.afsnit.get().sammen_dato is None


def test_a_done_section_opens_again_when_emptied(del_, maja):
    tekst = Rettelse({"egne_ord": "Nu", "beskrivelse": "", "skrevet_sammen": "ja"}, 0)
    services.gem(del_, "helbred", afsnit=tekst, er_faerdig=True, af=maja)
    assert del_.afsnit.get().faerdig_den is not None

    gem_afsnit(del_, "helbred", {"egne_ord": ""}, laas=1, af=maja)

    assert del_.afsnit.get().faerdig_den is None


def test_afsnitsliste_tells_how_far_each_section_is(del_, maja):
    gem_afsnit(del_, "helbred", {"beskrivelse": "Migræne"}, laas=0, af=maja)
    tekst = Rettelse({"egne_ord": "Jeg vil gerne arbejde", "skrevet_sammen": "ja"}, 0)
    services.gem(del_, "oensker_job_uddannelse", afsnit=tekst, er_faerdig=True, af=maja)

    linjer = {linje.kode: linje for linje in services.afsnitsliste(del_.sag, del_)}

    assert linjer["helbred"].status == "i_gang"
    assert linjer["helbred"].mangler_egne_ord
    assert linjer["oensker_job_uddannelse"].status == "faerdig"
    assert linjer["hidtidig_indsats"].status == "ikke_begyndt"
    assert [linje.nr for linje in linjer.values()] == [1, 2, 3, 3, 4, 5, 6, 7, 8, 9]
    assert linjer["udfordringer_social"].titel == "Udfordringer: Derhjemme og socialt"


def test_one_sitting_is_one_event(del_, maja, jonas):
    with time_machine.travel("2026-11-25 10:00+01:00", tick=False) as ur:
        for nr in range(3):
            gem_afsnit(del_, "helbred", {"egne_ord": f"{nr}"}, laas=nr, af=maja)
            ur.shift(60)
        gem_afsnit(del_, "helbred", {"egne_ord": "Jonas"}, laas=3, af=jonas)
        ur.shift(16 * 60)
        gem_afsnit(del_, "helbred", {"egne_ord": "Igen"}, laas=4, af=jonas)

    haendelser = Haendelse.objects.filter(kode="forberedende_del.gemt").order_by("id")
    assert [h.af for h in haendelser] == [maja, jonas, jonas]


def test_every_text_stays_in_the_history(del_, maja):
    gem_afsnit(del_, "helbred", {"egne_ord": "Før"}, laas=0, af=maja)
    gem_afsnit(del_, "helbred", {"egne_ord": "Efter"}, laas=1, af=maja)

    gamle = apps.get_model("rehabilitering", "ForberedendeAfsnitEvent").objects.all()
    assert [event.egne_ord for event in gamle] == ["Før"]


def test_gennemgaaet_gives_status_and_date(del_, maja):
    services.marker_gennemgaaet(del_, dato=i_dag(), af=maja)

    del_.refresh_from_db()
    assert (del_.status, del_.gennemgaaet_dato) == ("gennemgaaet", i_dag())
    assert Haendelse.objects.filter(kode="forberedende_del.gennemgaaet").count() == 1


@pytest.mark.parametrize(
    "ny",
    [
        lambda del_, maja: gem_afsnit(del_, "helbred", {"egne_ord": "x"}, laas=1, af=maja),
        lambda del_, maja: gem_del(del_, {"maal": "x"}, laas=0, af=maja),
    ],
)
def test_a_text_changed_after_the_review_must_be_gone_through_again(del_, maja, ny):
    gem_afsnit(del_, "helbred", {"egne_ord": "Før"}, laas=0, af=maja)
    services.marker_gennemgaaet(del_, dato=i_dag(), af=maja)

    ny(del_, maja)

    del_.refresh_from_db()
    assert (del_.status, del_.gennemgaaet_dato) == ("kladde", None)
    # Told although the sitting has its event already.
    sidste = Haendelse.objects.filter(kode="forberedende_del.gemt").latest("id")
    assert sidste.data == {"gennemgang_bortfaldet": True}


def test_what_is_no_new_text_leaves_the_review(del_, maja):
    tekst = {"egne_ord": "Før", "skrevet_sammen": "ja"}
    gem_afsnit(del_, "helbred", tekst, laas=0, af=maja)
    services.marker_gennemgaaet(del_, dato=i_dag(), af=maja)

    services.gem(del_, "helbred", afsnit=Rettelse(tekst, 1), er_faerdig=True, af=maja)

    del_.refresh_from_db()
    assert (del_.status, del_.gennemgaaet_dato) == ("gennemgaaet", i_dag())


@pytest.mark.parametrize(("dage", "besked"), [(1, "fremtiden"), (-400, "Sagen er oprettet")])
def test_gennemgaaet_needs_a_possible_date(del_, maja, dage, besked):
    with pytest.raises(ValidationError, match=besked):
        services.marker_gennemgaaet(del_, dato=i_dag() + timedelta(days=dage), af=maja)


def test_nothing_is_changed_after_approval(maja):
    del_ = begyndt_del(af=maja, status="kvalitetssikret", gennemgaaet_dato=i_dag())

    for skriv in (
        lambda: gem_afsnit(del_, "helbred", {"egne_ord": "x"}, laas=0, af=maja),
        lambda: gem_del(del_, {"maal": "x"}, laas=0, af=maja),
        lambda: services.marker_gennemgaaet(del_, dato=i_dag(), af=maja),
    ):
        with pytest.raises(ValidationError, match="godkendt og kan ikke rettes"):
            skriv()


def test_nothing_is_changed_while_the_case_is_being_judged(del_, maja):
    del_.sag.fase = "kvalitetssikring"
    del_.sag.save(update_fields=["fase"])

    with pytest.raises(ValidationError, match="trinnet kvalitetssikring"):
        gem_afsnit(del_, "helbred", {"egne_ord": "x"}, laas=0, af=maja)


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("forberedende_del_tragt", {"spoergetragt_niveau": 5}),
        ("forberedende_del_gennemgaaet", {"status": "gennemgaaet"}),
    ],
)
def test_the_database_refuses_a_part_that_cannot_be(navn, felter):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        ForberedendeDelFactory(**felter)


def test_the_database_numbers_the_rounds_of_a_case(del_):
    with pytest.raises(IntegrityError, match="forberedende_del_nr"), transaction.atomic():
        ForberedendeDelFactory(sag=del_.sag)


def test_the_database_holds_each_section_once(del_):
    ForberedendeAfsnit.objects.create(forberedende_del=del_, kode="helbred")

    with pytest.raises(IntegrityError, match="afsnit_et_pr_kode"), transaction.atomic():
        ForberedendeAfsnit.objects.create(forberedende_del=del_, kode="helbred")


def test_the_database_knows_three_answers_to_written_together(del_):
    with (
        pytest.raises(IntegrityError, match="forberedende_afsnit_sammen_kendt"),
        transaction.atomic(),
    ):
        ForberedendeAfsnit.objects.create(
            forberedende_del=del_, kode="helbred", skrevet_sammen="maaske"
        )


def test_a_text_laid_aside_is_neither_changed_nor_deleted(del_, maja):
    services.laeg_til_side(del_, {("helbred", "egne_ord"): "To", ("", "maal_art"): "job"}, af=maja)
    lagt = del_.sidelagte.all()
    assert [(t.kode, t.felt, t.tekst) for t in lagt] == [("helbred", "egne_ord", "To")]

    for skriv in (lambda: lagt.update(tekst="Tre"), lagt.delete):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            skriv()
