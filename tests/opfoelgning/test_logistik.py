"""The logistikplan: edited as rows with dates, and made into tasks that follow the case."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from borgere.models import Fase, Tildeling
from borgere.services import afslut_sag, afslut_tildeling, meld_inhabil, tildel
from borgere.services.overdragelse import overdrag
from opfoelgning import services
from opfoelgning.logistikskabelon import LOGISTIKPLAN, hvornaar, indlaes, under
from opfoelgning.models import Eftermoede, Frist, Logistiktrin, Opgave
from opfoelgning.opgaver import linjer
from opfoelgning.udledning import udled
from ressource import haendelser, laesbarhed
from ressource.kalender import i_dag
from ressource.models import Haendelse, Lukkedag, Stedfortraeder
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import (
    BrugerFactory,
    IndstillingFactory,
    LogistiktrinFactory,
    OpfoelgningsmoedeFactory,
    OpgaveFactory,
    SagFactory,
    TeamFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import indstil
from tests.traade import paa_een_gang

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruger():
    return BrugerFactory(roller=["koordinerende"], team=TeamFactory())


@pytest.fixture
def sag(bruger):
    return SagFactory(fase=Fase.AFGOERELSE, ansvarlig=bruger, team=bruger.team)


@pytest.fixture
def indstilling(sag):
    return indstil(sag, 1)


def afsluttet(indstilling, udfald="ressourceforloeb", dato=date(2026, 3, 24)):
    """As the chair's own service ends it: what counts is the event."""
    indstilling.udfald, indstilling.moede_dato = udfald, dato
    indstilling.save()
    haendelser.log(
        indstilling, "indstilling.afsluttet", af=indstilling.afsluttet_af, sag_id=indstilling.sag_id
    )


def opgaven(indstilling, kode):
    return indstilling.opgaver.get(trin__kode=kode)


# The template


def test_the_ground_data_is_the_guides_and_leaves_what_somebody_changed():
    assert Logistiktrin.objects.count() == len(LOGISTIKPLAN)
    Logistiktrin.objects.filter(kode="find_praktik").update(til_dato=i_dag())

    indlaes()

    assert Logistiktrin.objects.count() == len(LOGISTIKPLAN)
    assert Logistiktrin.objects.filter(paa_eftermoedet=True).exclude(antal=0).count() == 0


def test_its_words_to_the_citizen_are_easy():
    tekst = "\n".join(linje[3] for linje in LOGISTIKPLAN)

    assert laesbarhed.maal(tekst).lix <= 40
    assert max(laesbarhed.maal(linje[3]).lix for linje in LOGISTIKPLAN) <= 40


@pytest.mark.parametrize(
    ("antal", "enhed", "tekst"),
    [
        (0, "DAGE", "På mødedagen"),
        (1, "DAGE", "1 dag efter mødet"),
        (1, "UGER", "1 uge efter mødet"),
        (1, "MAANEDER", "1 måned efter mødet"),
        (2, "ARBEJDSDAGE", "2 arbejdsdage efter mødet"),
        (1, "ARBEJDSDAGE", "1 arbejdsdag efter mødet"),
    ],
)
def test_when_is_said_in_words(antal, enhed, tekst):
    assert hvornaar(Logistiktrin(antal=antal, enhed=enhed)) == tekst


def test_the_editor_lists_who_when_and_at_which_outcomes(som):
    trin = Logistiktrin.objects.get(kode="tal_om_moedet")
    assert under(trin).startswith("Sagsbehandler, på mødedagen, klares på eftermødet, ved ")

    side = som("administrator").get("/skabeloner/logistikplan/").text

    assert "Ring til borgeren, og aftal den første tid" in side
    assert "Mentor, 2 arbejdsdage efter mødet, ved ressourceforløb." in side


def skabelondata(trin, **andet):
    return {
        "laas": trin.pk if trin else 0,
        "hvem": "mentor",
        "hvad": "Ring",
        "til_borgeren": "Du bliver ringet op.",
        "antal": "3",
        "enhed": "DAGE",
        "ved_ressourceforloeb": "on",
    } | andet


