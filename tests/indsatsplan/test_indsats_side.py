"""Efforts written where they stand in the plan: what opens, what is refused, and their own page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from borgere.models import Tildeling
from indsatsplan import services
from indsatsplan.models import Indsats, Indsatspause
from rehabilitering.models import Indsatstype
from ressource.kalender import i_dag
from ressource.models import Opslag
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    IndsatspauseFactory,
    IndsatsplanFactory,
    IndstillingslinjeFactory,
    MaalFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

# The effort's own page: session and user 2, the effort with its case 1, the frame 3 and its count of
# reminders 1, pauses 1, changes 1, whether its forløb is the newest 1.
INDSATSSIDEN = 10


@pytest.fixture
def indsats(db):
    """Running since 30 days ago, in a plan that is approved."""
    indsats = IndsatsFactory(i_gang=True, maal=MaalFactory(rang=1))
    Indsats.objects.filter(pk=indsats.pk).update(forloeb=indsats.maal.forloeb)
    indsats.refresh_from_db()
    IndsatsplanFactory(forloeb=indsats.forloeb, godkendt=True)
    return indsats


@pytest.fixture
def klient(som, indsats):
    """The coordinating caseworker, signed in."""
    klient = som("koordinerende")
    TildelingFactory(sag=indsats.forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    return klient


def url(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


def vist(svar):
    return svar.content.decode()


def dag(n):
    return f"{i_dag() - timedelta(days=n):%d.%m.%Y}"


def aaben(klient, forloeb, noegle, **andet):
    return klient.get(url("plan", forloeb.sag_id), {"aaben": noegle, **andet})


def data(indsats, **andre):
    return {
        "indsatstype": indsats.indsatstype_id,
        "beskrivelse": indsats.beskrivelse,
        "maal": indsats.maal_id,
        "formaal": indsats.formaal,
        "tilfoejet_begrundelse": indsats.tilfoejet_begrundelse,
        "planlagt_start": f"{indsats.planlagt_start:%d.%m.%Y}",
        "planlagt_slut": f"{indsats.planlagt_slut:%d.%m.%Y}",
        "ansvarlig": indsats.ansvarlig,
        "laas": indsats.laas,
        **andre,
    }


def test_another_goal_and_a_sketch_are_changes_too(klient, indsats):
    andet = MaalFactory(forloeb=indsats.forloeb, rang=2, tekst="Sove bedre")
    felter = data(indsats, maal=andet.pk, er_skitse="on", formaal="Ro om natten")
    assert klient.post(url("indsats_gem", indsats.pk), felter).status_code == 302

    side = vist(klient.get(url("indsats", indsats.pk)))
    assert "Mål: fra «Medhjælper på bibliotek» til «Sove bedre»" in side
    assert "til «Ro om natten»" in side
    assert "fra nej til ja" in side


def test_correction_does_not_undo_what_somebody_ended_meanwhile(klient, indsats):
    rettelse = {
        "start": dag(20),
        "slut": "",
        "begrundelse": "Skrevet forkert",
        "laas": indsats.laas,
    }
    maja = BrugerFactory(navn="Maja Holt")
    services.afslut_indsats(indsats, dato=i_dag(), afbrudt=False, af=maja)

    svar = klient.post(url("indsats_gang", indsats.pk), rettelse)

    assert svar.status_code == 409
    assert "Maja Holt" in vist(svar)
    indsats.refresh_from_db()
    assert indsats.status == "afsluttet"


@pytest.mark.parametrize("kode", ["indsats", "pause", "slut", "forlaeng", "gang"])
def test_form_opens_under_the_effort(klient, indsats, kode):
    svar = aaben(klient, indsats.forloeb, f"{kode}-{indsats.pk}")

    assert svar.status_code == 200
    assert svar.context["form"].panel.indsats_id == indsats.pk
    assert svar.context["form"].panel.adresse in vist(svar)


@pytest.mark.parametrize("noegle", ["begynd-{}", "genoptag-{}", "pause-999999", "pause-x", "slut-"])
def test_what_cannot_be_done_does_not_open(klient, indsats, noegle):
    svar = aaben(klient, indsats.forloeb, noegle.format(indsats.pk))

    assert svar.status_code == 200
    assert svar.context["form"] is None


def test_effort_of_another_case_does_not_open(klient, indsats):
    svar = aaben(klient, indsats.forloeb, f"indsats-{IndsatsFactory().pk}")

    assert svar.context["form"] is None


def test_pause_and_resumption_are_written_in_the_plan(klient, indsats):
    svar = klient.post(
        url("indsats_pause", indsats.pk), {"fra": dag(9), "til": "", "begrundelse": "Syg"}
    )
    assert svar["Location"] == f"{url('plan', indsats.forloeb.sag_id)}#indsats-{indsats.pk}"
    indsats.refresh_from_db()
    assert indsats.status == "pause"
    assert "genoptag-" in vist(aaben(klient, indsats.forloeb, f"indsats-{indsats.pk}"))

    klient.post(url("indsats_genoptag", indsats.pk), {"dato": dag(2)})
    indsats.refresh_from_db()
    assert (indsats.status, indsats.forloeb.planer.count()) == ("i_gang", 1)


@pytest.mark.parametrize(
    ("navn", "sendt", "besked"),
    [
        (
            "indsats_pause",
            {"fra": dag(2), "til": dag(5), "begrundelse": "Ferien"},
            "før den første",
        ),
        ("indsats_pause", {"fra": dag(-1), "til": "", "begrundelse": "Ferien"}, "i fremtiden"),
        ("indsats_pause", {"fra": "i går", "til": "", "begrundelse": "Ferien"}, "dag.måned.år"),
        ("indsats_slut", {"dato": dag(40), "udfald": "afsluttet"}, "kan ikke ligge før"),
        ("indsats_slut", {"dato": dag(1), "udfald": "afbrudt"}, "hvorfor indsatsen blev afbrudt"),
        ("indsats_slut", {"dato": dag(1)}, "gennemført eller afbrudt"),
        ("indsats_forlaeng", {"til": dag(9), "begrundelse": "Går godt", "laas": 0}, "senere dag"),
        ("indsats_gang", {"start": dag(1), "slut": dag(2), "begrundelse": "x", "laas": 0}, "før"),
        ("indsats_gang", {"start": dag(20), "begrundelse": "", "laas": 0}, "hvorfor det rettes"),
        ("indsats_begynd", {"dato": dag(1)}, "i gang og kan ikke begynde"),
    ],
)
def test_refusal_shows_the_whole_plan_with_the_input_kept(klient, indsats, navn, sendt, besked):
    svar = klient.post(url(navn, indsats.pk), sendt)

    assert svar.status_code == 422
    side = vist(svar)
    assert besked in side
    assert "Mål og indsatser" in side
    assert all(f'value="{v}"' in side for v in sendt.values() if v and v != 0)
    indsats.refresh_from_db()
    assert (indsats.status, indsats.laas, Indsatspause.objects.count()) == ("i_gang", 0, 0)


def test_extension_corrections_and_end(klient, indsats):
    til = f"{indsats.planlagt_slut + timedelta(days=60):%d.%m.%Y}"
    klient.post(
        url("indsats_forlaeng", indsats.pk), {"til": til, "begrundelse": "Går godt", "laas": 0}
    )
    klient.post(
        url("indsats_gang", indsats.pk),
        {"start": dag(40), "slut": "", "begrundelse": "Tastet forkert", "laas": 1},
    )
    klient.post(
        url("indsats_slut", indsats.pk),
        {"dato": dag(1), "udfald": "afbrudt", "begrundelse": "Fik job"},
    )

    side = vist(klient.get(url("indsats", indsats.pk)))
    for ventet in ("Går godt", "Tastet forkert", "Fik job", til, "Lav igen", "fra i gang til afbr"):
        assert ventet in side
    assert indsats.forloeb.planer.kladder().exists()


def test_planned_effort_begins_or_lapses(klient, indsats):
    planlagte = [
        IndsatsFactory(forloeb=indsats.forloeb, maal=indsats.maal, beskrivelse=navn)
        for navn in ("Kursus", "Kørekort")
    ]
    klient.post(url("indsats_begynd", planlagte[0].pk), {"dato": dag(1)})
    klient.post(url("indsats_bortfald", planlagte[1].pk), {"begrundelse": "Fandt noget bedre"})

    for planlagt in planlagte:
        planlagt.refresh_from_db()
    assert [p.status for p in planlagte] == ["i_gang", "bortfaldet"]


def test_second_of_two_corrections_of_what_happened_sees_both(klient, indsats):
    sendt = {"slut": "", "begrundelse": "Tastet forkert", "laas": 0}
    klient.post(url("indsats_gang", indsats.pk), sendt | {"start": dag(20)})

    svar = klient.post(url("indsats_gang", indsats.pk), sendt | {"start": dag(25)})

    assert svar.status_code == 409
    assert dag(20) in vist(svar)
    assert dag(25) in vist(svar)


def test_pause_is_corrected_and_taken_out(klient, indsats):
    pause = IndsatspauseFactory(indsats=indsats)
    side = vist(aaben(klient, indsats.forloeb, f"retpause-{pause.pk}"))
    assert pause.begrundelse in side
    assert 'name="fjern"' in side

    sendt = {"fra": dag(9), "til": dag(8), "begrundelse": "Ferie", "laas": 0}
    klient.post(url("pause_ret", pause.pk), sendt)
    pause.refresh_from_db()
    assert pause.begrundelse == "Ferie"
    assert klient.post(url("pause_ret", pause.pk), sendt).status_code in {302, 409}
    assert klient.post(url("pause_ret", pause.pk), sendt | {"fra": ""}).status_code == 422
    klient.post(url("pause_ret", pause.pk), {"fjern": "1"})
    pause.refresh_from_db()
    assert pause.fjernet_den is not None


# A new effort -------------------------------------------------------------------------------------


def test_type_fills_the_form_and_saves_nothing(klient, indsats):
    mentor = Indsatstype.objects.get(kode="mentor")
    Indsatstype.objects.filter(pk=mentor.pk).update(
        formaal_forslag="Komme af sted", timer_pr_uge=2, uger=10
    )
    sendt = {"indsatstype": mentor.pk, "ansvarlig": "Lene", "formaal": "", "udfyld": "1"}

    svar = klient.post(url("indsats_ny", indsats.forloeb.sag_id), sendt)

    form = svar.context["form"]
    assert (svar.status_code, Indsats.objects.count()) == (200, 1)
    assert form["formaal"].value() == "Komme af sted"
    assert form["ansvarlig"].value() == "Lene"
    assert form["planlagt_slut"].value()
    kursus = Indsatstype.objects.get(kode="kursus")
    igen = {n: form[n].value() or "" for n in ("beskrivelse", "formaal", "ansvarlig")}
    igen |= {"indsatstype": kursus.pk, "udfyld": "1", "planlagt_start": dag(0)}
    form = klient.post(url("indsats_ny", indsats.forloeb.sag_id), igen).context["form"]
    assert form["beskrivelse"].value() == kursus.navn
    assert form["formaal"].value() == kursus.formaal_forslag


def test_filling_an_effort_keeps_what_is_typed_and_cleared(klient, indsats):
    Indsats.objects.filter(pk=indsats.pk).update(er_skitse=True, leverandoer="Biblioteket")
    sendt = data(indsats, udfyld="1", leverandoer="", ansvarlig="Lene", planlagt_slut="31.02.2027")

    form = klient.post(url("indsats_gem", indsats.pk), sendt).context["form"]

    vist_i = {n: form[n].value() for n in ("er_skitse", "leverandoer", "ansvarlig", "laas")}
    assert vist_i == {"er_skitse": False, "leverandoer": "", "ansvarlig": "Lene", "laas": "0"}
    assert form["planlagt_slut"].value() == "31.02.2027"


@pytest.mark.parametrize("linje", ["x", "-1", "٣", "9" * 18, "1" * 5000, ""])
def test_line_that_does_not_exist_gives_an_empty_form(klient, indsats, linje):
    svar = aaben(klient, indsats.forloeb, "indsats-ny", linje=linje)

    assert svar.status_code == 200
    assert not svar.context["form"].initial.get("linje")


def test_effort_again_is_filled_from_the_first(klient, indsats):
    services.afslut_indsats(indsats, dato=i_dag(), afbrudt=False, af=klient.bruger)

    svar = aaben(klient, indsats.forloeb, "indsats-ny", igen=indsats.pk)

    assert svar.context["form"]["formaal"].value() == indsats.formaal
    assert svar.context["form"].panel.indsats_id is None


def test_plan_without_mentor_offers_the_one_recommended(klient, indsats):
    IndstillingslinjeFactory(
        indstilling=indsats.forloeb.afgoerelse.indstilling,
        indsatstype=Indsatstype.objects.get(kode="mentor"),
        formaal="Komme af sted om morgenen",
    )
    assert "Tilføj mentor" in vist(klient.get(url("plan", indsats.forloeb.sag_id)))

    svar = aaben(klient, indsats.forloeb, "indsats-ny", mentor="1")

    assert svar.context["form"]["formaal"].value() == "Komme af sted om morgenen"


def test_lines_are_planned_at_once(klient, indsats):
    indstilling = indsats.forloeb.afgoerelse.indstilling
    for nr, formaal in enumerate(["Lære at læse", "Prøve et job"], start=1):
        IndstillingslinjeFactory(indstilling=indstilling, nr=nr, formaal=formaal)
    sag_id = indsats.forloeb.sag_id
    assert "Planlæg alle 2 linjer" in vist(klient.get(url("plan", sag_id)))

    svar = klient.post(url("planlaeg_linjer", sag_id), follow=True)
    assert "2 indsatser er lagt i planen" in vist(svar)
    igen = klient.post(url("planlaeg_linjer", sag_id), follow=True)
    assert "Alle indstillingens linjer er planlagt eller begrundet" in vist(igen)


def test_new_effort_can_have_begun(klient, indsats):
    sag_id = indsats.forloeb.sag_id
    for begyndt, kode in ((dag(-3), 422), (dag(90), 422), (dag(3), 302)):
        svar = klient.post(
            url("indsats_ny", sag_id), data(indsats, beskrivelse="Kursus", begyndt=begyndt, laas=0)
        )
        assert svar.status_code == kode

    ny = Indsats.objects.get(beskrivelse="Kursus")
    assert (ny.status, ny.faktisk_start) == ("i_gang", i_dag() - timedelta(days=3))


def test_saving_an_effort_of_an_approved_plan_opens_the_draft(klient, indsats):
    svar = klient.post(url("indsats_gem", indsats.pk), data(indsats, formaal="Lære at køre truck"))

    assert svar.status_code == 302
    indsats.refresh_from_db()
    assert (indsats.formaal, indsats.forloeb.planer.count()) == ("Lære at køre truck", 2)


# Its own page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_effort_page_costs_the_same_for_few_and_many(
    klient, indsats, antal, django_assert_num_queries
):
    for nr in range(antal):
        fra = i_dag() - timedelta(days=nr + 1)
        IndsatspauseFactory(indsats=indsats, fra_dato=fra, til_dato=fra)

    with django_assert_num_queries(INDSATSSIDEN):
        svar = klient.get(url("indsats", indsats.pk))

    assert vist(svar).count("retpause-") == antal
    assert Opslag.objects.filter(objekt="plan").count() == 1


def test_effort_page_is_read_by_those_who_do_not_write(som, indsats):
    klient = som("sagsbehandler")
    TildelingFactory(sag=indsats.forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)

    side = vist(klient.get(url("indsats", indsats.pk)))

    assert indsats.formaal in side
    assert "?aaben=" not in side


def test_ended_forloeb_offers_nothing_and_refuses(klient, indsats):
    forloeb = indsats.forloeb
    forloeb.afsluttet_dato = i_dag()
    forloeb.save()

    assert "?aaben=" not in vist(klient.get(url("indsats", indsats.pk)))
    svar = klient.post(
        url("indsats_pause", indsats.pk), {"fra": dag(2), "til": "", "begrundelse": "Syg"}
    )
    assert svar.status_code == 422
    assert "kan læses, men ikke ændres" in vist(svar)
