"""A trial says what a derivation would do, and does nothing."""

from copy import copy
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from opfoelgning.models import Frist, Fristregel, Tilstand
from opfoelgning.proeve import Art, proev
from opfoelgning.udledning import udled
from tests.factories import LaegeattestFactory
from tests.opfoelgning.regelsager import DAG, en_sag, luk, om

pytestmark = pytest.mark.django_db

ATTEST = {"LAE265_SVAR"}


@pytest.fixture
def attester(db):
    """Requested 40, 20 and 2 days ago: due in thirty days, one is late."""
    return [LaegeattestFactory(sag=en_sag(), anmodet_dato=om(-dage)) for dage in (40, 20, 2)]


def forslag(**felter) -> Fristregel:
    """The rule of the certificates as it would be, unsaved."""
    ny = copy(Fristregel.objects.get(kode="LAE265_SVAR"))
    ny.pk = None
    for navn, vaerdi in felter.items():
        setattr(ny, navn, vaerdi)
    return ny


def alt() -> list[tuple]:
    return list(Frist.objects.order_by("pk").values_list())


def test_first_derivation_would_make_them_and_writes_none(attester):
    proeve = proev(DAG, koder=ATTEST)

    assert (proeve.aendringer.nye, proeve.aendringer.sager) == (3, 3)
    assert (proeve.aendringer.overskredne_foer, proeve.aendringer.overskredne_efter) == (0, 1)
    assert {raekke.art for raekke in proeve.raekker} == {Art.NY}
    # What becomes overdue comes first.
    assert proeve.raekker[0].sagsnummer == attester[0].sag.sagsnummer
    assert proeve.raekker[0].efter == om(-10)
    assert proeve.raekker[0].overskredet_efter
    assert not Frist.objects.exists()


def test_what_is_derived_needs_no_change(attester):
    udled(DAG)

    proeve = proev(DAG)

    assert not proeve.aendringer
    assert not proeve.raekker
    assert proeve.tilstande["LAE265_SVAR"] == {
        Tilstand.KOMMENDE: 2,
        Tilstand.OVERSKREDET: 1,
    }


def test_shorter_rule_moves_them_and_makes_more_late(attester):
    udled(DAG)
    foer = alt()

    proeve = proev(DAG, regler=[forslag(laengde=2, enhed="UGER")])

    assert proeve.aendringer.flyttede == 3
    assert proeve.aendringer.nye_overskredne == 1
    assert (proeve.aendringer.overskredne_foer, proeve.aendringer.overskredne_efter) == (1, 2)
    assert (proeve.raekker[0].foer, proeve.raekker[0].efter) == (om(10), om(-6))
    assert alt() == foer
    assert Fristregel.objects.get(kode="LAE265_SVAR").laengde == 30


def test_longer_rule_takes_the_lateness_away(attester):
    udled(DAG)

    proeve = proev(DAG, regler=[forslag(laengde=60)])

    assert proeve.aendringer.ikke_laengere_overskredne == 1
    assert proeve.aendringer.overskredne_efter == 0


def test_new_version_touches_only_what_its_date_covers(attester):
    udled(DAG)
    gammel, ny = forslag(gyldig_til=om(-11)), forslag(gyldig_fra=om(-10), laengde=10)

    proeve = proev(DAG, regler=[gammel, ny])

    assert [(raekke.foer, raekke.efter) for raekke in proeve.raekker] == [(om(28), om(8))]


def test_trial_says_what_the_derivation_then_does(attester):
    udled(DAG)
    regel = Fristregel.objects.get(kode="LAE265_SVAR")
    regel.laengde = 25
    luk(attester[2].sag, om(-1))
    ventet = proev(DAG, regler=[regel])
    regel.save()

    udfald = udled(DAG, koder=ATTEST)

    assert udfald.aendrede == ventet.aendringer.sager == 3
    assert (ventet.aendringer.flyttede, ventet.aendringer.bortfaldne) == (2, 1)
    efter = set(Frist.objects.values_list("forfald_dato", flat=True))
    assert efter == {raekke.efter for raekke in ventet.raekker}
    assert not proev(DAG).aendringer


