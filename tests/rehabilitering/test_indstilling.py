"""The team's recommendation: drafts, the chair's finalising, and every reason to refuse it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from borgere.models import Fase
from rehabilitering.models import ForberedendeDel, Indsatstype, Indstillingslinje
from rehabilitering.rettelse import Rettelse
from rehabilitering.services import indstilling as services
from rehabilitering.services import indstilling_kladde as kladder
from ressource.kalender import i_dag
from ressource.models import Haendelse, Rolle, Stedfortraeder
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    LaegeattestFactory,
    MoededeltagerFactory,
    TeammoedeFactory,
)
from tests.rehabilitering.indstillingsdata import skriv

pytestmark = pytest.mark.django_db

FULD = {
    "udfald": "ressourceforloeb",
    "begrundelse": "Arbejdsevnen kan udvikles med korte dage.",
    "muligheder": "Job på en mindre arbejdsplads",
    "sundhedskoordinators_vurdering": "Korte dage er forsvarligt",
    "maalgruppebetingelse": "1",
    "varighed_maaneder": 24,
    "maal": "Hjælper i plejehjem",
    "maal_art": "job",
    "enighed": "enige",
    "mentor_formaal": "Komme ud ad døren",
    "mentor_opgaver": "Følge den første uge",
}


def type_(kode):
    return Indsatstype.objects.get(kode=kode)


def linjer(*koder, formaal="Prøve om det passer"):
    return [{"indsatstype": type_(kode), "formaal": formaal} for kode in koder]


@pytest.fixture
def punkt():
    """Today's meeting, with its chair and the members the law wants, and one case on the agenda."""
    moede = TeammoedeFactory(dato=i_dag())
    MoededeltagerFactory(moede=moede, bruger=moede.moedeleder, fagomraade="beskaeftigelse")
    for fagomraade in ("social", "sundhed", "region"):
        MoededeltagerFactory(moede=moede, fagomraade=fagomraade)
    punkt = DagsordenspunktFactory(moede=moede)
    LaegeattestFactory(sag=punkt.sag, modtaget=True)
    return punkt


@pytest.fixture
def leder(punkt):
    return punkt.moede.moedeleder


@pytest.fixture
def medlem(punkt):
    return punkt.moede.deltagere.get(fagomraade="social").bruger


def kladde(punkt, af, data=FULD, raekker=None):
    raekker = linjer("virksomhedspraktik", "mentor") if raekker is None else raekker
    indstilling = kladder.begynd(punkt, af=af)
    return skriv(indstilling, data, raekker, af=af)


def fase(punkt):
    punkt.sag.refresh_from_db()
    return punkt.sag.fase


def test_begynd_moves_the_case_to_indstilling_and_gives_the_same_again(punkt, medlem, leder):
    indstilling = kladder.begynd(punkt, af=medlem)

    assert kladder.begynd(punkt, af=leder) == indstilling
    assert indstilling.moede_dato == i_dag()
    assert fase(punkt) == Fase.INDSTILLING


def test_begynd_before_the_day_of_the_meeting_is_refused():
    punkt = DagsordenspunktFactory(moede__dato=i_dag() + timedelta(days=3))
    medlem = MoededeltagerFactory(moede=punkt.moede).bruger

    with pytest.raises(ValidationError, match="kan skrives fra den dag"):
        kladder.begynd(punkt, af=medlem)

    assert fase(punkt) == Fase.MOEDE


def test_begynd_on_a_case_whose_attest_was_sent_back_is_refused(punkt, medlem):
    punkt.sag.laegeattester.update(returneret_dato=i_dag(), returneret_begrundelse="Uddyb")

    with pytest.raises(ValidationError, match="LÆ 265 er ikke modtaget"):
        kladder.begynd(punkt, af=medlem)

    punkt.sag.refresh_from_db()
    assert punkt.sag.fase == Fase.MOEDE


def test_begynd_on_an_item_taken_off_is_refused(punkt, medlem):
    punkt.taget_af_den = timezone.now()
    punkt.save()

    with pytest.raises(ValidationError, match="ikke længere på mødets dagsorden"):
        kladder.begynd(punkt, af=medlem)


def test_only_members_of_the_meeting_and_their_deputies_can_write(punkt, medlem):
    udenfor = BrugerFactory(roller=[Rolle.TEAMMEDLEM])
    vikar = BrugerFactory(roller=[Rolle.TEAMMEDLEM])
    Stedfortraeder.objects.create(for_bruger=medlem, vikar=vikar)

    with pytest.raises(PermissionDenied):
        kladder.begynd(punkt, af=udenfor)
    indstilling = kladde(punkt, vikar)
    with pytest.raises(PermissionDenied):
        kladder.gem(indstilling, Rettelse(FULD), af=udenfor)


