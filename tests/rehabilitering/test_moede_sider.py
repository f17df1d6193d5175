"""The pages of the meetings: list, planning, agenda, the case's tab, two Overblik."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase, Tildeling
from rehabilitering.models import Dagsordenspunkt, Teammoede
from ressource.kalender import i_dag
from ressource.models import Opslag, Rolle
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    MoededeltagerFactory,
    SagFactory,
    SparringsbookingFactory,
    SparringstidFactory,
    TeammoedeFactory,
    TildelingFactory,
    klokken,
)
from tests.rehabilitering.klargoering import klar_til_moede

pytestmark = pytest.mark.django_db

LISTE = reverse("rehabilitering:moede_liste")
NY = reverse("rehabilitering:moede_ny")
# Statements per page, whatever the number of rows.
ANTAL_LISTE = 7
ANTAL_DAGSORDEN = 32
ANTAL_OVERBLIK_MOEDE = 18
ANTAL_OVERBLIK_TEAM = 21


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 08:00:00+01:00", tick=False)


@pytest.fixture
def koordinator(som):
    return som("moedekoordinator")


def side(moede):
    return reverse("rehabilitering:moede", args=[moede.pk])


def tekst(response):
    return " ".join(response.content.decode().split())


def moede_data(leder, **felter):
    return {
        "dato": "03.12.2026",
        "start": "9.00",
        "slut": "12.00",
        "sted": "Rådhuset",
        "kapacitet": "5",
        "minutter_pr_sag": "40",
        "moedeleder": str(leder.pk),
    } | felter


def medlem_af(moede, *punkter, rolle=Rolle.TEAMMEDLEM):
    """Somebody who sits in the meeting and so may read the cases of `punkter`."""
    bruger = MoededeltagerFactory(moede=moede, bruger__roller=[rolle]).bruger
    for punkt in punkter:
        TildelingFactory(sag=punkt.sag, bruger=bruger, art=Tildeling.Art.TEAMMOEDE)
    return bruger


def test_list_shows_the_nearest_meetings_first_and_the_held_ones_apart(koordinator):
    for dage in (14, 7, -7):
        TeammoedeFactory(dato=i_dag() + timedelta(days=dage))

    kommende = koordinator.get(LISTE)
    tidligere = koordinator.get(LISTE, {"vis": "tidligere"})

    assert [m.dato for m in kommende.context["side"]] == [date(2026, 12, 1), date(2026, 12, 8)]
    assert [m.dato for m in tidligere.context["side"]] == [date(2026, 11, 17)]
    assert "0 af 5 er brugt" in tekst(kommende)


def test_member_sees_only_their_own_meetings(som):
    TeammoedeFactory()
    mit = TeammoedeFactory()
    klient = som(medlem_af(mit))

    assert list(klient.get(LISTE).context["side"]) == [mit]
    assert klient.get(side(mit)).status_code == 200
    assert klient.get(side(TeammoedeFactory())).status_code == 404


def test_meeting_is_planned_with_members(koordinator):
    leder = BrugerFactory(roller=[Rolle.MOEDELEDER])
    social = BrugerFactory(roller=[Rolle.TEAMMEDLEM])
    data = moede_data(leder, bruger_social=social.pk, mandat_social="5.000 kr.")

    response = koordinator.post(NY, data)

    moede = Teammoede.objects.get()
    assert response.url == side(moede)
    assert {d.bruger: d.mandat for d in moede.deltagere.all()} == {leder: "", social: "5.000 kr."}


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"dato": "05.12.2026"}, "Der er lukket lørdag 5. december 2026 (weekend)"),
        ({"dato": "23.11.2026"}, "Datoen er gået"),
        ({"dato": "3/13/2026"}, "Skriv datoen som dag.måned.år"),
        ({"slut": "8.00"}, "Mødet slutter, før det begynder"),
        ({"kapacitet": "0"}, "kapacitet"),
    ],
)
def test_planning_with_mistakes_keeps_the_input(koordinator, felter, fejl):
    leder = BrugerFactory(roller=[Rolle.MOEDELEDER])

    response = koordinator.post(NY, moede_data(leder, sted="Det gule hus", **felter))

    assert response.status_code == 422
    assert fejl in tekst(response)
    assert "Det gule hus" in tekst(response)
    assert not Teammoede.objects.exists()


def test_new_meeting_proposes_the_members_of_the_latest(koordinator):
    deltager = MoededeltagerFactory(mandat="5.000 kr.")

    form = koordinator.get(NY).context["form"]

    assert form.initial["bruger_social"] == deltager.bruger_id
    assert form.initial["mandat_social"] == "5.000 kr."


def test_case_is_put_on_moved_and_taken_off_the_agenda(koordinator):
    moede = TeammoedeFactory()
    foerste, anden = klar_til_moede(), klar_til_moede()
    saet_paa = reverse("rehabilitering:moede_saet_paa", args=[moede.pk])
    for sag in (foerste, anden):
        assert koordinator.post(saet_paa, {"sag": sag.pk}).url == side(moede)
    punkt = anden.dagsordenspunkter.get()

    koordinator.post(reverse("rehabilitering:moede_punkt_flyt", args=[punkt.pk]), {"retning": "op"})
    punkter = koordinator.get(side(moede)).context["dagsorden"].punkter
    assert [(r.punkt.sag, f"{r.start:%H.%M}") for r in punkter] == [
        (anden, "09.00"),
        (foerste, "09.40"),
    ]

    koordinator.post(reverse("rehabilitering:moede_punkt_tag_af", args=[punkt.pk]))
    punkter = koordinator.get(side(moede)).context["dagsorden"].punkter
    assert [(r.punkt.sag, f"{r.start:%H.%M}") for r in punkter] == [(foerste, "09.00")]


def test_refusal_is_said_above_the_agenda(koordinator):
    moede = TeammoedeFactory()
    sag = SagFactory(fase=Fase.MOEDE)

    response = koordinator.post(
        reverse("rehabilitering:moede_saet_paa", args=[moede.pk]), {"sag": sag.pk}
    )

    assert response.status_code == 422
    assert f"{sag.sagsnummer} kan ikke sættes på dagsordenen" in tekst(response)
    punkt = DagsordenspunktFactory(moede=moede)
    flyt = reverse("rehabilitering:moede_punkt_flyt", args=[punkt.pk])
    assert koordinator.post(flyt, {"retning": "op"}).status_code == 422


@pytest.mark.parametrize("sag", ["", "x", "0", "9" * 30])
def test_case_that_does_not_wait_is_refused(koordinator, sag):
    saet_paa = reverse("rehabilitering:moede_saet_paa", args=[TeammoedeFactory().pk])

    response = koordinator.post(saet_paa, {"sag": sag})

    assert response.status_code == 422
    assert "venter ikke længere på et møde" in tekst(response)


def test_members_join_and_are_taken_off(koordinator):
    moede = TeammoedeFactory()
    ny = BrugerFactory(roller=[Rolle.FAMILIEAFDELING])
    tilfoej = reverse("rehabilitering:moede_deltager_ny", args=[moede.pk])

    response = koordinator.post(tilfoej, {"bruger": ny.pk, "fagomraade": "familie"})
    assert response.url == side(moede)

    igen = koordinator.post(tilfoej, {"bruger": ny.pk, "fagomraade": "social"})
    assert igen.status_code == 422
    assert "Personen deltager allerede" in tekst(igen)

    fjern = reverse("rehabilitering:moede_deltager_fjern", args=[moede.deltagere.get().pk])
    assert koordinator.post(fjern).url == side(moede)
    assert not moede.deltagere.exists()


def test_moedekoordinator_sees_name_and_flags_but_no_way_into_the_case(koordinator):
    moede = TeammoedeFactory()
    sag = klar_til_moede(borger__har_boernesag=True)
    beskyttet = klar_til_moede(borger__er_adressebeskyttet=True, borger__fornavn="Hemmelig")
    venter = klar_til_moede(borger__er_adressebeskyttet=True, borger__fornavn="Hemmelig")
    for nr, paa in enumerate((sag, beskyttet), start=1):
        DagsordenspunktFactory(moede=moede, sag=paa, raekkefoelge=nr)

    response = koordinator.get(side(moede))

    assert sag.borger.navn in tekst(response)
    assert "Familieafdeling mangler" in tekst(response)
    assert venter.sagsnummer in tekst(response)
    assert "Hemmelig" not in tekst(response)
    for paa in (sag, beskyttet, venter):
        assert reverse("rehabilitering:sag_moede", args=[paa.pk]) not in tekst(response)
    live = reverse("rehabilitering:live", args=[moede.punkter.first().pk])
    assert f'href="{live}"' not in tekst(response)


def test_attest_that_was_sent_back_is_seen_on_the_agenda(koordinator):
    sag = klar_til_moede()
    punkt = DagsordenspunktFactory(sag=sag)
    assert "LÆ 265 er ikke aktuel" not in tekst(koordinator.get(side(punkt.moede)))

    sag.laegeattester.update(returneret_dato=i_dag(), returneret_begrundelse="Uddyb")

    assert "LÆ 265 er ikke aktuel" in tekst(koordinator.get(side(punkt.moede)))


def test_case_the_meeting_did_not_reach_can_be_taken_off_afterwards(koordinator):
    punkt = DagsordenspunktFactory(moede__dato=i_dag() - timedelta(days=7))
    tag_af = reverse("rehabilitering:moede_punkt_tag_af", args=[punkt.pk])
    flyt = reverse("rehabilitering:moede_punkt_flyt", args=[punkt.pk])

    dagsorden = tekst(koordinator.get(side(punkt.moede)))

    assert tag_af in dagsorden
    assert flyt not in dagsorden
    assert koordinator.post(tag_af).url == side(punkt.moede)
    assert not Dagsordenspunkt.objects.aabne().exists()


def test_caseworker_sees_their_own_case_and_not_the_names_of_the_others(som):
    moede = TeammoedeFactory()
    sagsbehandler = BrugerFactory()
    egen = SagFactory(fase=Fase.MOEDE, ansvarlig=sagsbehandler)
    anden = SagFactory(fase=Fase.MOEDE)
    for sag in (egen, anden):
        DagsordenspunktFactory(moede=moede, sag=sag)

    response = som(sagsbehandler).get(side(moede))

    assert egen.borger.navn in tekst(response)
    assert anden.borger.navn not in tekst(response)
    assert anden.sagsnummer not in tekst(response)


def test_agenda_is_logged_once_per_look(koordinator):
    moede = TeammoedeFactory()

    koordinator.get(side(moede))

    opslag = Opslag.objects.filter(bruger=koordinator.bruger)
    assert list(opslag.values_list("objekt", "sag_id")) == [("dagsorden", None)]


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_costs_the_same(koordinator, django_assert_num_queries, antal):
    for nr in range(antal):
        moede = TeammoedeFactory(dato=i_dag() + timedelta(days=nr))
        DagsordenspunktFactory(moede=moede)
        DagsordenspunktFactory(moede=moede)

    with django_assert_num_queries(ANTAL_LISTE):
        koordinator.get(LISTE)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_agenda_costs_the_same(koordinator, django_assert_num_queries, antal):
    moede = TeammoedeFactory(kapacitet=30)
    for _ in range(antal):
        MoededeltagerFactory(moede=moede)
        DagsordenspunktFactory(moede=moede, sag__ansvarlig=BrugerFactory())
        klar_til_moede()

    with django_assert_num_queries(ANTAL_DAGSORDEN):
        koordinator.get(side(moede))


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_moedekoordinators_overblik_costs_the_same(koordinator, django_assert_num_queries, antal):
    for nr in range(antal):
        TeammoedeFactory(dato=i_dag() + timedelta(days=nr))
        klar_til_moede()
        SparringsbookingFactory(tid__start=klokken(i_dag(), 8 + nr % 12, nr))

    with django_assert_num_queries(ANTAL_OVERBLIK_MOEDE):
        koordinator.get(reverse("overblik"))


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_overblik_of_the_team_costs_the_same(som, django_assert_num_queries, antal):
    moede = TeammoedeFactory(kapacitet=30)
    bruger = BrugerFactory(roller=[Rolle.SUNDHEDSKOORDINATOR])
    MoededeltagerFactory(moede=moede, bruger=bruger)
    for nr in range(antal):
        punkt = DagsordenspunktFactory(moede=moede, sag__ansvarlig=BrugerFactory())
        TildelingFactory(sag=punkt.sag, bruger=bruger, art=Tildeling.Art.TEAMMOEDE)
        start = klokken(i_dag() + timedelta(days=1 + nr))
        SparringsbookingFactory(
            tid=SparringstidFactory(sundhedskoordinator=bruger, start=start), sag=punkt.sag
        )
        foer = TeammoedeFactory(dato=i_dag() - timedelta(days=7))
        MoededeltagerFactory(moede=foer, bruger=bruger)
        AfgoerelseFactory(
            truffet=True,
            indstilling__punkt__moede=foer,
            indstilling__punkt__behandlet_den=timezone.now(),
        )
    klient = som(bruger)

    with django_assert_num_queries(ANTAL_OVERBLIK_TEAM):
        klient.get(reverse("overblik"))


def test_moedekoordinators_overblik_says_what_waits(koordinator):
    TeammoedeFactory(kapacitet=1)
    klar = klar_til_moede()
    sag = SagFactory(fase=Fase.MOEDE)
    SparringsbookingFactory(tid__start=klokken(i_dag()))
    SparringstidFactory(start=klokken(i_dag(), 14))

    response = koordinator.get(reverse("overblik"))

    assert [raekke.sag for raekke in response.context["sager"]] == [klar]
    assert sag.sagsnummer not in tekst(response)
    sparring = response.context["sparring"]
    assert (sparring.antal, sparring.booket, sparring.ledige) == (2, 1, 1)


def test_overblik_of_the_team_follows_the_indstilling_but_forgets_the_name(som):
    foer = TeammoedeFactory(dato=i_dag() - timedelta(days=30))
    bruger = medlem_af(foer)
    fravaerende = MoededeltagerFactory(moede=foer, var_til_stede=False).bruger
    afgoerelse = AfgoerelseFactory(
        truffet=True,
        indstilling__punkt__moede=foer,
        indstilling__punkt__sag__fase=Fase.OPFOELGNING,
        indstilling__punkt__behandlet_den=timezone.now(),
    )
    AfgoerelseFactory(
        foelger_indstilling=False,
        afvigelse_begrundelse="Afklaret",
        indstilling__punkt__moede=foer,
        indstilling__punkt__behandlet_den=timezone.now(),
    )
    IndstillingFactory(afsluttet=True, punkt__moede=foer, punkt__behandlet_den=timezone.now())

    response = som(bruger).get(reverse("overblik"))

    assert [u.sket for u in response.context["indstillinger"]] == [
        "Ingen afgørelse endnu; sagen er i trinnet møde",
        "Kommunen fulgte den ikke og bad teamet vurdere sagen igen",
        "Afgørelse 24.11.2026 fulgte den; sagen er i trinnet opfølgning",
    ]
    assert afgoerelse.sag.sagsnummer in tekst(response)
    assert afgoerelse.sag.borger.navn not in tekst(response)
    assert som(fravaerende).get(reverse("overblik")).context["indstillinger"] == []


def test_overblik_of_the_team_shows_the_next_meeting_with_a_way_to_the_cases(som):
    moede = TeammoedeFactory()
    punkt = DagsordenspunktFactory(moede=moede)
    klient = som(medlem_af(moede, punkt))

    response = klient.get(reverse("overblik"))

    assert response.context["moede"] == moede
    assert reverse("rehabilitering:live", args=[punkt.pk]) in tekst(response)


def test_tab_of_the_case_shows_meeting_indstilling_and_afgoerelse(som):
    sagsbehandler = BrugerFactory()
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=sagsbehandler)
    fane = reverse("rehabilitering:sag_moede", args=[sag.pk])
    klient = som(sagsbehandler)
    assert "Sagen er ikke på et teammøde endnu" in tekst(klient.get(fane))

    IndstillingFactory(
        afsluttet=True, punkt__sag=sag, punkt__behandlet_den=timezone.now(), noter="Vil se stedet"
    )
    DagsordenspunktFactory(sag=sag, moede__dato=date(2026, 12, 3))

    response = klient.get(fane)

    assert "Torsdag 3. december 2026 kl. 9.00–9.40" in tekst(response)
    assert "Medhjælper på bibliotek (job)" in tekst(response)
    assert "Vil se stedet" in tekst(response)
    assert "Skriv afgørelsen" in tekst(response)


def test_tab_of_the_case_does_not_show_the_afgoerelse_to_the_team(som):
    punkt = DagsordenspunktFactory(behandlet_den=timezone.now())
    IndstillingFactory(afsluttet=True, punkt=punkt)
    klient = som(medlem_af(punkt.moede, punkt))

    response = klient.get(reverse("rehabilitering:sag_moede", args=[punkt.sag_id]))

    assert response.status_code == 200
    assert "Afgørelse" not in tekst(response)


def test_item_taken_off_is_no_longer_there(som):
    punkt = DagsordenspunktFactory()
    klient = som(medlem_af(punkt.moede, punkt))
    Dagsordenspunkt.objects.update(taget_af_den=timezone.now())

    assert klient.get(reverse("rehabilitering:live", args=[punkt.pk])).status_code == 404
