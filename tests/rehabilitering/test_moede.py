"""Team meetings: planning, the agenda, and the access that follows from it."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from borgere.models import Fase, Sag, Tildeling
from borgere.services import afslut_sag
from rehabilitering.models import Dagsordenspunkt, Laegeattest, Moededeltager, Teammoede
from rehabilitering.services import moede as moeder
from rehabilitering.services import sagspakke
from ressource.kalender import i_dag
from ressource.models import Haendelse, Lukkedag, Rolle
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    KvalitetssikringFactory,
    MoededeltagerFactory,
    SagFactory,
    TeammoedeFactory,
)
from tests.rehabilitering.klargoering import klar_til_moede

pytestmark = pytest.mark.django_db

TIRSDAG = date(2027, 3, 2)


@pytest.fixture
def koordinator():
    return BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR])


def opret(koordinator, **felter):
    standard = {
        "dato": TIRSDAG,
        "start": time(9),
        "slut": time(12),
        "sted": "Rådhuset",
        "kapacitet": 5,
        "minutter_pr_sag": 40,
        "moedeleder": BrugerFactory(roller=[Rolle.MOEDELEDER]),
        "medlemmer": [],
        "af": koordinator,
    }
    return moeder.opret_moede(**standard | felter)


def adgang(sag):
    return set(
        sag.tildelinger.filter(art=Tildeling.Art.TEAMMOEDE).values_list(
            "bruger_id", "fra_dato", "til_dato"
        )
    )


def test_opret_moede_puts_the_chair_among_the_members(koordinator):
    social = BrugerFactory(roller=[Rolle.TEAMMEDLEM])

    moede = opret(koordinator, medlemmer=[moeder.Medlem(social, "social", "5.000 kr.")])

    assert list(moede.deltagere.values_list("bruger", "fagomraade", "mandat")) == [
        (moede.moedeleder_id, "beskaeftigelse", ""),
        (social.pk, "social", "5.000 kr."),
    ]
    assert Haendelse.objects.filter(kode="moede.oprettet", objekt_id=moede.pk).count() == 1


def test_opret_moede_with_the_same_member_twice_is_refused(koordinator):
    social = BrugerFactory(roller=[Rolle.TEAMMEDLEM])
    to_gange = [moeder.Medlem(social, "social"), moeder.Medlem(social, "sundhed")]

    with pytest.raises(ValidationError, match="deltager allerede"):
        opret(koordinator, medlemmer=to_gange)

    assert Teammoede.objects.count() == 0


@pytest.mark.parametrize(
    ("dato", "hvorfor"),
    [
        (date(2027, 3, 6), "weekend"),
        (date(2027, 3, 25), "skærtorsdag"),
        (date(2027, 6, 5), "grundlovsdag"),
    ],
)
def test_opret_moede_on_a_closed_day_is_refused(koordinator, dato, hvorfor):
    with pytest.raises(ValidationError, match=hvorfor):
        opret(koordinator, dato=dato)


def test_opret_moede_on_a_closing_day_of_the_municipality_is_refused(koordinator):
    Lukkedag.objects.create(dato=TIRSDAG, aarsag="Personaledag")

    with pytest.raises(ValidationError, match=r"tirsdag 2\. marts 2027 \(personaledag\)"):
        opret(koordinator)


def test_opret_moede_whose_chair_has_another_at_the_same_time_is_refused(koordinator):
    foerste = opret(koordinator)

    with pytest.raises(ValidationError, match="leder allerede et møde"):
        opret(koordinator, moedeleder=foerste.moedeleder, start=time(11), slut=time(13))

    opret(koordinator, moedeleder=foerste.moedeleder, start=time(12), slut=time(13))
    assert Teammoede.objects.count() == 2


def test_opret_moede_with_cases_past_midnight_is_refused(koordinator):
    with pytest.raises(ValidationError, match="ud over midnat"):
        opret(koordinator, start=time(21), slut=time(23), kapacitet=5, minutter_pr_sag=40)


def test_opret_moede_with_a_chair_without_the_role_is_refused(koordinator):
    with pytest.raises(ValidationError, match="ikke rollen mødeleder"):
        opret(koordinator, moedeleder=BrugerFactory(roller=[Rolle.TEAMMEDLEM]))


def test_case_on_the_agenda_is_not_open_to_the_members_yet(koordinator):
    moede = TeammoedeFactory(dato=i_dag() + timedelta(days=7))
    MoededeltagerFactory(moede=moede)
    sag = klar_til_moede()

    punkt = moeder.saet_paa_dagsorden(moede, sag, af=koordinator)

    assert punkt.raekkefoelge == 1
    assert adgang(sag) == set()


def test_member_who_joins_gets_access_to_the_open_cases(koordinator):
    moede = TeammoedeFactory()
    sag, behandlet = klar_til_moede(), klar_til_moede()
    for en in (sag, behandlet):
        punkt = moeder.saet_paa_dagsorden(moede, en, af=koordinator)
        sagspakke.udgiv(punkt, af=koordinator)
    Dagsordenspunkt.objects.filter(pk=punkt.pk).update(behandlet_den=timezone.now())
    ny = BrugerFactory(roller=[Rolle.FAMILIEAFDELING])

    moeder.tilfoej_deltager(moede, moeder.Medlem(ny, "familie"), af=koordinator)

    assert list(Sag.objects.synlige_for(ny)) == [sag]


def test_member_who_is_taken_off_loses_the_access(koordinator):
    moede = TeammoedeFactory()
    deltager, anden = MoededeltagerFactory(moede=moede), MoededeltagerFactory(moede=moede)
    sag = klar_til_moede()
    sagspakke.udgiv(moeder.saet_paa_dagsorden(moede, sag, af=koordinator), af=koordinator)

    moeder.fjern_deltager(deltager, af=koordinator)

    assert not Sag.objects.synlige_for(deltager.bruger).exists()
    assert list(Sag.objects.synlige_for(anden.bruger)) == [sag]
    assert list(moede.deltagere.all()) == [anden]


def test_chair_cannot_be_taken_off(koordinator):
    moede = opret(koordinator)

    with pytest.raises(ValidationError, match="Mødelederen kan ikke"):
        moeder.fjern_deltager(moede.deltagere.get(), af=koordinator)


@pytest.mark.parametrize("dage_siden", [0, 3])
def test_case_taken_off_is_no_longer_open_to_the_members(koordinator, dage_siden, time_machine):
    moede = TeammoedeFactory()
    medlem = MoededeltagerFactory(moede=moede).bruger
    sag = klar_til_moede()
    punkt = moeder.saet_paa_dagsorden(moede, sag, af=koordinator)
    sagspakke.udgiv(punkt, af=koordinator)
    time_machine.move_to(timezone.now() + timedelta(days=dage_siden), tick=False)

    moeder.tag_af(punkt, af=koordinator)

    assert not Sag.objects.synlige_for(medlem).exists()
    assert sag.tildelinger.count() == (1 if dage_siden else 0)
    assert not moede.punkter.aktive().exists()
    with pytest.raises(ValidationError, match="allerede taget af"):
        moeder.tag_af(punkt, af=koordinator)


def test_access_from_another_meeting_remains_when_the_case_is_taken_off(koordinator):
    medlem = BrugerFactory(roller=[Rolle.TEAMMEDLEM])
    foerste = TeammoedeFactory(dato=i_dag())
    andet = TeammoedeFactory(dato=i_dag() + timedelta(days=7))
    sag = klar_til_moede()
    for moede in (foerste, andet):
        MoededeltagerFactory(moede=moede, bruger=medlem)
    gammelt = moeder.saet_paa_dagsorden(foerste, sag, af=koordinator)
    sagspakke.udgiv(gammelt, af=koordinator)
    Dagsordenspunkt.objects.filter(pk=gammelt.pk).update(behandlet_den=timezone.now())
    nyt = moeder.saet_paa_dagsorden(andet, sag, af=koordinator)
    sagspakke.udgiv(nyt, af=koordinator)

    moeder.tag_af(nyt, af=koordinator)

    assert adgang(sag) == {(medlem.pk, i_dag(), i_dag() + timedelta(days=14))}


def test_case_the_team_has_begun_on_stays(koordinator):
    punkt = IndstillingFactory().punkt

    with pytest.raises(ValidationError, match="begyndt på indstillingen"):
        moeder.tag_af(punkt, af=koordinator)


@pytest.mark.parametrize("begyndt", [False, True])
def test_a_case_that_ends_leaves_the_agenda(koordinator, begyndt):
    punkt = DagsordenspunktFactory()
    if begyndt:
        IndstillingFactory(punkt=punkt, sag=punkt.sag)
    behandlet = DagsordenspunktFactory(sag=punkt.sag, behandlet_den=timezone.now())
    andres = DagsordenspunktFactory(moede=punkt.moede)

    afslut_sag(punkt.sag, aarsag="fraflyttet", dato=i_dag(), af=koordinator)

    assert list(Dagsordenspunkt.objects.aktive()) == [behandlet, andres]
    haendelse = Haendelse.objects.get(kode="moede.sag_taget_af")
    assert (haendelse.af, haendelse.sag_id) == (koordinator, punkt.sag_id)


def uden_attest(sag):
    Laegeattest.objects.filter(sag=sag).delete()


def attest_udloeber_foer_moedet(sag):
    Laegeattest.objects.filter(sag=sag).update(gyldig_til=i_dag() + timedelta(days=6))


def attest_returneret(sag):
    Laegeattest.objects.filter(sag=sag).update(
        returneret_dato=i_dag(), returneret_begrundelse="Uddyb"
    )


def kvalitetssikring_retur(sag):
    KvalitetssikringFactory(
        sag=sag,
        forberedende_del=sag.forberedende_dele.first(),
        godkendt=True,
        resultat="retur",
        begrundelse="Uddyb netværket",
    )


def paa_et_andet_moede(sag):
    DagsordenspunktFactory(sag=sag)


def i_forberedelse(sag):
    Sag.objects.filter(pk=sag.pk).update(fase=Fase.FORBEREDELSE)


@pytest.mark.parametrize(
    ("goer", "hvorfor"),
    [
        (uden_attest, "LÆ 265 er ikke modtaget"),
        (attest_udloeber_foer_moedet, "LÆ 265 er kun aktuel til"),
        (attest_returneret, "LÆ 265 er ikke modtaget"),
        (kvalitetssikring_retur, "ikke kvalitetssikret"),
        (paa_et_andet_moede, "allerede på en dagsorden"),
        (i_forberedelse, "trinnet forberedelse"),
    ],
)
def test_case_that_is_not_ready_is_refused_with_the_reason(koordinator, goer, hvorfor):
    moede, sag = TeammoedeFactory(), klar_til_moede()
    goer(sag)

    with pytest.raises(ValidationError) as fejl:
        moeder.saet_paa_dagsorden(moede, sag, af=koordinator)

    assert hvorfor in " ".join(fejl.value.messages)
    assert not moede.punkter.exists()
    assert not adgang(sag)


def test_full_meeting_takes_no_more_cases(koordinator):
    moede = TeammoedeFactory(kapacitet=1)
    moeder.saet_paa_dagsorden(moede, klar_til_moede(), af=koordinator)

    with pytest.raises(ValidationError, match="Alle 1 pladser"):
        moeder.saet_paa_dagsorden(moede, klar_til_moede(), af=koordinator)


def test_held_meeting_cannot_be_changed(koordinator):
    moede = TeammoedeFactory(dato=i_dag() - timedelta(days=1))
    nyt_medlem = moeder.Medlem(BrugerFactory(), "social")

    with pytest.raises(ValidationError, match="er holdt"):
        moeder.saet_paa_dagsorden(moede, klar_til_moede(), af=koordinator)
    with pytest.raises(ValidationError, match="er holdt"):
        moeder.tilfoej_deltager(moede, nyt_medlem, af=koordinator)
    with pytest.raises(ValidationError, match="er holdt"):
        moeder.fjern_deltager(MoededeltagerFactory(moede=moede), af=koordinator)


def test_flyt_changes_places_with_the_neighbour(koordinator):
    moede = TeammoedeFactory()
    a, b, c = (DagsordenspunktFactory(moede=moede) for _ in range(3))

    moeder.flyt(c, "op", af=koordinator)
    moeder.flyt(a, "ned", af=koordinator)

    assert list(moede.punkter.aktive()) == [c, a, b]
    assert Haendelse.objects.filter(kode="moede.sag_flyttet").count() == 2


def test_flyt_outside_the_list_or_past_a_treated_case_is_refused(koordinator):
    moede = TeammoedeFactory()
    a = DagsordenspunktFactory(moede=moede, behandlet_den=timezone.now())
    b = DagsordenspunktFactory(moede=moede)

    with pytest.raises(ValidationError, match="behandlet sag"):
        moeder.flyt(b, "op", af=koordinator)
    with pytest.raises(ValidationError, match="allerede sidst"):
        moeder.flyt(b, "ned", af=koordinator)
    with pytest.raises(ValidationError, match="allerede først"):
        moeder.flyt(a, "op", af=koordinator)
    Dagsordenspunkt.objects.filter(pk=b.pk).update(taget_af_den=timezone.now())
    with pytest.raises(ValidationError, match="ikke længere på"):
        moeder.flyt(b, "op", af=koordinator)


def test_meeting_is_seen_by_those_who_sit_in_it_or_have_a_case_on_it(koordinator):
    moede, andet = TeammoedeFactory(), TeammoedeFactory()
    medlem = MoededeltagerFactory(moede=moede).bruger
    sagsbehandler = BrugerFactory()
    DagsordenspunktFactory(moede=moede, sag=SagFactory(ansvarlig=sagsbehandler, fase=Fase.MOEDE))

    assert set(Teammoede.objects.synlige_for(koordinator)) == {moede, andet}
    assert list(Teammoede.objects.synlige_for(medlem)) == [moede]
    assert list(Teammoede.objects.synlige_for(sagsbehandler)) == [moede]
    assert not Teammoede.objects.synlige_for(BrugerFactory()).exists()


def teammoede_baglaens():
    TeammoedeFactory(start=time(12), slut=time(9))


def teammoede_uden_plads():
    TeammoedeFactory(kapacitet=0)


def deltager_to_gange():
    deltager = MoededeltagerFactory()
    Moededeltager.objects.create(moede=deltager.moede, bruger=deltager.bruger, fagomraade="sundhed")


def to_aabne_punkter_om_en_sag():
    DagsordenspunktFactory(sag=DagsordenspunktFactory().sag)


def to_punkter_paa_samme_plads():
    punkt = DagsordenspunktFactory()
    DagsordenspunktFactory(moede=punkt.moede, raekkefoelge=punkt.raekkefoelge)


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (teammoede_baglaens, "teammoede_slut_efter_start"),
        (teammoede_uden_plads, "teammoede_plads"),
        (deltager_to_gange, "moededeltager_en_gang"),
        (to_aabne_punkter_om_en_sag, "dagsordenspunkt_et_aabent_pr_sag"),
        (to_punkter_paa_samme_plads, "dagsordenspunkt_raekkefoelge"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        bryd()