def test_a_line_is_corrected_from_today_and_the_old_one_kept(som):
    klient = som("faglig_konsulent")
    trin = Logistiktrin.objects.get(kode="mentor_ringer")
    url = reverse("rehabilitering:skabelon_ret", args=["logistikplan", trin.kode])

    assert klient.post(url, skabelondata(trin, ved_fleksjob="on")).status_code == 302

    trin.refresh_from_db()
    ny = Logistiktrin.objects.get(kode="mentor_ringer", til_dato=None)
    assert trin.til_dato == i_dag()
    assert (ny.antal, ny.enhed, ny.udfald) == (3, "DAGE", ["ressourceforloeb", "fleksjob"])
    konflikt = klient.post(url, skabelondata(trin, hvad="Skriv"))
    assert konflikt.status_code == 409
    assert "Skriv" in konflikt.text


@pytest.mark.parametrize(
    ("andet", "fejl"),
    [
        ({"ved_ressourceforloeb": ""}, "Vælg mindst én indstilling"),
        ({"antal": "13", "enhed": "MAANEDER"}, "højst et år efter mødet"),
        ({"antal": "30000", "enhed": "ARBEJDSDAGE"}, "højst et år efter mødet"),
        ({"hvad": ""}, "påkrævet"),
    ],
)
def test_a_line_nobody_can_use_is_refused_with_its_input(som, andet, fejl):
    url = reverse("rehabilitering:skabelon_ny", args=["logistikplan"])

    svar = som("administrator").post(url, skabelondata(None, **andet))

    assert svar.status_code == 422
    assert fejl in svar.text
    assert "Du bliver ringet op." in svar.text


# Tasks come with the indstilling


def test_a_finished_indstilling_makes_its_tasks_once_with_dates(indstilling):
    afsluttet(indstilling)
    afsluttet(indstilling)

    dage = {o.trin.kode: o.frist_dato for o in indstilling.opgaver.select_related("trin")}
    assert dage["tal_om_moedet"] == date(2026, 3, 24)
    assert dage["kontakt_mentor"] == date(2026, 3, 25)
    # 31 March is a Tuesday; three weeks after, 14 April.
    assert dage["foerste_opfoelgning"] == date(2026, 3, 31)
    assert dage["indsatser_i_gang"] == date(2026, 4, 14)
    assert "fortael_hvorfor" not in dage
    assert Haendelse.objects.filter(kode="opgaver.dannet").count() == 1


def test_a_task_is_planned_on_a_day_when_the_house_is_open(indstilling):
    # A week after Thursday 26 March 2026 is Maundy Thursday, and the day before is closed here.
    Lukkedag.objects.create(dato=date(2026, 4, 1), aarsag="Flytning")

    afsluttet(indstilling, dato=date(2026, 3, 26))

    assert opgaven(indstilling, "foerste_opfoelgning").frist_dato == date(2026, 3, 31)


def test_a_task_is_never_before_the_meeting(indstilling):
    Lukkedag.objects.create(dato=date(2026, 3, 24), aarsag="Flytning")

    afsluttet(indstilling)

    assert opgaven(indstilling, "tal_om_moedet").frist_dato == date(2026, 3, 24)


def test_another_outcome_lapses_what_it_does_not_start_and_back_opens_it(indstilling):
    afsluttet(indstilling)
    gjort = opgaven(indstilling, "kontakt_mentor")
    services.udfoer_opgave(gjort, af=indstilling.afsluttet_af)

    indstilling.udfald = "fleksjob"
    indstilling.save()
    haendelser.log(indstilling, "indstilling.rettet", af=None, sag_id=indstilling.sag_id)

    mentor = opgaven(indstilling, "mentor_ringer")
    assert mentor.bortfaldet_grund == "Indstillingen er rettet til fleksjob"
    assert opgaven(indstilling, "tal_om_moedet").bortfaldet_dato is None
    assert opgaven(indstilling, "kontakt_mentor").udfoert_dato

    indstilling.udfald = "ressourceforloeb"
    indstilling.save()
    haendelser.log(indstilling, "indstilling.rettet", af=None, sag_id=indstilling.sag_id)

    mentor.refresh_from_db()
    assert (mentor.bortfaldet_dato, mentor.bortfaldet_grund) == (None, "")
    assert indstilling.opgaver.count() == 12