def test_rule_closed_before_them_all_leaves_none(attester):
    udled(DAG)

    proeve = proev(DAG, regler=[forslag(gyldig_til=om(-300))])

    assert proeve.aendringer.bortfaldne == 3
    assert {raekke.efter for raekke in proeve.raekker} == {None}
    assert proeve.tilstande == {}


def test_trial_counts_the_reminders_of_an_earlier_warning_and_a_sooner_teamleder(attester):
    udled(DAG)

    # Due ten days ago, in ten days and in 28.
    aendringer = proev(DAG, regler=[forslag(varsel_dage=30, eskalering_dage=10)]).aendringer

    assert (aendringer.nye_varslede, aendringer.nye_eskalerede) == (2, 0)
    assert not aendringer
    assert not proev(DAG, regler=[forslag(eskalering_dage=11)]).aendringer.nye_eskalerede
    Fristregel.objects.filter(kode="LAE265_SVAR").update(eskalering_dage=None)
    assert proev(DAG, regler=[forslag(eskalering_dage=10)]).aendringer.nye_eskalerede == 1


def test_trial_of_an_earlier_day_opens_what_happened_since(attester):
    luk(attester[0].sag, om(-3))
    udled(DAG)

    proeve = proev(om(-5))

    assert proeve.aendringer.genaabnede == 1
    assert proeve.tilstande["LAE265_SVAR"][Tilstand.OVERSKREDET] == 1


def test_trial_is_one_statement_however_many_cases(attester, django_assert_num_queries):
    regel = forslag(laengde=3)

    for sager in (None, [attester[0].sag_id]):
        with django_assert_num_queries(1):
            proev(DAG, sager=sager, regler=[regel])


def test_samples_end_at_a_hundred(monkeypatch, attester):
    monkeypatch.setattr("opfoelgning.proeve.FLEST_RAEKKER", 2)

    proeve = proev(DAG, koder=ATTEST)

    assert (len(proeve.raekker), proeve.aendringer.nye) == (2, 3)


# The command


def koer(*argumenter: str) -> str:
    ud = StringIO()
    call_command("frister", *argumenter, stdout=ud)
    return ud.getvalue()


@pytest.mark.parametrize("proev_", [("--proev",), ()])
def test_command_tries_any_day_and_prints_states_by_rule(attester, proev_):
    """A day to come is tried, whether or not one says so."""
    svar = koer(*proev_, "--dato", (DAG + timedelta(days=400)).isoformat(), "--kode", *ATTEST)

    assert "Frister den 07.12.2027. Intet er skrevet." in svar
    [raekke] = [linje for linje in svar.splitlines() if linje.startswith("LAE265_SVAR")]
    assert raekke.split() == ["LAE265_SVAR", "0", "0", "3", "0", "0", "0", "0"]
    assert "i 3 sager: 3 nye" in svar
    assert not Frist.objects.exists()


def test_command_derives_and_then_has_nothing_left_to_try(attester):
    assert koer("--dato", DAG.isoformat(), "--kode", *ATTEST).startswith("3 frister udledt")

    svar = koer("--proev", "--dato", DAG.isoformat(), "--kode", *ATTEST)

    assert "En kørsel ville ikke ændre noget." in svar


@pytest.mark.parametrize(
    "argumenter",
    [("--dato", "i morgen"), ("--kode", "FINDES_IKKE")],
)
def test_command_says_what_it_does_not_understand(argumenter):
    with pytest.raises(CommandError):
        koer(*argumenter)


def test_every_day_of_a_deadline_has_the_state_python_gives_it(attester):
    """The states in SQL are those of `Frist.tilstand`."""
    LaegeattestFactory(sag=en_sag(), anmodet_dato=om(-40), modtaget=True, modtaget_dato=om(-5))
    luk(attester[1].sag, om(-6))
    for dage in (-40, -14, -10, -9, -6, -5, 0):
        udled(om(dage))
        ventet: dict = {}
        for frist in Frist.objects.filter(kode="LAE265_SVAR").select_related("regel"):
            tilstand = frist.tilstand(om(dage))
            ventet[tilstand] = ventet.get(tilstand, 0) + 1
        assert proev(om(dage)).tilstande["LAE265_SVAR"] == ventet
