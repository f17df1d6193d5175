"""The case circle: who is in it, getting out of it, and people from outside."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from borgere import services
from borgere.models import Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Haendelse, Organisation, Rolle
from tests.factories import BrugerFactory, InhabilitetFactory, SagFactory, TildelingFactory
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)
Art = Tildeling.Art
# Session, user, case, log row, circle, facts; assignments, the five of the grounds; reminders.
KREDSSIDE = 13


@pytest.fixture
def maja(som):
    return som("sagsbehandler")


@pytest.fixture
def sag(maja):
    return SagFactory(ansvarlig=maja.bruger)


def ekstern():
    return BrugerFactory(roller=[Rolle.MENTOR], organisation=Organisation.EKSTERN)


def haendelser(kode):
    return Haendelse.objects.filter(kode=kode)


# Taking somebody out


@pytest.mark.parametrize("art", [art for art in Art if art != Art.ANSVARLIG])
def test_access_ends_at_once_with_one_event(sag, maja, art):
    tildeling = TildelingFactory(sag=sag, art=art, til_dato=i_dag() + 30 * DAG)

    services.afslut_tildeling(tildeling, af=maja.bruger)
    services.afslut_tildeling(tildeling, af=maja.bruger)

    tildeling.refresh_from_db()
    assert tildeling.til_dato == i_dag() - DAG
    assert not Sag.objects.synlige_for(tildeling.bruger).exists()
    [haendelse] = haendelser("sag.tildeling_afsluttet")
    assert haendelse.data == {"art": art, "bruger": tildeling.bruger_id}


@pytest.mark.parametrize("fra", [0, 3])
def test_what_began_today_or_later_never_was(sag, maja, fra):
    tildeling = TildelingFactory(sag=sag, art=Art.MENTOR, fra_dato=i_dag() + fra * DAG)

    services.afslut_tildeling(tildeling, af=maja.bruger)

    assert not sag.tildelinger.filter(art=Art.MENTOR).exists()
    assert haendelser("sag.tildeling_afsluttet").count() == 1


def test_responsible_is_replaced_and_never_removed(sag, maja):
    with pytest.raises(ValidationError) as fejl:
        services.afslut_tildeling(sag.tildelinger.get(), af=maja.bruger)

    assert fejl.value.code == "ansvarlig"
    assert not Sag.objects.uden_ansvarlig().exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_end_it_once(som):
    sag, maja = SagFactory(), BrugerFactory()
    tildeling = TildelingFactory(sag=sag, art=Art.MENTOR)
    tjeneste = proev(services.afslut_tildeling, tildeling, af=maja)

    assert paa_een_gang([tjeneste, tjeneste]) == ["ok", "ok"]
    assert haendelser("sag.tildeling_afsluttet").count() == 1


# People from outside


@pytest.mark.parametrize(
    ("dage", "maa"), [(None, False), (400, False), (365, True), (30, True), (0, True)]
)
def test_outsider_needs_an_end_within_a_year(sag, maja, dage, maa):
    til = None if dage is None else i_dag() + dage * DAG

    if maa:
        services.tildel(sag, ekstern(), Art.MENTOR, til_dato=til, af=maja.bruger)
    else:
        with pytest.raises(ValidationError) as fejl:
            services.tildel(sag, ekstern(), Art.MENTOR, til_dato=til, af=maja.bruger)
        assert set(fejl.value.error_dict) == {"til_dato"}

    assert sag.tildelinger.filter(art=Art.MENTOR).exists() is maa


def test_responsible_has_no_last_day(sag, maja):
    with pytest.raises(ValidationError) as fejl:
        services.tildel(sag, BrugerFactory(), Art.ANSVARLIG, til_dato=i_dag(), af=maja.bruger)

    assert set(fejl.value.error_dict) == {"til_dato"}


def test_nobody_inhabil_is_assigned(sag, maja):
    jonas = BrugerFactory()
    InhabilitetFactory(borger=sag.borger, bruger=jonas)

    with pytest.raises(ValidationError) as fejl:
        services.tildel(sag, jonas, Art.MEDVIRKENDE, af=maja.bruger)

    assert fejl.value.code == "inhabil"


# The pages


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_circle_costs_the_same_for_any_number(maja, sag, antal, django_assert_num_queries):
    for _ in range(antal):
        TildelingFactory(sag=sag, art=Art.MEDVIRKENDE)

    with django_assert_num_queries(KREDSSIDE):
        svar = maja.get(reverse("borgere:kreds", args=[sag.pk]))

    assert len(svar.context["nuvaerende"]) == antal + 1


def test_circle_tells_now_later_and_before(maja, sag):
    lars, tina, ib = (BrugerFactory(navn=navn) for navn in ("Lars Bach", "Tina Bro", "Ib Ager"))
    TildelingFactory(sag=sag, bruger=lars, art=Art.MENTOR)
    TildelingFactory(sag=sag, bruger=tina, art=Art.MEDVIRKENDE, fra_dato=i_dag() + DAG)
    TildelingFactory(sag=sag, bruger=ib, art=Art.MEDVIRKENDE, til_dato=i_dag() - DAG)

    svar = maja.get(reverse("borgere:kreds", args=[sag.pk]))

    nu = {t.bruger.navn: kommende for t, kommende in svar.context["nuvaerende"]}
    assert (nu["Lars Bach"], nu["Tina Bro"]) == (False, True)
    assert [t.bruger for t in svar.context["tidligere"]] == [ib]
    assert {a.bruger for a in svar.context["adgange"]} == {maja.bruger, lars}


def test_button_takes_somebody_out(maja, sag):
    tildeling = TildelingFactory(sag=sag, art=Art.MENTOR)

    svar = maja.post(reverse("borgere:tildeling_afslut", args=[tildeling.pk]), follow=True)

    assert svar.redirect_chain == [(reverse("borgere:kreds", args=[sag.pk]), 302)]
    assert "er ikke længere knyttet til sagen" in svar.content.decode()


def test_taking_oneself_out_leads_to_the_list(som, sag):
    jonas = som("sagsbehandler")
    egen = TildelingFactory(sag=sag, bruger=jonas.bruger, art=Art.MEDVIRKENDE)

    svar = jonas.post(reverse("borgere:tildeling_afslut", args=[egen.pk]))

    assert svar["Location"] == reverse("borgere:sag_liste")


def test_responsible_cannot_be_taken_out_by_a_forged_form(maja, sag):
    tildeling = sag.tildelinger.get()

    svar = maja.post(reverse("borgere:tildeling_afslut", args=[tildeling.pk]), follow=True)

    assert "Sagen skal have en ansvarlig" in svar.content.decode()
    tildeling.refresh_from_db()
    assert tildeling.til_dato is None


def test_form_asks_an_outsider_for_an_end_and_keeps_the_input(maja, sag):
    lars = ekstern()
    data = {"bruger": str(lars.pk), "fra_dato": "01.12.2026"}
    adresse = f"{reverse('borgere:tildel', args=[sag.pk])}?art=mentor"

    uden = maja.post(adresse, data)
    med = maja.post(adresse, data | {"til_dato": "01.06.2027"})

    assert uden.status_code == 422
    assert "er ikke ansat i kommunen" in uden.content.decode()
    assert 'value="01.12.2026"' in uden.content.decode()
    assert med["Location"] == reverse("borgere:kreds", args=[sag.pk])


def test_new_responsible_is_given_without_an_end(maja, sag):
    side = maja.get(f"{reverse('borgere:tildel', args=[sag.pk])}?art=ansvarlig")

    assert "til_dato" not in side.context["form"].fields
