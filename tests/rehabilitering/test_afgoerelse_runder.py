"""Rounds: extension, another outcome while a forløb runs, and decisions changed after a complaint."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase
from indsatsplan.models import Ressourceforloeb
from opfoelgning.services import kan_aftales
from rehabilitering import dokumenter, varighedskontrol
from rehabilitering.services import afgoerelse as services
from rehabilitering.services import ny_runde
from ressource.kalender import i_dag
from ressource.models import Rolle
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    ForberedendeDelFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    IndstillingFactory,
    KlageFactory,
    RessourceforloebFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db

START, SLUT = date(2025, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def tirsdag(time_machine, monkeypatch):
    time_machine.move_to("2026-11-24 09:00:00+01:00", tick=False)
    monkeypatch.setattr(dokumenter, "afgoerelsesbrev", lambda _: b"%PDF-1.7\n%%EOF\n")


@pytest.fixture
def maja():
    return BrugerFactory(roller=[Rolle.KOORDINERENDE])


def loebende(maja, *, fase=Fase.AFGOERELSE, foedt=date(1980, 5, 1), start=START, slut=SLUT):
    """A forløb that runs in a case in its second round."""
    sag = SagFactory(
        fase=fase, ansvarlig=maja, borger__foedselsdato=foedt, oprettet_dato=date(2024, 6, 1)
    )
    return RessourceforloebFactory(
        sag=sag,
        start_dato=start,
        slut_dato=slut,
        afgoerelse__virkning_fra=start,
        afgoerelse__indstilling__punkt__behandlet_den=timezone.now(),
    )


def indstil(sag, udfald="ressourceforloeb", maaneder=12):
    return IndstillingFactory(
        afsluttet=True,
        punkt__sag=sag,
        punkt__behandlet_den=timezone.now(),
        moede_dato=date(2026, 11, 20),
        udfald=udfald,
        varighed_maaneder=maaneder,
    )


def skriv(indstilling, af, **data):
    felter = {
        "virkning_fra": date(2027, 1, 1),
        "maalgruppebetingelse": "1",
        "faktum": "Du er i praktik på et bibliotek.",
        "begrundelse": "Du er på vej og har brug for mere tid.",
        "uden_partshoering_grund": "Alt blev drøftet på mødet.",
    }
    afgoerelse = services.begynd(indstilling, af=af)
    return services.gem(afgoerelse, felter | data, laas=afgoerelse.laas, af=af)


def test_extension_begins_the_day_after_and_gets_its_own_plan(maja):
    forloeb = loebende(maja)
    afgoerelse = skriv(indstil(forloeb.sag), maja)

    assert services.forloebets_art(afgoerelse) == (
        "Forlængelse af forløbet, der sluttede 31.12.2026"
    )
    services.afslut(afgoerelse, af=maja)

    nyt = Ressourceforloeb.objects.get(afgoerelse=afgoerelse)
    assert (nyt.start_dato, nyt.slut_dato) == (date(2027, 1, 1), date(2027, 12, 31))
    assert nyt.planer.count() == 1
    forloeb.refresh_from_db()
    assert (forloeb.slut_dato, forloeb.afsluttet_dato) == (SLUT, None)
    forloeb.sag.refresh_from_db()
    assert forloeb.sag.fase == Fase.PLAN


def test_new_forloeb_in_the_middle_lets_the_running_one_end_the_day_before(maja):
    forloeb = loebende(maja)

    services.afslut(skriv(indstil(forloeb.sag), maja, virkning_fra=date(2026, 12, 1)), af=maja)

    forloeb.refresh_from_db()
    assert (forloeb.slut_dato, forloeb.afsluttet_dato) == (date(2026, 11, 30), None)


@pytest.mark.parametrize(
    ("foedt", "oensker", "ventet"),
    [
        # 46 years: five in all, three and a half of them used.
        (date(1980, 5, 1), False, "60 måneder i alt"),
        (date(1980, 5, 1), True, ""),
        # 51 years: one forløb, unless they wish more.
        (date(1975, 5, 1), False, "højst få 1 ressourceforløb"),
        (date(1975, 5, 1), True, ""),
        (date(1995, 5, 1), False, ""),
    ],
)
def test_caps_count_the_citizens_forloeb_of_every_case(maja, foedt, oensker, ventet):
    borger_sag = SagFactory(ansvarlig=maja, fase=Fase.AFGOERELSE, borger__foedselsdato=foedt)
    foer = RessourceforloebFactory(
        sag=SagFactory(
            borger=borger_sag.borger,
            fase=Fase.AFSLUTNING,
            oprettet_dato=date(2020, 6, 1),
            afsluttet_dato=date(2024, 6, 30),
            afsluttet_af=maja,
            afslutningsaarsag="andet",
        ),
        start_dato=date(2021, 1, 1),
        slut_dato=date(2024, 6, 30),
    )
    afgoerelse = skriv(indstil(borger_sag, maaneder=24), maja, borger_oensker_mere=oensker)

    fundet = services.mangler(afgoerelse, i_dag())

    assert foer.sag != borger_sag
    assert (ventet in fundet.get("slut_dato", "")) if ventet else not fundet


def test_another_outcome_ends_what_runs_and_a_past_day_its_efforts(maja):
    forloeb = loebende(maja)
    indsats = IndsatsFactory(forloeb=forloeb, i_gang=True, planlagt_start=date(2026, 3, 1))
    indstilling = indstil(forloeb.sag, "fleksjob", None)

    services.afslut(skriv(indstilling, maja, virkning_fra=date(2026, 11, 21)), af=maja)

    forloeb.refresh_from_db()
    indsats.refresh_from_db()
    assert forloeb.slut_dato == forloeb.afsluttet_dato == date(2026, 11, 20)
    assert (indsats.status, indsats.faktisk_slut) == ("afsluttet", date(2026, 11, 20))


def test_samme_indsats_lets_the_forloeb_and_the_case_go_on(maja):
    forloeb = loebende(maja)

    services.afslut(skriv(indstil(forloeb.sag, "hidtidig_indsats", None), maja), af=maja)

    forloeb.refresh_from_db()
    forloeb.sag.refresh_from_db()
    assert (forloeb.slut_dato, forloeb.afsluttet_dato) == (SLUT, None)
    assert forloeb.sag.fase == Fase.OPFOELGNING


def test_samme_indsats_takes_a_case_back_to_the_plan_that_was_never_approved(maja):
    forloeb = loebende(maja)
    IndsatsplanFactory(forloeb=forloeb)

    services.afslut(skriv(indstil(forloeb.sag, "hidtidig_indsats", None), maja), af=maja)

    forloeb.sag.refresh_from_db()
    assert forloeb.sag.fase == Fase.PLAN


def test_new_round_begins_from_opfoelgning_and_the_forloeb_goes_on(maja):
    forloeb = loebende(maja, fase=Fase.OPFOELGNING)
    ForberedendeDelFactory(
        sag=forloeb.sag, status="forelagt", gennemgaaet_dato=START, oprettet_af=maja
    )

    mulighed = ny_runde.mulighed(forloeb.sag)
    assert (mulighed.begynder, mulighed.hoejst, mulighed.lukket) == (date(2027, 1, 1), 36, "")
    with pytest.raises(PermissionDenied):
        ny_runde.begynd(forloeb.sag, af=BrugerFactory())
    sag = ny_runde.begynd(forloeb.sag, af=maja)

    assert sag.fase == Fase.FORBEREDELSE
    assert sag.forberedende_dele.count() == 2
    assert kan_aftales(sag)
    with pytest.raises(ValidationError, match="trinnet forberedelse"):
        ny_runde.begynd(sag, af=maja)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_page_of_a_new_round_costs_the_same(som, maja, django_assert_num_queries, antal):
    sag = loebende(maja, fase=Fase.OPFOELGNING).sag
    for nr in range(1, antal):
        start = date(2024 - nr, 1, 1)
        RessourceforloebFactory(
            sag=sag,
            start_dato=start,
            slut_dato=start.replace(month=6),
            afgoerelse__indstilling__punkt__behandlet_den=timezone.now(),
        )

    klient = som(maja)
    with django_assert_num_queries(13):
        klient.get(reverse("rehabilitering:ny_runde", args=[sag.pk]))


# A decision that changes an earlier one


def medhold(forloeb_eller_afgoerelse, maja, **felter):
    afgoerelse = getattr(forloeb_eller_afgoerelse, "afgoerelse", forloeb_eller_afgoerelse)
    return KlageFactory(
        afgoerelse=afgoerelse,
        genvurdering="medhold",
        genvurdering_begrundelse="Nye oplysninger fra lægen.",
        genvurdering_dato=i_dag(),
        genvurdering_af=maja,
        **felter,
    )


def aendr(klage, af, **data):
    afgoerelse = services.begynd_aendring(klage, af=af)
    felter = {
        "uden_partshoering_grund": "Borgeren får medhold.",
        "faktum": "Du har sendt nye oplysninger.",
        "maalgruppebetingelse": "1",
    }
    return services.gem(afgoerelse, felter | data, laas=afgoerelse.laas, af=af)


def test_changed_decision_begins_as_a_copy_and_moves_the_forloeb(maja):
    forloeb = loebende(maja, fase=Fase.OPFOELGNING)
    klage = medhold(forloeb, maja)

    kladde = services.begynd_aendring(klage, af=maja)
    assert kladde == services.begynd_aendring(klage, af=maja)
    assert kladde.begrundelse == "Nye oplysninger fra lægen."
    assert kladde.grundlag == forloeb.afgoerelse.indstilling
    services.afslut(aendr(klage, maja, virkning_fra=START, slut_dato=date(2027, 6, 30)), af=maja)

    forloeb.refresh_from_db()
    assert (forloeb.start_dato, forloeb.slut_dato) == (START, date(2027, 6, 30))
    assert Ressourceforloeb.objects.count() == 1
    forloeb.sag.refresh_from_db()
    assert forloeb.sag.fase == Fase.OPFOELGNING
    assert services.gaeldende(forloeb.afgoerelse).erstatter == forloeb.afgoerelse


def test_changed_to_something_else_ends_the_forloeb_and_back_begins_it_again(maja):
    forloeb = loebende(maja, fase=Fase.OPFOELGNING)
    klage = medhold(forloeb, maja)

    services.afslut(aendr(klage, maja, udfald="fleksjob", virkning_fra=date(2026, 12, 1)), af=maja)

    forloeb.refresh_from_db()
    assert forloeb.slut_dato == date(2026, 11, 30)
    igen = medhold(services.gaeldende(forloeb.afgoerelse), maja)
    services.afslut(
        aendr(
            igen, maja, udfald="ressourceforloeb", virkning_fra=START, slut_dato=date(2027, 12, 31)
        ),
        af=maja,
    )
    forloeb.refresh_from_db()
    assert forloeb.slut_dato == date(2027, 12, 31)


def test_annulled_from_its_first_day_counts_for_nothing_later(maja):
    forloeb = loebende(maja, fase=Fase.OPFOELGNING, foedt=date(1970, 5, 1))

    services.afslut(
        aendr(medhold(forloeb, maja), maja, udfald="fleksjob", virkning_fra=START), af=maja
    )

    forloeb.refresh_from_db()
    assert (forloeb.slut_dato, forloeb.afsluttet_dato) == (START, START)
    # At 56 there is one forløb: this is the first.
    fra, til = date(2027, 1, 1), date(2028, 12, 31)
    assert varighedskontrol.brud(forloeb.sag, start=fra, slut=til) == []


def test_refusal_changed_to_a_forloeb_moves_the_case_to_its_plan(maja):
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=maja)
    afslag = AfgoerelseFactory(truffet=True, indstilling__punkt__sag=sag, udfald="hidtidig_indsats")
    ny = aendr(
        medhold(afslag, maja),
        maja,
        udfald="ressourceforloeb",
        virkning_fra=date(2026, 12, 1),
        slut_dato=date(2028, 11, 30),
    )

    assert ny.hjemmel == afslag.hjemmel
    services.afslut(ny, af=maja)

    forloeb = Ressourceforloeb.objects.get(afgoerelse=ny)
    assert forloeb.indstilling_id == afslag.indstilling_id
    sag.refresh_from_db()
    assert sag.fase == Fase.PLAN


def test_complaint_that_was_not_upheld_changes_nothing(maja):
    forloeb = loebende(maja, fase=Fase.OPFOELGNING)

    with pytest.raises(ValidationError, match="ikke ført til"):
        services.begynd_aendring(KlageFactory(afgoerelse=forloeb.afgoerelse), af=maja)