def test_a_new_round_takes_the_place_of_the_old_ones_tasks(sag, indstilling):
    afsluttet(indstilling, "udsat")
    egen = OpgaveFactory(indstilling=indstilling)
    ny = indstil(sag, 0)

    services.dan_opgaver(ny, af=None)

    assert opgaven(indstilling, "fortael_hvorfor").bortfaldet_grund
    egen.refresh_from_db()
    assert egen.bortfaldet_dato is None
    assert ny.opgaver.count() == 12


def test_the_cases_end_is_the_tasks_end(sag, indstilling, bruger):
    services.dan_opgaver(indstilling, af=None)
    OpgaveFactory(indstilling=indstilling)

    afslut_sag(sag, aarsag="fraflyttet", dato=i_dag(), af=bruger)

    assert not Opgave.objects.filter(sag=sag).aabne().exists()
    opgave = Opgave.objects.filter(sag=sag).first()
    with pytest.raises(ValidationError, match="Sagen er afsluttet"):
        services.fortryd_opgave(opgave, af=bruger)


@pytest.mark.django_db(transaction=True)
def test_made_twice_at_once_they_are_made_once(indstilling):
    def dan():
        return services.dan_opgaver(indstilling, af=None)

    assert sorted(paa_een_gang([dan, dan])) == [0, 12]


# Tasks follow the case


def test_a_named_task_goes_to_the_new_responsible_on_handover(sag, indstilling, bruger):
    ny = BrugerFactory(roller=["koordinerende"], team=bruger.team)
    leder = BrugerFactory(roller=["teamleder"], team=bruger.team)
    opgave = OpgaveFactory(indstilling=indstilling, hvem="mentor", bruger=bruger)
    gjort = OpgaveFactory(
        indstilling=indstilling, bruger=bruger, udfoert_dato=i_dag(), udfoert_af=bruger
    )
    om_lidt = i_dag() + timedelta(days=5)

    overdrag([sag.pk], fra=bruger, til=ny, fra_dato=om_lidt, note="Kender sagen", af=leder)

    opgave.refresh_from_db()
    gjort.refresh_from_db()
    assert (opgave.bruger, opgave.hvem, opgave.laas) == (None, "ansvarlig", 1)
    assert gjort.bruger == bruger
    # Until that day it is still the former one's.
    for dag, ejer in ((i_dag(), bruger), (om_lidt, ny)):
        udled(dag, sager=[sag.pk])
        assert Frist.objects.get(kode="OPGAVE", anker_id=opgave.pk).ejer == ejer


def test_of_many_cases_each_with_a_named_task_is_told(sag, indstilling, bruger):
    anden = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=bruger, team=bruger.team)
    ny = BrugerFactory(roller=["koordinerende"], team=bruger.team)
    leder = BrugerFactory(roller=["teamleder"], team=bruger.team)
    for nr in (indstilling, indstilling, indstil(anden, 2)):
        OpgaveFactory(indstilling=nr, bruger=bruger)

    overdrag([sag.pk, anden.pk], fra=bruger, til=ny, fra_dato=i_dag(), note="Tag over", af=leder)

    assert not Opgave.objects.filter(bruger=bruger).exists()
    fortalt = Haendelse.objects.filter(kode="opgaver.fulgt_med").values_list("sag_id", "data")
    assert dict(fortalt) == {sag.pk: {"antal": 2}, anden.pk: {"antal": 1}}


def test_a_named_task_stays_with_somebody_who_stays(sag, indstilling, bruger):
    ny = BrugerFactory(roller=["koordinerende"], team=bruger.team)
    mentor = BrugerFactory(roller=["mentor"])
    plads = TildelingFactory(sag=sag, bruger=mentor, art="mentor")
    opgave = OpgaveFactory(indstilling=indstilling, bruger=mentor)

    tildel(sag, ny, Tildeling.Art.ANSVARLIG, af=bruger)
    opgave.refresh_from_db()
    assert opgave.bruger == mentor

    afslut_tildeling(plads, af=bruger)
    opgave.refresh_from_db()
    assert opgave.bruger is None
    assert Haendelse.objects.filter(kode="opgaver.fulgt_med").count() == 1