def test_afslut_for_a_forloeb_moves_the_case_to_afgoerelse(punkt, medlem, leder):
    del_ = punkt.sag.forberedende_dele.get()
    del_.status, del_.gennemgaaet_dato = ForberedendeDel.Status.KVALITETSSIKRET, i_dag()
    del_.save()
    indstilling = kladde(punkt, medlem)

    afsluttet = services.afslut(indstilling, af=leder)

    punkt.refresh_from_db()
    del_.refresh_from_db()
    assert afsluttet.afsluttet_af == leder
    assert punkt.behandlet_den == afsluttet.afsluttet_den
    assert fase(punkt) == Fase.AFGOERELSE
    assert del_.status == ForberedendeDel.Status.FORELAGT
    haendelse = Haendelse.objects.get(kode="indstilling.afsluttet")
    assert haendelse.data == {"udfald": "ressourceforloeb"}
    version = afsluttet.versioner.get()
    assert (afsluttet.version, version.nr, version.afsluttet_af) == (1, 1, leder)
    assert version.indhold["hoved"]["maal"] == "Hjælper i plejehjem"
    assert [x["indsats"] for x in version.indhold["linjer"]] == ["Virksomhedspraktik", "Mentor"]


def test_afslut_with_another_goal_than_the_forberedende_del_asks_why(punkt, medlem, leder):
    punkt.sag.forberedende_dele.update(gennemgaaet_dato=i_dag(), maal="Pedel på en skole")
    indstilling = kladde(punkt, medlem)

    with pytest.raises(ValidationError) as fejl:
        services.afslut(indstilling, af=leder)
    assert fejl.value.message_dict == {
        "maal_begrundelse": [
            "Målet er et andet end i den forberedende del («Pedel på en skole»). Skriv hvorfor."
        ]
    }

    grund = Rettelse({"maal_begrundelse": "Ryggen holder ikke"}, laas=indstilling.laas)
    kladder.gem(indstilling, grund, af=medlem)
    version = services.afslut(indstilling, af=leder).versioner.get()
    assert version.indhold["hoved"]["maal_begrundelse"] == "Ryggen holder ikke"


def test_a_reason_for_a_goal_that_is_the_same_after_all_is_not_kept(punkt, medlem, leder):
    punkt.sag.forberedende_dele.update(gennemgaaet_dato=i_dag(), maal="hjælper i plejehjem.")
    indstilling = kladde(punkt, medlem, FULD | {"maal_begrundelse": "Ryggen holder ikke"})

    afsluttet = services.afslut(indstilling, af=leder)

    assert afsluttet.maal_begrundelse == ""
    assert afsluttet.versioner.get().indhold["hoved"]["maal_begrundelse"] == ""


def test_afslut_as_udsat_lets_the_case_wait_for_a_new_meeting(punkt, medlem, leder):
    udsat = {"udfald": "udsat", "aarsag": "borger_kom_ikke", "begrundelse": "Borgeren er syg"}
    indstilling = kladde(punkt, medlem, udsat, [])

    services.afslut(indstilling, af=leder)

    punkt.refresh_from_db()
    assert punkt.behandlet_den
    assert fase(punkt) == Fase.MOEDE


def test_afslut_as_sent_back_opens_a_new_copy_of_the_forberedende_del(punkt, medlem, leder):
    punkt.sag.forberedende_dele.update(
        status=ForberedendeDel.Status.KVALITETSSIKRET, gennemgaaet_dato=i_dag(), maal="Bibliotek"
    )
    tilbage = {"udfald": "tilbagesendt", "aarsag": "andet", "begrundelse": "Netværket mangler"}
    indstilling = kladde(punkt, medlem, tilbage, [])

    services.afslut(indstilling, af=leder)

    assert fase(punkt) == Fase.FORBEREDELSE
    dele = punkt.sag.forberedende_dele.values_list("nr", "status", "maal")
    assert list(dele) == [(2, "kladde", "Bibliotek"), (1, "forelagt", "Bibliotek")]


def test_only_the_chair_of_the_meeting_can_finalise(punkt, medlem):
    indstilling = kladde(punkt, medlem)
    anden_leder = BrugerFactory(roller=[Rolle.MOEDELEDER])
    MoededeltagerFactory(moede=punkt.moede, bruger=anden_leder)

    for bruger in (medlem, anden_leder):
        with pytest.raises(PermissionDenied, match="Kun mødets mødeleder"):
            services.afslut(indstilling, af=bruger)

    indstilling.refresh_from_db()
    assert not indstilling.er_afsluttet


def test_chair_who_lost_the_role_cannot_finalise(punkt, leder):
    indstilling = kladde(punkt, leder)
    leder.roller = [Rolle.TEAMMEDLEM]
    leder.save()

    with pytest.raises(PermissionDenied):
        services.afslut(indstilling, af=leder)


