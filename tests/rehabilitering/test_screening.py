"""The screening note: draft, handed in, decided by somebody else."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from rehabilitering.models import Screeningsnotat
from rehabilitering.services import screening
from ressource.models import Haendelse, Opslag, Regelsaet
from tests.factories import BrugerFactory, SagFactory, ScreeningsnotatFactory

pytestmark = pytest.mark.django_db

HELT = {
    "hvorfor_nu": "Sygemeldt i to år.",
    "betingelse": 3,
    "betingelse_tekst": "Der kan ikke sættes et jobmål endnu.",
    "har_udviklingsperspektiv": True,
    "udviklingsperspektiv_tekst": "Gik fra nul til fire timer i praktik.",
    "anbefaling": "Fortsæt.",
}
SENDT = HELT | {"har_udviklingsperspektiv": "ja", "trin": "indsend", "laas": 0}


@pytest.fixture
def sagsbehandler():
    return BrugerFactory()


@pytest.fixture
def sag(sagsbehandler):
    return SagFactory(ansvarlig=sagsbehandler)


@pytest.fixture
def konsulent():
    return BrugerFactory(roller=["faglig_konsulent"])


def sendt_notat(sag, sagsbehandler):
    notat = screening.gem_notat(sag, HELT, af=sagsbehandler)
    return screening.indsend_notat(notat, af=sagsbehandler)


def test_a_draft_is_saved_again_in_the_same_row(sag, sagsbehandler):
    screening.gem_notat(sag, {"hvorfor_nu": "Første"}, af=sagsbehandler)
    screening.gem_notat(sag, {"hvorfor_nu": "Andet"}, af=sagsbehandler)

    notat = sag.screeningsnotater.get()
    assert notat.hvorfor_nu == "Andet"
    assert notat.skrevet_af == sagsbehandler
    assert Haendelse.objects.filter(kode="screening.gemt").count() == 1


@pytest.mark.parametrize("felt", sorted(screening.KRAEVET))
def test_a_note_without_something_required_is_not_handed_in(sag, sagsbehandler, felt):
    tom = None if felt in {"betingelse", "har_udviklingsperspektiv"} else ""
    notat = screening.gem_notat(sag, HELT | {felt: tom}, af=sagsbehandler)

    with pytest.raises(ValidationError) as fejl:
        screening.indsend_notat(notat, af=sagsbehandler)

    assert fejl.value.message_dict == {felt: [screening.KRAEVET[felt]]}
    notat.refresh_from_db()
    assert notat.indsendt_den is None


def test_no_as_perspective_counts_as_an_answer(sag, sagsbehandler):
    data = HELT | {"har_udviklingsperspektiv": False}
    notat = screening.gem_notat(sag, data, af=sagsbehandler)

    assert screening.indsend_notat(notat, af=sagsbehandler).indsendt_den is not None


def test_a_note_handed_in_is_not_rewritten(sag, sagsbehandler):
    sendt_notat(sag, sagsbehandler)

    with pytest.raises(ValidationError, match="sendt til faglig konsulent"):
        screening.gem_notat(sag, {"hvorfor_nu": "Nyt"}, af=sagsbehandler)


def test_fortsaet_moves_the_case_to_preparation(sag, sagsbehandler, konsulent):
    notat = sendt_notat(sag, sagsbehandler)

    screening.afgoer_notat(notat, resultat="fortsaet", af=konsulent)

    sag.refresh_from_db()
    assert sag.fase == "forberedelse"
    afgjort = Haendelse.objects.get(kode="screening.afgjort")
    assert (afgjort.af, afgjort.sag_id, afgjort.data) == (
        konsulent,
        sag.pk,
        {"resultat": "fortsaet"},
    )


def test_ikke_relevant_leaves_the_case_and_ends_the_writing(sag, sagsbehandler, konsulent):
    notat = sendt_notat(sag, sagsbehandler)

    screening.afgoer_notat(
        notat, resultat="ikke_relevant", begrundelse="Kan arbejde.", af=konsulent
    )

    sag.refresh_from_db()
    assert sag.fase == "screening"
    with pytest.raises(ValidationError, match="afgjort"):
        screening.gem_notat(sag, HELT, af=sagsbehandler)


def test_missing_information_gives_a_new_note_with_the_old_text(sag, sagsbehandler, konsulent):
    notat = sendt_notat(sag, sagsbehandler)
    screening.afgoer_notat(
        notat, resultat="mangler_oplysninger", begrundelse="Hvad med praktikken?", af=konsulent
    )

    nyt = screening.gem_notat(sag, {"hidtidig_indsats": "Praktik 2024"}, af=sagsbehandler)

    assert nyt.pk != notat.pk
    assert (nyt.hvorfor_nu, nyt.hidtidig_indsats) == (HELT["hvorfor_nu"], "Praktik 2024")
    assert sag.screeningsnotater.count() == 2


@pytest.mark.parametrize("resultat", ["ikke_relevant", "mangler_oplysninger"])
def test_stopping_a_case_needs_a_reason(sag, sagsbehandler, konsulent, resultat):
    notat = sendt_notat(sag, sagsbehandler)

    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        screening.afgoer_notat(notat, resultat=resultat, begrundelse="  ", af=konsulent)


def test_going_on_without_a_perspective_needs_a_reason_where_the_rule_set_asks(
    sag, sagsbehandler, konsulent
):
    notat = screening.gem_notat(sag, HELT | {"har_udviklingsperspektiv": False}, af=sagsbehandler)
    screening.indsend_notat(notat, af=sagsbehandler)

    with pytest.raises(ValidationError, match="nej til et udviklingsperspektiv"):
        screening.afgoer_notat(notat, resultat="fortsaet", af=konsulent)

    begrundelse = "Teamet skal tage stilling."
    screening.afgoer_notat(notat, resultat="fortsaet", begrundelse=begrundelse, af=konsulent)


def test_the_rule_set_of_before_2018_asks_for_no_perspective(sagsbehandler, konsulent):
    sag = SagFactory(ansvarlig=sagsbehandler, regelsaet=Regelsaet.objects.get(kode="R2013"))
    notat = screening.gem_notat(sag, HELT | {"har_udviklingsperspektiv": False}, af=sagsbehandler)
    screening.indsend_notat(notat, af=sagsbehandler)

    assert screening.afgoer_notat(notat, resultat="fortsaet", af=konsulent).resultat == "fortsaet"


def test_a_note_without_a_perspective_warns_its_readers(som, sag, sagsbehandler, konsulent):
    notat = screening.gem_notat(sag, HELT, af=sagsbehandler)
    url = reverse("rehabilitering:screening", args=[sag.pk])
    advarsel = "siger nej til et udviklingsperspektiv"
    assert advarsel not in som(sagsbehandler).get(url).text

    screening.gem_notat(sag, {"har_udviklingsperspektiv": False}, laas=notat.laas, af=sagsbehandler)

    assert advarsel in som(sagsbehandler).get(url).text
    assert advarsel in som(konsulent).get(url).text


def test_the_author_does_not_decide(sag):
    begge = BrugerFactory(roller=["sagsbehandler", "faglig_konsulent"])
    notat = sendt_notat(sag, begge)

    with pytest.raises(ValidationError, match="Du har selv skrevet notatet"):
        screening.afgoer_notat(notat, resultat="fortsaet", af=begge)


def test_a_draft_is_not_decided(sag, sagsbehandler, konsulent):
    notat = screening.gem_notat(sag, HELT, af=sagsbehandler)

    with pytest.raises(ValidationError, match="ikke sendt ind"):
        screening.afgoer_notat(notat, resultat="fortsaet", af=konsulent)


def test_a_second_decision_is_refused(sag, sagsbehandler, konsulent):
    notat = sendt_notat(sag, sagsbehandler)
    nej = {"resultat": "ikke_relevant", "begrundelse": "Nej."}
    screening.afgoer_notat(notat, **nej, af=konsulent)

    with pytest.raises(ValidationError, match="allerede afgjort"):
        screening.afgoer_notat(notat, resultat="fortsaet", af=konsulent)

    sag.refresh_from_db()
    assert sag.fase == "screening"


def test_nobody_decides_a_note_they_wrote_in(som, sag, sagsbehandler):
    begge = BrugerFactory(roller=["sagsbehandler", "faglig_konsulent"])
    screening.gem_notat(sag, {"hvorfor_nu": "Begyndt."}, af=sagsbehandler)
    notat = sendt_notat(sag, begge)

    with pytest.raises(ValidationError, match="selv skrevet"):
        screening.afgoer_notat(notat, resultat="fortsaet", af=begge)

    side = som(begge).get(reverse("rehabilitering:screening", args=[sag.pk]))
    assert "Afgør screeningen" not in side.text


def test_a_case_past_screening_takes_no_note(sagsbehandler):
    with pytest.raises(ValidationError, match="trinnet forberedelse"):
        screening.gem_notat(SagFactory(fase="forberedelse"), HELT, af=sagsbehandler)


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("screeningsnotat_afgoerelse_hel", {"resultat": "fortsaet"}),
        ("screeningsnotat_afgjort_af_anden", {"egen": True}),
    ],
)
def test_the_database_refuses_a_half_or_own_decision(sag, sagsbehandler, navn, felter):
    if felter.pop("egen", False):
        felter = {
            "resultat": "fortsaet",
            "indsendt_den": timezone.now(),
            "afgjort_den": timezone.now(),
            "afgjort_af": sagsbehandler,
        }

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        ScreeningsnotatFactory(sag=sag, skrevet_af=sagsbehandler, **felter)


def test_the_database_holds_one_open_note_per_case(sag):
    ScreeningsnotatFactory(sag=sag)

    with pytest.raises(IntegrityError, match="screeningsnotat_et_aabent"), transaction.atomic():
        ScreeningsnotatFactory(sag=sag)


def test_the_caseworker_writes_and_hands_in_on_the_page(som, sag, sagsbehandler):
    klient = som(sagsbehandler)
    url = reverse("rehabilitering:screening", args=[sag.pk])

    svar = klient.post(url, SENDT)

    assert svar.status_code == 302
    assert sag.screeningsnotater.get().har_udviklingsperspektiv is True
    assert "Sendt til faglig konsulent" in klient.get(url).text


def test_a_refused_note_keeps_the_input_and_the_draft(som, sag, sagsbehandler):
    svar = som(sagsbehandler).post(
        reverse("rehabilitering:screening", args=[sag.pk]), SENDT | {"anbefaling": ""}
    )

    assert svar.status_code == 422
    assert "Skriv din anbefaling til faglig konsulent." in svar.text
    assert "Sygemeldt i to år." in svar.text
    assert sag.screeningsnotater.get().hvorfor_nu == "Sygemeldt i to år."


def test_a_refused_note_can_be_sent_again_from_the_same_page(som, sag, sagsbehandler):
    klient = som(sagsbehandler)
    url = reverse("rehabilitering:screening", args=[sag.pk])
    afvist = klient.post(url, SENDT | {"anbefaling": ""})

    svar = klient.post(url, SENDT | {"laas": afvist.context["form"]["laas"].value()})

    assert svar.status_code == 302
    assert sag.screeningsnotater.get().indsendt_den is not None


def test_the_second_writer_of_a_draft_sees_both_texts(som, sag, sagsbehandler):
    jonas = BrugerFactory(navn="Jonas Holt")
    sag.tildelinger.create(bruger=jonas, art="medvirkende")
    hendes, hans = som(sagsbehandler), som(jonas)
    url = reverse("rehabilitering:screening", args=[sag.pk])
    hans.post(url, {"laas": 0, "hvorfor_nu": "Sygemeldt i tre år.", "betingelse": 1})

    svar = hendes.post(url, SENDT)

    assert svar.status_code == 409
    assert "I har begge skrevet i screeningsnotatet" in svar.text
    assert "Jonas Holt" in svar.text
    assert "<ins>to</ins>" in svar.text
    assert "<ins>tre</ins>" in svar.text
    assert "Langvarig offentlig forsørgelse (gemt)" in svar.text
    assert 'name="trin"' not in svar.text
    notat = sag.screeningsnotater.get()
    assert (notat.hvorfor_nu, notat.indsendt_den) == ("Sygemeldt i tre år.", None)
    assert Opslag.objects.get(bruger=sagsbehandler).objekt == "screening"
    assert hendes.post(url, SENDT | {"laas": notat.laas}).status_code == 302


def test_the_same_draft_sent_twice_is_no_conflict(som, sag, sagsbehandler):
    klient = som(sagsbehandler)
    url = reverse("rehabilitering:screening", args=[sag.pk])
    data = {"laas": 0, "hvorfor_nu": "Sygemeldt i to år."}

    assert [klient.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert sag.screeningsnotater.get().laas == 1


def test_the_konsulent_decides_on_the_page(som, sag, sagsbehandler, konsulent):
    notat = sendt_notat(sag, sagsbehandler)
    klient = som(konsulent)
    side = klient.get(reverse("rehabilitering:screening", args=[sag.pk]))
    url = reverse("rehabilitering:screening_afgoer", args=[sag.pk])

    uden_grund = klient.post(url, {"notat": notat.pk, "resultat": "ikke_relevant"})
    svar = klient.post(url, {"notat": notat.pk, "resultat": "fortsaet"})

    assert "Afgør screeningen" in side.text
    assert "Notatet siger ikke noget om henvist af, hidtidig indsats, helbred." in side.text
    assert uden_grund.status_code == 422
    assert "Skriv hvorfor" in uden_grund.text
    assert svar.status_code == 302
    assert sag.screeningsnotater.get().resultat == Screeningsnotat.Resultat.FORTSAET


def test_a_page_from_before_decides_no_later_note(som, sag, sagsbehandler, konsulent):
    laest = sendt_notat(sag, sagsbehandler)
    kollega = BrugerFactory(roller=["faglig_konsulent"])
    mangler = {"resultat": "mangler_oplysninger", "begrundelse": "Hvad med praktikken?"}
    screening.afgoer_notat(laest, **mangler, af=kollega)
    ulaest = sendt_notat(sag, sagsbehandler)
    url = reverse("rehabilitering:screening_afgoer", args=[sag.pk])

    svar = som(konsulent).post(url, {"notat": laest.pk, "resultat": "fortsaet"})

    assert svar.status_code == 422
    assert "allerede afgjort" in svar.text
    ulaest.refresh_from_db()
    assert ulaest.resultat == ""


def test_the_next_note_begins_with_the_last_on_the_page(som, sag, sagsbehandler, konsulent):
    notat = sendt_notat(sag, sagsbehandler)
    grund = {"resultat": "mangler_oplysninger", "begrundelse": "Hvad med praktikken?"}
    screening.afgoer_notat(notat, **grund, af=konsulent)

    side = som(sagsbehandler).get(reverse("rehabilitering:screening", args=[sag.pk]))

    assert "Hvad med praktikken?" in side.text
    assert "Gik fra nul til fire timer i praktik." in side.text
    assert "Send til faglig konsulent" in side.text


def test_the_konsulent_reads_but_does_not_write(som, sag, konsulent):
    url = reverse("rehabilitering:screening", args=[sag.pk])
    klient = som(konsulent)

    assert klient.get(url).status_code == 200
    assert klient.post(url, SENDT).status_code == 403


def test_a_stranger_finds_no_note(som, sag):
    for navn in ("screening", "screening_afgoer"):
        url = reverse(f"rehabilitering:{navn}", args=[sag.pk])
        roller = ["sagsbehandler"] if navn == "screening" else ["faglig_konsulent"]
        sag.fase = "forberedelse"
        sag.save(update_fields=["fase"])

        assert som(BrugerFactory(roller=roller)).get(url).status_code == 404


def test_the_page_is_cheap_and_logged(
    som, sag, sagsbehandler, konsulent, django_assert_max_num_queries
):
    sendt_notat(sag, sagsbehandler)
    klient = som(konsulent)

    with django_assert_max_num_queries(15):
        klient.get(reverse("rehabilitering:screening", args=[sag.pk]))

    assert Opslag.objects.get(bruger=konsulent).sag_id == sag.pk
