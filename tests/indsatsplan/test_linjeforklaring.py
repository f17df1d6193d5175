"""What became of the indstilling's lines: explained, taken back, shown to the case and to the team."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from borgere.models import Tildeling
from indsatsplan import services
from indsatsplan.models import Linjeforklaring
from rehabilitering.models import Indsatstype
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    IndstillingslinjeFactory,
    InhabilitetFactory,
    MaalFactory,
    MoededeltagerFactory,
    RessourceforloebFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db
I_GAAR = timedelta(days=1)


@pytest.fixture
def forloeb(db):
    """A forløb with a draft and a goal; the team met 70 days ago."""
    moede = i_dag() - timedelta(days=70)
    forloeb = RessourceforloebFactory(afgoerelse__indstilling__moede_dato=moede)
    MaalFactory(forloeb=forloeb, rang=1)
    IndsatsplanFactory(forloeb=forloeb)
    return forloeb


@pytest.fixture
def linje(forloeb):
    return IndstillingslinjeFactory(indstilling=forloeb.afgoerelse.indstilling, nr=1)


@pytest.fixture
def maja(db):
    return BrugerFactory(roller=["koordinerende"])


@pytest.fixture
def klient(som, forloeb, maja):
    TildelingFactory(sag=forloeb.sag, bruger=maja, art=Tildeling.Art.MEDVIRKENDE)
    return som(maja)


def indsats(forloeb, **felter):
    return IndsatsFactory(forloeb=forloeb, maal=forloeb.maal.first(), **felter)


def planen(forloeb):
    return reverse("indsatsplan:plan", args=[forloeb.sag_id])


def adresse(forloeb, linje, navn="linje_forklar"):
    return reverse(f"indsatsplan:{navn}", args=[forloeb.sag_id, linje.pk])


# Services -----------------------------------------------------------------------------------------


def test_line_is_replaced_and_the_explanation_taken_back(forloeb, linje, maja):
    hold = indsats(forloeb)

    forklaring = services.forklar_linje(
        forloeb, linje, erstattet_af=hold, begrundelse=" Ønskede hold ", af=maja
    )
    assert (forklaring.erstattet_af, forklaring.begrundelse) == (hold, "Ønskede hold")
    assert forloeb.planer.get().er_godkendt is False

    services.fjern_linjeforklaring(forklaring, af=maja)
    services.fjern_linjeforklaring(forklaring, af=maja)
    services.forklar_linje(forloeb, linje, erstattet_af=None, begrundelse="Opgivet", af=maja)

    assert forloeb.linjeforklaringer.gaeldende().get().erstattet_af is None
    koder = Haendelse.objects.filter(sag_id=forloeb.sag_id).values_list("kode", flat=True)
    assert sorted(koder) == ["plan.linje_forklaret"] * 2 + ["plan.linjeforklaring_fjernet"]


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"i_gang": True}, "er begyndt med «Virksomhedspraktik, bibliotek»"),
        ({}, "er planlagt som «Virksomhedspraktik, bibliotek». Lad den indsats bortfalde"),
    ],
)
def test_line_that_an_effort_carries_out_needs_no_explanation(forloeb, linje, maja, felter, besked):
    indsats(forloeb, linje=linje, **felter)

    with pytest.raises(ValidationError, match=besked):
        services.forklar_linje(forloeb, linje, erstattet_af=None, begrundelse="x", af=maja)


def test_explanation_names_an_effort_that_can_replace(forloeb, linje, maja):
    for anden, besked in (
        (indsats(forloeb, status="bortfaldet"), "bortfaldet og erstatter ingenting"),
        (IndsatsFactory(), "hører til et andet forløb"),
    ):
        with pytest.raises(ValidationError) as fejl:
            services.forklar_linje(forloeb, linje, erstattet_af=anden, begrundelse="x", af=maja)
        assert besked in fejl.value.message_dict["erstattet_af"][0]


def test_explanation_has_a_reason_and_stands_once(forloeb, linje, maja):
    with pytest.raises(ValidationError, match="begrundelse"):
        services.forklar_linje(forloeb, linje, erstattet_af=None, begrundelse=" ", af=maja)
    services.forklar_linje(forloeb, linje, erstattet_af=None, begrundelse="Opgivet", af=maja)
    with pytest.raises(ValidationError, match="allerede forklaret"):
        services.forklar_linje(forloeb, linje, erstattet_af=None, begrundelse="Igen", af=maja)


def test_line_of_another_indstilling_is_refused(forloeb, maja):
    with pytest.raises(ValidationError, match="hører ikke til den indstilling"):
        services.forklar_linje(
            forloeb, IndstillingslinjeFactory(), erstattet_af=None, begrundelse="x", af=maja
        )


def test_ended_forloeb_is_not_explained_any_more(forloeb, linje, maja):
    forklaring = services.forklar_linje(forloeb, linje, erstattet_af=None, begrundelse="x", af=maja)
    forloeb.afsluttet_dato = i_dag()
    forloeb.save()

    with pytest.raises(ValidationError, match="kan læses, men ikke ændres"):
        services.fjern_linjeforklaring(forklaring, af=maja)


def test_database_refuses_two_explanations_and_one_without_reason(forloeb, linje, maja):
    felter = {"forloeb": forloeb, "linje": linje, "noteret_af": maja}
    Linjeforklaring.objects.create(begrundelse="x", **felter)
    for begrundelse, navn in (("y", "linjeforklaring_en_pr_linje"), ("", "_begrundet")):
        with pytest.raises(IntegrityError, match=navn), transaction.atomic():
            Linjeforklaring.objects.create(begrundelse=begrundelse, **felter)


# The plan page ------------------------------------------------------------------------------------


def test_ledger_stands_on_the_plan_page(klient, forloeb, linje, maja):
    indstilling = linje.indstilling
    mentor = Indsatstype.objects.get(kode="mentor")
    begyndt = IndstillingslinjeFactory(indstilling=indstilling, nr=2, indsatstype=mentor)
    erstattet = IndstillingslinjeFactory(indstilling=indstilling, nr=3, beskrivelse="Psykolog")
    start = indstilling.moede_dato + timedelta(days=12)
    hold = indsats(forloeb, linje=begyndt, i_gang=True, planlagt_start=start, beskrivelse="Hold")
    services.forklar_linje(
        forloeb, erstattet, erstattet_af=hold, begrundelse="Ville hellere på hold", af=maja
    )

    side = klient.get(planen(forloeb)).content.decode()

    assert "1 af 3 linjer er begyndt, 1 er erstattet, 1 er ikke begyndt" in side
    assert "af Hold: Ville hellere på hold" in side
    assert '<td class="num h">12</td>' in side
    assert '<td class="num h">70</td>' in side
    assert f"{reverse('indsatsplan:indsats_ny', args=[forloeb.sag_id])}?linje={linje.pk}" in side
    assert adresse(forloeb, linje) in side
    assert adresse(forloeb, erstattet, "linje_fortryd") in side


def test_line_is_explained_inside_the_page(klient, forloeb, linje):
    aabn = klient.get(adresse(forloeb, linje))
    assert aabn.url == f"{planen(forloeb)}?aaben=linje-{linje.pk}#linje-{linje.pk}"
    assert "Gem forklaringen" in klient.get(aabn.url).content.decode()

    nej = klient.post(adresse(forloeb, linje), {"erstattet_af": indsats(forloeb).pk})
    assert nej.status_code == 422
    side = nej.content.decode()
    assert "Skriv, hvorfor linjen ikke gennemføres." in side
    assert "selected>Virksomhedspraktik, bibliotek" in side
    assert "Mål og indsatser" in side

    ja = klient.post(adresse(forloeb, linje), {"begrundelse": "Kan læse nu"})
    assert ja.url == f"{planen(forloeb)}#linje-{linje.pk}"
    assert "Kan læse nu" in klient.get(planen(forloeb)).content.decode()

    klient.post(adresse(forloeb, linje, "linje_fortryd"))
    assert not forloeb.linjeforklaringer.gaeldende().exists()


def test_line_planned_meanwhile_is_refused_with_the_input_kept(klient, forloeb, linje):
    indsats(forloeb, linje=linje)

    svar = klient.post(adresse(forloeb, linje), {"begrundelse": "Kan læse nu"})

    assert svar.status_code == 422
    assert "Linjen er planlagt som" in svar.content.decode()
    assert "Kan læse nu" in svar.content.decode()


def test_line_is_explained_after_the_granted_days_ran_out(klient, forloeb, linje):
    forloeb.start_dato, forloeb.slut_dato = i_dag() - 60 * I_GAAR, i_dag() - I_GAAR
    forloeb.save()

    klient.post(adresse(forloeb, linje), {"begrundelse": "Kan læse nu"})

    side = klient.get(planen(forloeb)).content.decode()
    assert "0 af 1 linje er begyndt, 1 er opgivet" in side
    assert "Kan læse nu" in side
    assert adresse(forloeb, linje, "linje_fortryd") in side


@pytest.mark.parametrize("noegle", ["linje-x", "linje-999999", "linje-"])
def test_unknown_line_opens_nothing(klient, forloeb, linje, noegle):
    side = klient.get(planen(forloeb), {"aaben": noegle})

    assert side.status_code == 200
    assert "Gem forklaringen" not in side.content.decode()


# The team's feedback ------------------------------------------------------------------------------


@pytest.fixture
def medlem(som, forloeb, linje):
    """A member of the team at the meeting that recommended the line; the case was dealt with."""
    punkt = linje.indstilling.punkt
    punkt.behandlet_den = punkt.sat_paa_den
    punkt.save()
    klient = som("teammedlem")
    MoededeltagerFactory(moede=punkt.moede, bruger=klient.bruger)
    return klient


TILBAGEMELDING = "indsatsplan:tilbagemelding"


def test_team_sees_figures_and_nobody(medlem, forloeb, linje):
    linje.beskrivelse, linje.formaal = "Hos onkel Børge", "Ud af sengen"
    linje.save()
    start = i_dag() - timedelta(days=30)
    indsats(forloeb, linje=linje, i_gang=True, planlagt_start=start)

    side = medlem.get(reverse(TILBAGEMELDING)).content.decode()

    assert "1 indstilling: 1 af 1 linje er begyndt" in side
    assert "Virksomhedspraktik: begyndt efter 40 dage" in side
    borger = forloeb.sag.borger
    for hemmeligt in (borger.navn, forloeb.sag.sagsnummer, "onkel", "sengen"):
        assert hemmeligt not in side
    assert not Opslag.objects.exists()


def test_team_sees_only_the_meetings_it_was_at(medlem, som, linje):
    assert "100 pct. er hverken begyndt" in medlem.get(reverse(TILBAGEMELDING)).content.decode()
    assert (
        "ingen indstillinger at vise"
        in som("teammedlem").get(reverse(TILBAGEMELDING)).content.decode()
    )

    InhabilitetFactory(borger=linje.indstilling.sag.borger, bruger=medlem.bruger)

    assert "ingen indstillinger at vise" in medlem.get(reverse(TILBAGEMELDING)).content.decode()


@pytest.mark.parametrize("antal", [1, 3, 12])
def test_feedback_costs_the_same_for_few_and_many(medlem, linje, antal, django_assert_num_queries):
    for nr in range(2, antal + 1):
        IndstillingslinjeFactory(indstilling=linje.indstilling, nr=nr)

    # Session and user 2, the count of reminders 1, indstillinger 1, the ledger 1.
    with django_assert_num_queries(5):
        medlem.get(reverse(TILBAGEMELDING))


def test_feedback_is_linked_from_the_meetings(medlem):
    assert (
        reverse(TILBAGEMELDING)
        in medlem.get(reverse("rehabilitering:moede_liste")).content.decode()
    )
    assert reverse(TILBAGEMELDING) in medlem.get(reverse("overblik")).content.decode()
