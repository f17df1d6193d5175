"""Everybody's own Overblik, and the two that the ground owns."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ressource import forside, haendelser
from ressource.models import Opslag, Rolle
from tests.factories import BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db

# Session, user, rows, case numbers; unread reminders of the frame.
LOGGEN = 5


def opslag(**felter):
    bruger = felter.pop("bruger", None) or BrugerFactory()
    return Opslag.objects.create(
        bruger=bruger,
        roller="mentor",
        organisation="kommune",
        **{"handling": "se", "objekt": "journal"} | felter,
    )


def test_every_role_has_a_page():
    assert set(forside.OVERBLIK) == set(Rolle)


@pytest.mark.parametrize("rolle", Rolle)
def test_every_role_lands_on_its_own_page(som, rolle):
    svar = som(rolle).get(reverse("overblik"))

    assert svar.status_code == 200
    assert "Dine roller" not in svar.content.decode()


def test_user_with_several_roles_chooses(som):
    klient = som(BrugerFactory(roller=[Rolle.REVISOR, Rolle.ADMINISTRATOR]))

    foerste = klient.get(reverse("overblik")).content.decode()
    anden = klient.get(reverse("overblik"), {"rolle": "revisor"}).content.decode()

    assert "Aktive brugere" in foerste
    assert "Opslag i sager" in anden
    assert '<a href="/?rolle=revisor" aria-current="page">Revisor</a>' in anden
    assert '<input type="hidden" name="rolle" value="revisor"' in anden


def test_role_one_does_not_hold_cannot_be_chosen(som):
    html = som("administrator").get(reverse("overblik"), {"rolle": "revisor"}).content.decode()

    assert "Opslag i sager" not in html


def test_roles_that_share_a_page_are_one_choice(som):
    klient = som(BrugerFactory(roller=[Rolle.TEAMMEDLEM, Rolle.MOEDELEDER]))

    assert "Dine roller" not in klient.get(reverse("overblik")).content.decode()


def test_user_without_a_role_is_refused(som):
    assert som(BrugerFactory(roller=[])).get(reverse("overblik")).status_code == 403


def test_administrator_sees_rule_sets_users_and_jobs(som, monkeypatch):
    monkeypatch.setattr(haendelser, "_tekster", {"proeve.sket": "Frister er udledt"})
    BrugerFactory(roller=[Rolle.MENTOR])
    BrugerFactory(roller=[Rolle.MENTOR], is_active=False)
    klient = som("administrator")
    haendelser.log(klient.bruger, "proeve.sket", af=None)

    svar = klient.get(reverse("overblik"))

    assert dict(svar.context["roller"])["mentor"] == 1
    status = {r.kode: s for r, s in svar.context["regelsaet"]}
    assert status["R2013"] == "udloebet"
    assert (status["R2022"], status["R2026"]) == ("i_kraft", "klar")
    assert "Frister er udledt" in svar.content.decode()
    assert svar.content.decode().count("Ikke efterprøvet") == 4
    assert Opslag.objects.count() == 0


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_log_costs_the_same_for_any_number(som, antal, django_assert_num_queries):
    klient = som("revisor")
    for _ in range(antal):
        opslag(sag_id=SagFactory().pk)

    with django_assert_num_queries(LOGGEN):
        klient.get(reverse("overblik"))


def test_log_is_newest_first_fifty_to_a_page(som):
    klient = som("revisor")
    alle = [opslag(bruger=klient.bruger) for _ in range(51)]

    foerste = klient.get(reverse("overblik"))
    anden = klient.get(f"{reverse('overblik')}?{foerste.context['naeste']}")

    assert [r for r, *_ in foerste.context["raekker"]] == alle[:0:-1]
    assert [r for r, *_ in anden.context["raekker"]] == alle[:1]
    assert anden.context["naeste"] == ""
    assert "Ældre opslag" in foerste.content.decode()


def test_log_is_filtered_by_user_case_and_date(som):
    klient = som("revisor")
    tove = BrugerFactory(navn="Tove Bjerre", brugernavn="tobj")
    sag = SagFactory(sagsnummer="RF-2026-0409")
    hendes, sagens = opslag(bruger=tove), opslag(sag_id=sag.pk)
    i_dag = timezone.localdate()

    def fundne(**valg):
        return [r for r, *_ in klient.get(reverse("overblik"), valg).context["raekker"]]

    assert fundne(bruger="bjer") == fundne(bruger="TOBJ") == [hendes]
    assert fundne(sagsnummer="RF-2026-0409") == [sagens]
    assert fundne(sagsnummer="RF-1999-0001") == []
    assert fundne(dato=f"{i_dag:%d.%m.%Y}") == [sagens, hendes]
    assert fundne(dato=f"{i_dag - timedelta(days=1):%d.%m.%Y}") == []


def test_log_is_filtered_by_what_was_done(som):
    klient = som("revisor")
    opslag(handling="se")
    afvist = opslag(handling="afvist", formaal="Ikke tilladt")

    svar = klient.get(reverse("overblik"), {"handling": "afvist"})

    assert [r for r, *_ in svar.context["raekker"]] == [afvist]
    assert "Ikke tilladt" in svar.content.decode()


def test_log_names_screens_in_plain_words(som):
    opslag(objekt="forberedende_del")

    html = som("revisor").get(reverse("overblik")).content.decode()

    assert "<td>Den forberedende del</td>" in html
    assert "forberedende_del" not in html


def test_log_tells_which_screen_and_not_what_it_said(som):
    sag = SagFactory(sagsnummer="RF-2026-0409", borger__fornavn="Hemmelig")
    opslag(sag_id=sag.pk, borger_noegle=sag.borger.noegle)

    html = som("revisor").get(reverse("overblik")).content.decode()

    assert "RF-2026-0409" in html
    assert "Hemmelig" not in html
    assert str(sag.borger.noegle) not in html


def test_htmx_gets_the_rows_only(som):
    svar = som("revisor").get(reverse("overblik"), headers={"HX-Request": "true"})

    assert svar.content.decode().lstrip().startswith('<section id="loggen"')