def test_whose_a_task_is_follows_the_circle(sag, indstilling, bruger):
    mentor = TildelingFactory(sag=sag, bruger=BrugerFactory(roller=["mentor"]), art="mentor").bruger
    services.dan_opgaver(indstilling, af=None)

    udled(sager=[sag.pk])

    ejere = {f.anker_id: f.ejer for f in Frist.objects.filter(sag=sag, kode="OPGAVE")}
    assert len(ejere) == 12
    assert ejere[opgaven(indstilling, "mentor_ringer").pk] == mentor
    assert ejere[opgaven(indstilling, "tag_en_med").pk] == bruger
    assert ejere[opgaven(indstilling, "find_praktik").pk] == bruger
    hvem = {linje.opgave.trin.kode: linje.hvem for linje in linjer(indstilling.opgaver.all())}
    assert hvem["mentor_ringer"] == f"{mentor.navn}, mentor"
    assert hvem["find_praktik"] == f"{bruger.navn}, for virksomhedskonsulent"
    assert hvem["tag_en_med"] == "Borgeren"


def test_what_the_case_says_is_done_nobody_ticks(sag, indstilling, bruger):
    services.dan_opgaver(indstilling, af=None)

    services.aftal_moede(
        sag,
        tidspunkt=klokken(i_dag() + timedelta(days=3)),
        sted="Rådhuset",
        form="personligt",
        af=bruger,
    )
    haendelser.log(indstilling, "indstilling.udleveret", af=None, sag_id=sag.pk)

    gjort = indstilling.opgaver.filter(udfoert_dato__isnull=False)
    assert list(gjort.values_list("trin__kode", "udfoert_af")) == [("aftal_opfoelgning", bruger.pk)]


@pytest.mark.parametrize(("om_dage", "gjort"), [(1, True), (-1, False)])
def test_it_is_done_the_day_it_happened_and_never_by_what_was_before(sag, bruger, om_dage, gjort):
    """A talk is often registered afterwards; one before the team meeting is another round's."""
    indstilling = indstil(sag, 5)
    services.dan_opgaver(indstilling, af=None)
    dag = indstilling.moede_dato + timedelta(days=om_dage)
    moede = OpfoelgningsmoedeFactory(sag=sag, afholdt=True, tidspunkt=klokken(dag))

    haendelser.log(moede, "opfoelgning.holdt", af=bruger, sag_id=sag.pk)

    assert opgaven(indstilling, "foerste_opfoelgning").udfoert_dato == (dag if gjort else None)


def test_a_named_task_is_taken_from_whoever_the_case_is_shut_to(sag, indstilling, bruger):
    kollega = TildelingFactory(sag=sag, bruger=BrugerFactory(), art="medvirkende").bruger
    opgave = OpgaveFactory(indstilling=indstilling, bruger=kollega)

    meld_inhabil(sag, kollega, begrundelse="Nabo", af=kollega)

    opgave.refresh_from_db()
    assert (opgave.bruger, opgave.hvem) == (None, "ansvarlig")


# What people do


def test_done_and_undone(indstilling, bruger):
    opgave = OpgaveFactory(indstilling=indstilling)

    services.udfoer_opgave(opgave, af=bruger)
    services.udfoer_opgave(opgave, af=BrugerFactory())
    opgave.refresh_from_db()
    assert (opgave.udfoert_dato, opgave.udfoert_af) == (i_dag(), bruger)

    services.fortryd_opgave(opgave, af=bruger)
    opgave.refresh_from_db()
    assert (opgave.udfoert_dato, opgave.udfoert_af, opgave.laas) == (None, None, 2)
    with pytest.raises(ValidationError, match="fremtiden"):
        services.udfoer_opgave(opgave, dato=i_dag() + timedelta(days=1), af=bruger)


def test_lapsed_with_a_reason_and_opened_again(indstilling, bruger):
    opgave = OpgaveFactory(indstilling=indstilling)
    with pytest.raises(ValidationError, match="hvorfor"):
        services.bortfald_opgave(opgave, grund=" ", af=bruger)

    services.bortfald_opgave(opgave, grund="Borgeren vil ikke", af=bruger)

    with pytest.raises(ValidationError, match="faldet bort"):
        services.udfoer_opgave(opgave, af=bruger)
    with pytest.raises(ValidationError, match="faldet bort"):
        services.ret_opgave(opgave, bruger=None, frist_dato=i_dag(), laas=None, af=bruger)
    services.fortryd_opgave(opgave, af=bruger)
    opgave.refresh_from_db()
    assert opgave.bortfaldet_grund == ""