def test_afslut_and_gem_once_more_are_refused(punkt, leder):
    indstilling = services.afslut(kladde(punkt, leder), af=leder)

    with pytest.raises(ValidationError, match="allerede afsluttet"):
        services.afslut(indstilling, af=leder)
    with pytest.raises(ValidationError, match="allerede afsluttet"):
        kladder.gem(indstilling, Rettelse(FULD), af=leder)


def test_lacks_are_refused_on_their_fields_and_nothing_changes(punkt, leder):
    """Each lack by itself: test_mangler.py."""
    indstilling = kladde(punkt, leder, FULD | {"maal": "  ", "varighed_maaneder": 11})

    with pytest.raises(ValidationError) as fejl:
        services.afslut(indstilling, af=leder)

    assert list(fejl.value.message_dict) == ["maal", "varighed_maaneder"]
    assert "mindst vare 12 måneder (R2022)" in fejl.value.message_dict["varighed_maaneder"][0]
    indstilling.refresh_from_db()
    assert (indstilling.er_afsluttet, indstilling.version) == (False, 0)
    assert fase(punkt) == Fase.INDSTILLING


def test_who_did_not_take_part_stops_a_recommendation_and_not_a_postponement(punkt, leder):
    punkt.moede.deltagere.filter(fagomraade__in=["sundhed", "region"]).update(var_til_stede=False)
    indstilling = kladde(punkt, leder)

    with pytest.raises(ValidationError) as fejl:
        services.afslut(indstilling, af=leder)
    assert [t.split(" deltog")[0] for t in fejl.value.message_dict["til_stede"]] == [
        "Sundhed",
        "Sundhedskoordinator",
    ]

    udsat = {"udfald": "udsat", "aarsag": "deltager_mangler"}
    skriv(indstilling, udsat, af=leder)
    assert services.afslut(indstilling, af=leder).er_afsluttet


@pytest.mark.parametrize(
    ("koder", "felt"),
    [
        (["mentor"], "uden_praktik_begrundelse"),
        (["virksomhedspraktik"], "uden_mentor_begrundelse"),
    ],
)
def test_without_praktik_or_mentor_a_reason_is_required(punkt, leder, koder, felt):
    indstilling = kladde(punkt, leder, raekker=linjer(*koder))

    with pytest.raises(ValidationError) as fejl:
        services.afslut(indstilling, af=leder)
    assert list(fejl.value.message_dict) == [felt]

    skriv(indstilling, {felt: "Senere"}, linjer(*koder), af=leder)
    assert services.afslut(indstilling, af=leder).er_afsluttet


def test_line_without_purpose_is_refused_with_the_number_of_the_line(punkt, leder):
    raekker = [*linjer("virksomhedspraktik", "mentor"), *linjer("angst_stress", formaal=" ")]
    indstilling = kladde(punkt, leder, raekker=raekker)

    with pytest.raises(ValidationError) as fejl:
        services.afslut(indstilling, af=leder)

    assert list(fejl.value.message_dict) == ["linje-3-formaal"]


def test_outcome_the_rule_set_does_not_know_is_refused(punkt, leder):
    regelsaet = punkt.sag.regelsaet
    regelsaet.udfald = [u for u in regelsaet.udfald if u != "fleksjob"]
    regelsaet.save()
    indstilling = kladde(punkt, leder, FULD | {"udfald": "fleksjob"})

    with pytest.raises(ValidationError, match="R2022 kender ikke udfaldet fleksjob"):
        services.afslut(indstilling, af=leder)


def uden_begrundelse():
    IndstillingFactory(afsluttet=True, begrundelse="")


def forloeb_uden_maal():
    IndstillingFactory(afsluttet=True, maal="")


def dissens_uden_tekst():
    IndstillingFactory(afsluttet=True, enighed="dissens")


def to_linjer_med_samme_nummer():
    linje = IndstillingslinjeFactory()
    Indstillingslinje.objects.create(
        indstilling=linje.indstilling, nr=linje.nr, indsatstype=linje.indsatstype
    )
    connection.check_constraints()


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (uden_begrundelse, "indstilling_afslutning_hel"),
        (forloeb_uden_maal, "indstilling_forloeb_har_maal"),
        (dissens_uden_tekst, "indstilling_dissens_beskrevet"),
        (to_linjer_med_samme_nummer, "indstillingslinje_nr"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        bryd()


def test_date_on_a_line_is_kept(punkt, leder):
    raekker = linjer("mentor")
    raekker[0] |= {"start_dato": date(2027, 1, 4), "ansvarlig": "Tina"}

    linje = kladde(punkt, leder, raekker=raekker).linjer.get()

    assert (linje.start_dato, linje.ansvarlig) == (date(2027, 1, 4), "Tina")
