"""Reading an agenda: the times, whom a case needs, what bars it, and who sees whose case it is."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from rehabilitering import dagsorden, deltagerkrav
from rehabilitering.deltagerkrav import krav_til
from rehabilitering.models import Dagsordenspunkt, Laegeattest, Teammoede
from rehabilitering.services import moede as moeder
from ressource.kalender import i_dag
from ressource.models import Regelsaet, Rolle
from tests.factories import (
    BorgerFactory,
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    InhabilitetFactory,
    KvalitetssikringFactory,
    MoededeltagerFactory,
    PunktdeltagerFactory,
    SagFactory,
    TeammoedeFactory,
)
from tests.rehabilitering.klargoering import klar_til_moede

pytestmark = pytest.mark.django_db

TIRSDAG = date(2027, 3, 2)


@pytest.fixture
def koordinator():
    return BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR])


def tider(moede, koordinator):
    laest = dagsorden.laes(moede, koordinator, planlaegger=True)
    return [f"{raekke.plads.start:%H.%M}" for raekke in laest.raekker]


def test_times_follow_order_minutes_and_breaks(koordinator):
    moede = TeammoedeFactory(start=time(9), minutter_pr_sag=40)
    a, b, _ = (DagsordenspunktFactory(moede=moede) for _ in range(3))
    pause = moeder.tilfoej_pause(moede, 2, 15, af=koordinator)
    assert tider(moede, koordinator) == ["09.00", "09.40", "10.20", "10.35"]

    moeder.saet_minutter(a, 60, af=koordinator)
    assert tider(moede, koordinator) == ["09.00", "10.00", "10.40", "10.55"]

    moeder.flyt_pause(pause, "op", af=koordinator)
    moeder.flyt_til(b, 1, af=koordinator)
    assert tider(moede, koordinator) == ["09.00", "09.40", "09.55", "10.55"]
    tur = dagsorden.tur_for(a)
    assert (tur.nr, tur.antal, tur.plads.start) == (2, 3, time(9, 55))

    moeder.fjern_pause(pause, af=koordinator)
    assert tider(moede, koordinator) == ["09.00", "09.40", "10.40"]


def test_agenda_never_passes_midnight(koordinator):
    moede = TeammoedeFactory(start=time(21), slut=time(23), kapacitet=2, minutter_pr_sag=60)
    punkt = DagsordenspunktFactory(moede=moede)
    DagsordenspunktFactory(moede=moede)

    with pytest.raises(ValidationError, match="ud over midnat"):
        moeder.saet_minutter(punkt, 120, af=koordinator)
    with pytest.raises(ValidationError, match="ud over midnat"):
        moeder.tilfoej_pause(moede, 1, 60, af=koordinator)
    with pytest.raises(ValidationError, match="5 til 240 minutter"):
        moeder.saet_minutter(punkt, 4, af=koordinator)


def test_a_case_moved_to_a_place_pushes_the_others(koordinator):
    moede = TeammoedeFactory()
    a, b, c, d = (DagsordenspunktFactory(moede=moede) for _ in range(4))

    moeder.flyt_til(d, 2, af=koordinator)
    assert list(moede.punkter.aktive()) == [a, d, b, c]
    moeder.flyt_til(a, 99, af=koordinator)
    assert list(moede.punkter.aktive()) == [d, b, c, a]

    Dagsordenspunkt.objects.filter(pk=b.pk).update(behandlet_den=timezone.now())
    with pytest.raises(ValidationError, match="behandlet sag"):
        moeder.flyt_til(a, 1, af=koordinator)


UNG = {"har_uddannelse": False, "foedselsdato": date(2004, 1, 1)}
FAST = ["Beskæftigelse", "Social", "Sundhed"]


@pytest.mark.parametrize(
    ("kode", "felter", "flere"),
    [
        ("R2022", {}, []),
        ("R2022", UNG, ["Uddannelsesvejleder"]),
        ("R2025", UNG | {"har_uddannelse": None}, ["Uddannelsesvejleder"]),
        ("R2025", UNG | {"foedselsdato": date(1997, 3, 2)}, []),
        ("R2022", {"har_boernesag": True}, ["Familieafdeling"]),
        (
            "R2025",
            {"boern_har_vanskeligheder": True, "antal_hjemmeboende_boern": 1},
            ["Familieafdeling"],
        ),
        ("R2025", {"boern_har_vanskeligheder": True, "antal_hjemmeboende_boern": 0}, []),
    ],
)
def test_requirements_are_the_rule_sets(kode, felter, flere):
    regelsaet = Regelsaet.objects.get(kode=kode)
    krav = krav_til(regelsaet, BorgerFactory.build(**felter), TIRSDAG)

    fast = FAST if kode == "R2022" else []
    alle = {*fast, "Sundhedskoordinator", "Virksomhedskonsulent", *flere}
    assert {k.naevn for k in krav} == alle
    spaerrende = {*FAST, "Sundhedskoordinator"} if kode == "R2022" else set()
    assert {k.naevn for k in krav if k.spaerrer} == spaerrende


def opfyldt(punkt):
    return {k.krav.fagomraade: k.opfyldt_af for k in deltagerkrav.status(punkt) if k.er_opfyldt}


def test_requirement_is_met_by_whoever_really_comes(koordinator):
    punkt = DagsordenspunktFactory(sag__borger__har_boernesag=True)
    social = MoededeltagerFactory(moede=punkt.moede, fagomraade="social")
    sundhed = MoededeltagerFactory(moede=punkt.moede, fagomraade="sundhed")
    region = MoededeltagerFactory(moede=punkt.moede, fagomraade="region", form="video")
    familie = PunktdeltagerFactory(
        punkt=punkt, art="fagperson", navn="Bo fra Familien", fagomraade="familie"
    )
    assert opfyldt(punkt) == {
        "social": social.bruger.navn,
        "sundhed": sundhed.bruger.navn,
        "region": region.bruger.navn,
        "familie": "Bo fra Familien",
    }
    assert next(k for k in deltagerkrav.status(punkt) if k.paa_video).naevn == "Sundhedskoordinator"

    InhabilitetFactory(borger=punkt.sag.borger, bruger=social.bruger)
    moeder.meld_afbud(sundhed, af=koordinator)
    region.var_til_stede = False
    region.save()
    familie.fjernet_den = timezone.now()
    familie.save()

    assert opfyldt(punkt) == {}
    assert {k.naevn for k in deltagerkrav.status(punkt) if k.spaerrer} == {
        *FAST,
        "Sundhedskoordinator",
    }


def test_a_reason_answers_a_warning_but_not_a_block(koordinator):
    punkt = DagsordenspunktFactory(sag__borger__har_boernesag=True)
    for omraade in ("familie", "social"):
        moeder.begrund_krav(punkt, omraade, "Hørt inden mødet", af=koordinator)

    krav = {k.krav.fagomraade: k for k in deltagerkrav.status(punkt)}
    ubegrundede = {fagomraade for fagomraade, k in krav.items() if k.skal_begrundes}
    assert ubegrundede == {"beskaeftigelse", "sundhed", "region", "virksomhed"}
    assert krav["social"].spaerrer
    with pytest.raises(ValidationError, match="Der mangler ikke"):
        moeder.begrund_krav(punkt, "undervisning", "Ikke ung", af=koordinator)
    with pytest.raises(ValidationError, match="personnumre"):
        moeder.begrund_krav(punkt, "familie", "720583-1234 er hørt", af=koordinator)


def test_inhabil_planner_does_not_see_whose_case_it_is(koordinator):
    punkt = DagsordenspunktFactory()
    klar = klar_til_moede()
    for sag in (punkt.sag, klar):
        InhabilitetFactory(borger=sag.borger, bruger=koordinator)

    raekke = dagsorden.laes(punkt.moede, koordinator, planlaegger=True).punkter[0]

    assert (raekke.maa_ses, raekke.kan_op, raekke.kan_ned) == (False, False, False)
    assert not dagsorden.klar_til_dagsorden(punkt.moede.dato, koordinator).exists()
    assert not dagsorden.endnu_ikke_klare(punkt.moede.dato, koordinator).exists()


def test_cases_that_are_not_ready_are_listed_with_everything_they_lack(koordinator):
    dato = i_dag() + timedelta(days=7)
    klar_til_moede()
    uden_alt = SagFactory(fase="moede")
    venter = SagFactory(fase="kvalitetssikring")
    udloebet = klar_til_moede()
    Laegeattest.objects.filter(sag=udloebet).update(gyldig_til=i_dag())
    DagsordenspunktFactory()

    sager = dagsorden.endnu_ikke_klare(dato, koordinator)

    hvorfor = {en.sag: en.hvorfor for en in dagsorden.ventende(sager, dato)}
    assert hvorfor[uden_alt] == (
        "Sagen er ikke kvalitetssikret, og lægeattest LÆ 265 er ikke modtaget."
    )
    assert hvorfor[venter].startswith("Sagen venter på kvalitetssikring, og lægeattest")
    assert hvorfor[udloebet].startswith("Lægeattest LÆ 265 er kun aktuel til")
    assert len(hvorfor) == 3


def bar_raekke(sag, moede):
    """A row as no service writes it."""
    nr = moede.punkter.count() + 1
    return Dagsordenspunkt(moede=moede, sag=sag, raekkefoelge=nr, sat_paa_af=moede.oprettet_af)


def uden_attest(sag):
    Laegeattest.objects.filter(sag=sag).delete()


def attest_udloeber(sag):
    Laegeattest.objects.filter(sag=sag).update(gyldig_til=i_dag() + timedelta(days=6))


def attest_returneret(sag):
    Laegeattest.objects.filter(sag=sag).update(
        returneret_dato=i_dag(), returneret_begrundelse="Uddyb"
    )


def uden_kvalitetssikring(sag):
    sag.kvalitetssikringer.all().delete()


def sendt_retur(sag):
    KvalitetssikringFactory(
        sag=sag,
        forberedende_del=sag.forberedende_dele.first(),
        godkendt=True,
        resultat="retur",
        begrundelse="Uddyb",
    )


def sendt_tilbage_af_teamet(sag):
    IndstillingFactory(
        punkt__sag=sag,
        punkt__behandlet_den=timezone.now(),
        udfald="tilbagesendt",
        begrundelse="Mangler",
        afsluttet_den=timezone.now() + timedelta(minutes=1),
        afsluttet_af=BrugerFactory(),
    )


@pytest.mark.parametrize(
    ("goer", "navn"),
    [
        (uden_attest, "dagsordenspunkt_har_attest"),
        (attest_udloeber, "dagsordenspunkt_har_attest"),
        (attest_returneret, "dagsordenspunkt_har_attest"),
        (uden_kvalitetssikring, "dagsordenspunkt_kvalitetssikret"),
        (sendt_retur, "dagsordenspunkt_kvalitetssikret"),
        (sendt_tilbage_af_teamet, "dagsordenspunkt_kvalitetssikret"),
    ],
)
def test_no_path_leads_an_unready_case_onto_an_agenda(goer, navn):
    moede, sag = TeammoedeFactory(), klar_til_moede()
    goer(sag)

    def brudt(skriv):
        with pytest.raises(IntegrityError) as fejl, transaction.atomic():
            skriv()
        assert fejl.value.__cause__.diag.constraint_name == navn

    brudt(lambda: bar_raekke(sag, moede).save())
    brudt(lambda: Dagsordenspunkt.objects.bulk_create([bar_raekke(sag, moede)]))
    af = bar_raekke(sag, moede)
    af.taget_af_den = timezone.now()
    af.save()
    brudt(lambda: Dagsordenspunkt.objects.filter(pk=af.pk).update(taget_af_den=None))


def test_an_item_or_its_meeting_cannot_be_moved_past_the_certificate():
    sag = klar_til_moede()
    attest_udloeber(sag)
    moede = TeammoedeFactory(dato=i_dag() + timedelta(days=2))
    punkt = DagsordenspunktFactory(sag=sag, moede=moede)
    senere = TeammoedeFactory(dato=i_dag() + timedelta(days=7))

    for alle, felter in (
        (Dagsordenspunkt.objects.filter(pk=punkt.pk), {"moede": senere}),
        (Teammoede.objects.filter(pk=moede.pk), {"dato": senere.dato}),
    ):
        with pytest.raises(IntegrityError, match="LÆ 265"), transaction.atomic():
            alle.update(**felter)