def test_given_to_somebody_of_the_case_on_another_day(sag, indstilling, bruger):
    opgave = OpgaveFactory(indstilling=indstilling)
    dag = i_dag() + timedelta(days=3)
    fremmed = BrugerFactory(roller=["mentor"])
    with pytest.raises(ValidationError, match="ikke på sagen"):
        services.ret_opgave(opgave, bruger=fremmed, frist_dato=dag, laas=0, af=bruger)
    with pytest.raises(ValidationError, match="fra mødet"):
        services.ret_opgave(opgave, bruger=None, frist_dato=date(2020, 1, 1), laas=0, af=bruger)
    TildelingFactory(sag=sag, bruger=fremmed, art="mentor")

    services.ret_opgave(opgave, bruger=fremmed, frist_dato=dag, laas=0, af=bruger)

    opgave.refresh_from_db()
    assert (opgave.bruger, opgave.frist_dato) == (fremmed, dag)
    with pytest.raises(ForaeldetVersionError):
        services.ret_opgave(opgave, bruger=None, frist_dato=dag, laas=0, af=bruger)


def test_ones_own_task_needs_a_finished_indstilling(sag, bruger):
    felter = {"hvad": "Køb en buskort", "hvem": "borger", "frist_dato": i_dag(), "af": bruger}
    with pytest.raises(ValidationError, match="indstilling er færdig"):
        services.tilfoej_opgave(sag, **felter)
    indstilling = indstil(sag, 1)

    opgave = services.tilfoej_opgave(sag, **felter)

    assert (opgave.indstilling, opgave.trin) == (indstilling, None)
    with pytest.raises(ValidationError, match="de næste to år"):
        services.tilfoej_opgave(sag, **felter | {"frist_dato": i_dag() + timedelta(days=900)})


# The database


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("opgave_udfoert_hel", {"udfoert_dato": date(2026, 1, 1)}),
        ("opgave_bortfald_har_grund", {"bortfaldet_dato": date(2026, 1, 1)}),
        ("opgave_hvem_kendt", {"hvem": "naboen"}),
    ],
)
def test_each_constraint_of_the_task_is_violated_once(indstilling, navn, felter):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        OpgaveFactory(indstilling=indstilling, **felter)


def test_the_other_constraints_are_violated_once(indstilling):
    trin = LogistiktrinFactory()
    OpgaveFactory(indstilling=indstilling, trin=trin)
    with pytest.raises(IntegrityError, match="opgave_en_pr_trin"), transaction.atomic():
        OpgaveFactory(indstilling=indstilling, trin=trin)
    with pytest.raises(IntegrityError, match="eftermoede_holdt_helt"), transaction.atomic():
        Eftermoede.objects.create(indstilling=indstilling, holdt_dato=i_dag())
    with pytest.raises(IntegrityError, match="logistiktrin_en_gaeldende"), transaction.atomic():
        LogistiktrinFactory(kode=trin.kode)
    with pytest.raises(IntegrityError, match="slut_efter_start"), transaction.atomic():
        LogistiktrinFactory(til_dato=date(2020, 1, 1))


# The pages


def test_the_list_is_ticked_undone_and_filtered(som, sag, indstilling, bruger):
    opgave = OpgaveFactory(indstilling=indstilling, hvad="Ring til praktikstedet")
    OpgaveFactory(indstilling=indstilling, hvad="Tal med mentor", hvem="mentor")
    klient = som(bruger)
    liste = reverse("opfoelgning:opgaver", args=[sag.pk])
    assert "Ring til praktikstedet" not in klient.get(f"{liste}?hvem=mentor").text

    gjort = klient.post(reverse("opfoelgning:opgave_gjort", args=[opgave.pk]), {"tilbage": "sag"})

    assert gjort.url == reverse("sag", args=[sag.pk])
    tabel = klient.get(liste).text.split("<tbody>")[1]
    assert "Ring til praktikstedet" not in tabel
    assert "Fortryd" in klient.get(f"{liste}?vis=alle").text
    klient.post(reverse("opfoelgning:opgave_aabn", args=[opgave.pk]))
    assert "Ring til praktikstedet" in klient.get(reverse("sag", args=[sag.pk])).text


