"""The teamleder's oversight: openings looked through, and spot checks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from borgere import services, tilsyn
from borgere.models import Tildeling
from ressource.kalender import i_dag
from ressource.models import (
    Haendelse,
    Opslag,
    Rolle,
    Stedfortraeder,
    Stikproeve,
    Stikproevelinje,
)
from tests.factories import BrugerFactory, SaerligadgangFactory, SagFactory, TeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leder():
    return BrugerFactory(roller=[Rolle.TEAMLEDER])


def opslag_af(bruger, antal=1, **felter):
    standard = {
        "roller": ",".join(bruger.roller),
        "organisation": "kommune",
        "handling": "se",
        "objekt": "sag",
        "sag_id": 1,
    }
    return Opslag.objects.bulk_create(
        Opslag(bruger=bruger, **standard | felter) for _ in range(antal)
    )


def udtag(leder, **felter):
    standard = {"fra_dato": i_dag() - timedelta(days=7), "til_dato": i_dag(), "antal": 5}
    return services.udtag_stikproeve(**standard | felter, af=leder)


def en_aaben(leder, antal=1):
    opslag_af(BrugerFactory(team=leder.team), antal)
    return udtag(leder)


def vurder_alle(proeve, leder):
    for linje in proeve.linjer.all():
        services.vurder_opslag(linje, vurdering="begrundet", af=leder)


def test_the_database_draws_among_the_teams_look_ups_about_cases(leder):
    kollega = BrugerFactory(team=leder.team)
    egne = opslag_af(kollega, 30)
    soegt = opslag_af(kollega, 1, handling="soeg", sag_id=None)
    opslag_af(kollega, 3, sag_id=None)
    opslag_af(kollega, 3, handling="afvist")
    opslag_af(leder, 3)
    opslag_af(BrugerFactory(), 3)

    proeve = udtag(leder, antal=50)

    assert {linje.opslag_id for linje in proeve.linjer.all()} == {o.pk for o in (*egne, *soegt)}
    assert (proeve.antal_opslag, proeve.team) == (31, leder.team)
    assert Haendelse.objects.filter(kode="stikproeve.udtaget").count() == 1


def test_refusals_are_among_them_when_asked_for(leder):
    kollega = BrugerFactory(team=leder.team)
    opslag_af(kollega, 6)
    opslag_af(kollega, 2, handling="afvist", sag_id=None)

    assert udtag(leder, antal=50, med_afviste=True).linjer.count() == 8


def test_the_choice_is_chance_and_no_larger_than_asked_for(leder):
    opslag_af(BrugerFactory(team=leder.team), 200)

    valg = []
    for _ in range(2):
        proeve = udtag(leder, antal=10)
        valg.append([linje.opslag_id for linje in proeve.linjer.all()])
        vurder_alle(proeve, leder)
        services.afslut_stikproeve(proeve, konklusion="I orden", af=leder)

    assert [len(v) for v in valg] == [10, 10]
    assert valg[0] != valg[1]


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"antal": 4}, "antal"),
        ({"antal": 51}, "antal"),
        ({"til_dato": i_dag() + timedelta(days=2)}, "til_dato"),
        ({"fra_dato": i_dag() - timedelta(days=500)}, "til_dato"),
        ({"fra_dato": i_dag(), "til_dato": i_dag() - timedelta(days=1)}, "til_dato"),
    ],
)
def test_a_period_or_number_that_cannot_be_is_refused(leder, felter, felt):
    with pytest.raises(ValidationError) as fejl:
        udtag(leder, **felter)

    assert list(fejl.value.error_dict) == [felt]


def test_nothing_to_draw_and_one_open_already_are_refused(leder):
    with pytest.raises(ValidationError, match="ingen opslag"):
        udtag(leder)
    en_aaben(leder)
    with pytest.raises(ValidationError, match="allerede en åben"):
        udtag(leder)

    assert Stikproeve.objects.count() == 1


def test_only_a_teamleder_with_a_team_draws():
    for bruger in (
        BrugerFactory(),
        BrugerFactory(roller=[Rolle.TEAMLEDER], team=None),
    ):
        with pytest.raises(PermissionDenied):
            udtag(bruger)


def test_every_look_up_is_judged_before_it_is_concluded(leder):
    proeve = en_aaben(leder, 2)
    linje = proeve.linjer.first()

    with pytest.raises(ValidationError, match="2 opslag mangler"):
        services.afslut_stikproeve(proeve, konklusion="I orden", af=leder)
    with pytest.raises(ValidationError, match="Vælg en vurdering"):
        services.vurder_opslag(linje, vurdering="", af=leder)
    with pytest.raises(ValidationError, match="hvad der er galt"):
        services.vurder_opslag(linje, vurdering="uberettiget", af=leder)
    vurder_alle(proeve, leder)
    with pytest.raises(ValidationError, match="hvad stikprøven viste"):
        services.afslut_stikproeve(proeve, konklusion=" ", af=leder)
    services.afslut_stikproeve(proeve, konklusion="I orden", af=leder)

    proeve.refresh_from_db()
    assert (proeve.konklusion, proeve.afsluttet_den is not None) == ("I orden", True)


def test_a_concluded_one_is_immutable_in_service_and_database(leder):
    proeve = en_aaben(leder)
    [linje] = proeve.linjer.all()
    vurder_alle(proeve, leder)
    services.afslut_stikproeve(proeve, konklusion="I orden", af=leder)
    andet = opslag_af(BrugerFactory())[0]

    with pytest.raises(ValidationError, match="afsluttet"):
        services.vurder_opslag(linje, vurdering="begrundet", af=leder)
    with pytest.raises(ValidationError, match="afsluttet"):
        services.afslut_stikproeve(proeve, konklusion="Igen", af=leder)
    for forsoeg in (
        lambda: Stikproeve.objects.filter(pk=proeve.pk).update(konklusion="x"),
        lambda: Stikproeve.objects.filter(pk=proeve.pk).delete(),
        lambda: proeve.linjer.update(vurdering="uberettiget", bemaerkning="x"),
        lambda: proeve.linjer.all().delete(),
        lambda: Stikproevelinje.objects.create(stikproeve=proeve, opslag=andet),
    ):
        with (
            pytest.raises(DatabaseError, match=r"Stikprøven er afsluttet|Cannot"),
            transaction.atomic(),
        ):
            forsoeg()


def test_ones_own_look_up_and_another_team_are_refused(leder):
    medleder = BrugerFactory(roller=[Rolle.TEAMLEDER], team=leder.team)
    opslag_af(medleder)
    proeve = udtag(leder)
    [linje] = proeve.linjer.all()

    for bruger in (medleder, BrugerFactory(roller=[Rolle.TEAMLEDER]), BrugerFactory()):
        with pytest.raises(PermissionDenied):
            services.vurder_opslag(linje, vurdering="begrundet", af=bruger)
    with pytest.raises(PermissionDenied):
        services.afslut_stikproeve(proeve, konklusion="x", af=BrugerFactory())


@pytest.mark.parametrize(
    ("felter", "constraint"),
    [
        ({"til_dato": i_dag() - timedelta(days=9)}, "stikproeve_slut_efter_start"),
        ({"afsluttet_den": timezone.now()}, "stikproeve_afsluttet_har_konklusion"),
        ({}, "stikproeve_en_aaben"),
    ],
)
def test_a_spot_check_is_whole(leder, felter, constraint):
    if not felter:
        en_aaben(leder)
    standard = {
        "team": leder.team,
        "fra_dato": i_dag(),
        "til_dato": i_dag(),
        "udtaget_af": leder,
        "antal_opslag": 1,
    }

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Stikproeve.objects.create(**standard | felter)


@pytest.mark.parametrize(
    ("felter", "constraint"),
    [
        ({}, "stikproevelinje_opslag_en_gang"),
        ({"vurdering": "fint", "bemaerkning": "x"}, "stikproevelinje_vurdering_kendt"),
        ({"vurdering": "spoerges"}, "stikproevelinje_bemaerkning"),
    ],
)
def test_a_line_is_whole(leder, felter, constraint):
    proeve = en_aaben(leder)
    opslag = proeve.linjer.get().opslag if not felter else opslag_af(leder)[0]

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Stikproevelinje.objects.create(stikproeve=proeve, opslag=opslag, **felter)


class TestGrund:
    """What could let somebody into a case when they looked."""

    @pytest.fixture
    def bruger(self):
        return BrugerFactory()

    def grund(self, bruger, sag, **felter):
        [o] = opslag_af(bruger, sag_id=sag.pk, **felter)
        vist = tilsyn.vis([Opslag.objects.select_related("bruger").get(pk=o.pk)])[o.pk]
        return vist.grund, vist.uden_grund

    def test_an_assignment_of_the_day(self, bruger):
        sag = SagFactory(ansvarlig=bruger)

        assert self.grund(bruger, sag) == ("Ansvarlig sagsbehandler", False)

    def test_one_that_had_ended(self, bruger):
        sag = SagFactory(ansvarlig=bruger)
        Tildeling.objects.update(til_dato=i_dag() - timedelta(days=1))

        assert self.grund(bruger, sag) == (tilsyn.UKENDT, True)

    def test_an_opening_with_its_reason(self, bruger):
        adgang = SaerligadgangFactory(bruger=bruger)

        assert self.grund(bruger, adgang.sag) == (f"Nødadgang: {adgang.begrundelse}", False)

    def test_a_deputyship(self, bruger):
        kollega = BrugerFactory()
        Stedfortraeder.objects.create(for_bruger=kollega, vikar=bruger)

        grund = self.grund(bruger, SagFactory(ansvarlig=kollega))

        assert grund == (f"Vikar for {kollega.navn}", False)

    def test_the_role(self):
        bruger = BrugerFactory(roller=[Rolle.FAGLIG_KONSULENT])

        assert "Faglig konsulent" in self.grund(bruger, SagFactory())[0]

    def test_a_refusal_needs_none(self, bruger):
        assert self.grund(bruger, SagFactory(), handling="afvist") == (tilsyn.UKENDT, False)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_pages_cost_the_same_whatever_the_rows(som, leder, antal, django_assert_num_queries):
    klient = som(leder)
    for _ in range(antal):
        adgang = SaerligadgangFactory(sag__team=leder.team)
        opslag_af(BrugerFactory(team=leder.team), sag_id=adgang.sag_id)
    proeve = udtag(leder, antal=50)

    with django_assert_num_queries(10):
        oversigt = klient.get(reverse("borgere:tilsyn"))
    with django_assert_num_queries(11):
        side = klient.get(reverse("borgere:stikproeve", args=[proeve.pk]))

    assert oversigt.content.decode().count("Borgeren ringer, og") == antal
    assert side.content.decode().count("Ikke vurderet") == antal


def test_the_page_nudges_until_one_is_drawn_this_month(som, leder):
    klient = som(leder)
    tekst = "ikke udtaget en stikprøve i denne måned"

    foer = klient.get(reverse("borgere:tilsyn")).content.decode()
    en_aaben(leder)
    efter = klient.get(reverse("borgere:tilsyn")).content.decode()

    assert (tekst in foer, tekst in efter) == (True, False)


def test_a_spot_check_from_end_to_end(som, leder):
    klient = som(leder)
    opslag_af(BrugerFactory(team=leder.team), 2)
    ny = reverse("borgere:stikproeve_ny")

    forkert = klient.post(ny, {"fra_dato": "1.1.2026", "til_dato": "i går", "antal": "99"})
    i_dag_tekst = f"{i_dag():%d.%m.%Y}"
    udtaget = klient.post(ny, {"fra_dato": i_dag_tekst, "til_dato": i_dag_tekst, "antal": "5"})
    proeve = Stikproeve.objects.get()
    [foerste, anden] = proeve.linjer.all()
    side = reverse("borgere:stikproeve", args=[proeve.pk])
    linjer = [reverse("borgere:stikproevelinje", args=[linje.pk]) for linje in (foerste, anden)]
    uden = klient.post(linjer[0], {"vurdering": "uberettiget", "bemaerkning": ""})
    til_naeste = klient.post(
        linjer[0], {"vurdering": "uberettiget", "bemaerkning": "Havde ikke noget med sagen"}
    )
    for_tidligt = klient.post(side, {"konklusion": "Fint"})
    tilbage = klient.post(linjer[1], {"vurdering": "begrundet"})
    slut = klient.post(side, {"konklusion": "Ét opslag er uberettiget og taget op."})
    laest = klient.get(side).content.decode()

    assert (forkert.status_code, uden.status_code, for_tidligt.status_code) == (422, 422, 422)
    assert "i går" in forkert.content.decode()
    assert (udtaget["Location"], til_naeste["Location"]) == (side, linjer[1])
    assert (tilbage["Location"], slut["Location"]) == (side, side)
    assert "taget op" in laest
    assert "Afslut stikprøven" not in laest
    assert "Afsluttet" in klient.get(reverse("borgere:stikproeve_liste")).content.decode()


def test_another_teams_spot_check_is_not_there(som, leder):
    proeve = en_aaben(leder)
    fremmed = som("teamleder", team=TeamFactory())

    for adresse in (
        reverse("borgere:stikproeve", args=[proeve.pk]),
        reverse("borgere:stikproevelinje", args=[proeve.linjer.get().pk]),
    ):
        assert fremmed.get(adresse).status_code == 404
        assert fremmed.post(adresse).status_code == 404


def test_an_opening_is_looked_through_with_what_it_was_used_for(som, leder):
    adgang = SaerligadgangFactory(sag__team=leder.team)
    opslag_af(adgang.bruger, 2, sag_id=adgang.sag_id)
    opslag_af(adgang.bruger, 1, sag_id=SagFactory().pk, objekt="journal")
    klient = som(leder)
    url = reverse("borgere:tilsyn_gennemse", args=[adgang.pk])

    side = klient.get(url).content.decode()
    gennemset = klient.post(url, {"note": "Talt med medarbejderen"})
    igen = klient.post(url, {"note": "To gange"})

    assert "Set: sagen" in side
    assert "journalen" not in side
    assert gennemset["Location"] == reverse("borgere:tilsyn")
    assert igen.status_code == 404
    assert "Talt med medarbejderen" in klient.get(gennemset["Location"]).content.decode()


def test_nobody_looks_through_their_own(som, leder):
    adgang = SaerligadgangFactory(sag__team=leder.team, bruger=leder)

    assert som(leder).get(reverse("borgere:tilsyn_gennemse", args=[adgang.pk])).status_code == 404


def test_a_teamleder_without_a_team_is_told(som):
    klient = som("teamleder", team=None)

    assert "ikke knyttet til et team" in klient.get(reverse("borgere:tilsyn")).content.decode()
    assert (
        klient.post(
            reverse("borgere:stikproeve_ny"),
            {"fra_dato": "1.1.2026", "til_dato": "2.1.2026", "antal": 5},
        ).status_code
        == 403
    )