def test_somebody_else_was_first(som, sag, indstilling, bruger):
    opgave = OpgaveFactory(indstilling=indstilling)
    url = reverse("opfoelgning:opgave_ret", args=[opgave.pk])
    klient = som(bruger)
    data = {"laas": 0, "bruger": bruger.pk, "frist_dato": "24.12.2026"}
    assert klient.post(url, data).status_code == 302

    svar = klient.post(url, data | {"bruger": "", "frist_dato": "23.12.2026"})

    assert svar.status_code == 409
    assert "23.12.2026" in svar.text


def test_what_is_refused_keeps_its_input(som, sag, indstilling, bruger):
    opgave = OpgaveFactory(indstilling=indstilling)
    klient = som(bruger)

    uden_grund = klient.post(
        reverse("opfoelgning:opgave_bortfald", args=[opgave.pk]), {"grund": " "}
    )
    for_tidligt = klient.post(
        reverse("opfoelgning:opgave_ny", args=[sag.pk]),
        {"hvad": "Køb et buskort", "hvem": "borger", "frist_dato": "01.01.2020"},
    )

    assert uden_grund.status_code == 422
    assert for_tidligt.status_code == 422
    assert "Køb et buskort" in for_tidligt.text
    assert "fra mødet" in for_tidligt.text


@pytest.mark.parametrize("som_vikar", [False, True])
def test_a_mentor_sees_and_does_their_own_alone(som, sag, indstilling, som_vikar):
    klient = som("mentor")
    mentor = BrugerFactory(roller=["mentor"]) if som_vikar else klient.bruger
    if som_vikar:
        Stedfortraeder.objects.create(for_bruger=mentor, vikar=klient.bruger)
    TildelingFactory(sag=sag, bruger=mentor, art="mentor")
    egen = OpgaveFactory(indstilling=indstilling, hvem="mentor", hvad="Ring til borgeren")
    anden = OpgaveFactory(indstilling=indstilling, hvad="Send indstillingen")
    udled(sager=[sag.pk])

    side = klient.get(reverse("opfoelgning:opgaver", args=[sag.pk])).text

    assert "Ring til borgeren" in side
    assert "Send indstillingen" not in side
    gjort = "opfoelgning:opgave_gjort"
    assert klient.post(reverse(gjort, args=[anden.pk])).status_code == 404
    assert klient.post(reverse(gjort, args=[egen.pk])).status_code == 302
    egen.refresh_from_db()
    assert egen.udfoert_af == klient.bruger


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_list_takes_the_same_statements(
    som, sag, indstilling, bruger, antal, django_assert_num_queries
):
    for nr in range(antal):
        OpgaveFactory(indstilling=indstilling, bruger=BrugerFactory(), hvad=f"Opgave {nr}")
    udled(sager=[sag.pk])
    klient = som(bruger)
    url = reverse("opfoelgning:opgaver", args=[sag.pk])
    klient.get(url)

    with django_assert_num_queries(12):
        klient.get(url)


def test_an_indstilling_not_finished_has_no_tasks(sag):
    assert not IndstillingFactory(punkt__sag=sag).opgaver.exists()


def test_a_reminded_task_is_done_where_one_is_reminded(som, sag, indstilling, bruger):
    opgave = OpgaveFactory(indstilling=indstilling, frist_dato=i_dag(), hvad="Ring til mentor")
    udled(sager=[sag.pk])
    klient = som(bruger)
    url = reverse("opfoelgning:opgave_gjort", args=[opgave.pk])
    assert url in klient.get(reverse("opfoelgning:paamindelser")).text

    svar = klient.post(url, {"tilbage": "paamindelser"})

    assert svar.url == reverse("opfoelgning:paamindelser")
    udled(sager=[sag.pk])
    assert url not in klient.get(reverse("opfoelgning:paamindelser")).text
