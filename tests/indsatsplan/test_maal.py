"""Goals and milestones: ranks, what is refused, the draft that opens by itself, and the history."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from borgere.models import Tildeling
from indsatsplan import billede, maalhistorik, services
from indsatsplan.models import Delmaal, Indsatsplan
from ressource.kalender import i_dag
from ressource.models import Haendelse
from tests.factories import (
    DelmaalFactory,
    IndsatsFactory,
    IndsatsplanFactory,
    MaalFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def klient(som):
    """The coordinating caseworker of a case whose plan is approved, with two goals."""
    forloeb = MaalFactory(rang=1).forloeb
    MaalFactory(forloeb=forloeb, rang=2, tekst="Sove bedre", art="")
    indhold = billede.til_json(billede.af_forloeb(forloeb))
    IndsatsplanFactory(forloeb=forloeb, godkendt=True, indhold=indhold)
    klient = som("koordinerende")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    klient.forloeb = forloeb
    return klient


@pytest.fixture
def forloeb(klient):
    return klient.forloeb


@pytest.fixture
def tina(klient):
    return klient.bruger


def url(navn, *args):
    return reverse(f"indsatsplan:{navn}", args=args)


def vist(svar):
    return svar.content.decode()


def raekken(forloeb):
    return list(forloeb.maal.gaeldende().values_list("rang", "tekst"))


# The draft opens by itself ------------------------------------------------------------------------


def test_writing_in_an_approved_plan_opens_the_next_version_once(forloeb, tina):
    services.gem_maal(forloeb, tekst="Komme ud", art="", af=tina)
    services.gem_maal(forloeb, tekst="Komme længere ud", art="", af=tina)

    assert list(forloeb.planer.kladder().values_list("nr", flat=True)) == [2]
    assert Haendelse.objects.filter(kode="plan.ny_version").count() == 1


def test_what_is_refused_or_unchanged_opens_no_draft(forloeb, tina):
    foerste, andet = forloeb.maal.gaeldende()
    with pytest.raises(ValidationError):
        services.gem_maal(forloeb, tekst="Sove", art="", maal=andet, rang=1, af=tina)

    services.gem_maal(forloeb, tekst=foerste.tekst, art="job", maal=foerste, af=tina)

    assert not forloeb.planer.kladder().exists()
    assert not Haendelse.objects.filter(kode="plan.maal_gemt").exists()


# Goals --------------------------------------------------------------------------------------------


def test_goal_is_moved_and_the_others_get_new_ranks(forloeb, tina):
    for tekst in ("C", "D"):
        services.gem_maal(forloeb, tekst=tekst, art="job", af=tina)
    sidste = forloeb.maal.get(tekst="D")

    services.gem_maal(forloeb, tekst="D", art="job", maal=sidste, rang=2, af=tina)
    connection.check_constraints()

    assert raekken(forloeb) == [
        (1, "Medhjælper på bibliotek"),
        (2, "D"),
        (3, "Sove bedre"),
        (4, "C"),
    ]


def test_first_goal_must_be_job_or_education(forloeb, tina):
    with pytest.raises(ValidationError, match=r"job- eller uddannelsesmål"):
        services.gem_maal(forloeb, tekst="Ro", art="", rang=1, af=tina)

    assert raekken(forloeb)[0] == (1, "Medhjælper på bibliotek")


def test_another_first_goal_asks_why(forloeb, tina):
    foerste = forloeb.maal.gaeldende()[0]
    felter = {"tekst": "Chauffør", "art": "job", "maal": foerste, "af": tina}
    with pytest.raises(ValidationError) as afvist:
        services.gem_maal(forloeb, **felter)
    assert "Skriv hvorfor" in afvist.value.message_dict["begrundelse"][0]

    services.gem_maal(forloeb, begrundelse="Efter praktik i byggecentret", **felter)

    foerste.refresh_from_db()
    assert (foerste.tekst, foerste.begrundelse) == ("Chauffør", "Efter praktik i byggecentret")
    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        services.gem_maal(forloeb, begrundelse="", **felter)


def test_goal_that_becomes_the_first_keeps_the_reason(forloeb, tina):
    foerste, andet = forloeb.maal.gaeldende()
    services.gem_maal(forloeb, tekst="Gartner", art="job", maal=andet, af=tina)
    felter = {"tekst": foerste.tekst, "art": "job", "maal": foerste, "rang": 2, "af": tina}
    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        services.gem_maal(forloeb, **felter)

    services.gem_maal(forloeb, begrundelse="Hun vil være ude", **felter)

    andet.refresh_from_db()
    assert (andet.rang, andet.begrundelse) == (1, "Hun vil være ude")


def test_reason_of_an_earlier_change_explains_no_move(klient, forloeb, tina):
    foerste, andet = forloeb.maal.gaeldende()
    andet.art, andet.begrundelse = "job", "Hun ville være gartner"
    andet.save()

    for grund, fejl in (("", "Skriv hvorfor"), ("x" * 251, "højst have 250 tegn")):
        flyttet = {"retning": "op", "begrundelse": grund}
        svar = klient.post(url("maal_flyt", andet.pk), flyttet)
        assert svar.status_code == 422
        assert fejl in vist(svar)

    services.flyt_maal(andet, retning=-1, begrundelse="Gartneriet har plads", af=tina)
    services.flyt_maal(andet, retning=-1, af=tina)
    connection.check_constraints()

    grunde = list(forloeb.maal.gaeldende().values_list("pk", "begrundelse"))
    assert grunde == [(andet.pk, "Gartneriet har plads"), (foerste.pk, "")]


def test_goal_with_open_efforts_is_not_taken_out(forloeb, tina):
    andet = forloeb.maal.gaeldende()[1]
    IndsatsFactory(forloeb=forloeb, maal=andet, beskrivelse="Søvnskole", i_gang=True)

    with pytest.raises(ValidationError, match=r"«Søvnskole».*Flyt dem"):
        services.tag_maal_ud(andet, begrundelse="Nået", af=tina)

    andet.refresh_from_db()
    assert andet.fjernet_den is None


def test_only_goal_and_one_before_a_goal_without_kind_stay(forloeb, tina):
    foerste, andet = forloeb.maal.gaeldende()
    with pytest.raises(ValidationError, match=r"«Sove bedre» mål nr\. 1"):
        services.tag_maal_ud(foerste, begrundelse="Opgivet", af=tina)

    services.tag_maal_ud(andet, begrundelse="Hun sover godt", af=tina)
    with pytest.raises(ValidationError, match="eneste mål"):
        services.tag_maal_ud(foerste, begrundelse="Opgivet", af=tina)
    with pytest.raises(ValidationError, match="taget ud"):
        services.gem_maal(forloeb, tekst="Ro", art="", maal=andet, af=tina)


def test_goal_taken_out_ranks_last_and_keeps_its_ended_efforts(klient, forloeb, tina):
    andet = forloeb.maal.gaeldende()[1]
    slut = {"faktisk_slut": i_dag(), "status": "afsluttet"}
    IndsatsFactory(forloeb=forloeb, maal=andet, beskrivelse="Søvnskole", i_gang=True, **slut)
    services.tag_maal_ud(andet, begrundelse="Hun sover godt", af=tina)
    services.gem_maal(forloeb, tekst="Komme ud", art="", af=tina)
    connection.check_constraints()

    andet.refresh_from_db()
    assert (andet.rang, andet.begrundelse) == (3, "Hun sover godt")
    side = vist(klient.get(url("plan", forloeb.sag_id)))
    assert "Søvnskole" in side
    assert "Taget ud" in side


def test_goal_is_reached_and_not_after_all_without_a_draft(forloeb, tina):
    maal = forloeb.maal.gaeldende()[0]
    with pytest.raises(ValidationError, match="fremtiden"):
        services.saet_maal_naaet(maal, dato=i_dag() + timedelta(days=1), af=tina)

    services.saet_maal_naaet(maal, dato=i_dag(), af=tina)
    maal.refresh_from_db()
    assert maal.naaet_dato == i_dag()
    services.saet_maal_naaet(maal, dato=None, af=tina)

    maal.refresh_from_db()
    assert maal.naaet_dato is None
    assert not forloeb.planer.kladder().exists()


# Milestones ---------------------------------------------------------------------------------------


def test_milestone_is_written_reached_and_taken_out(forloeb, tina):
    maal = forloeb.maal.gaeldende()[0]
    uge = i_dag() + timedelta(days=7)
    delmaal = services.gem_delmaal(maal, tekst="10 timer", forventet_dato=uge, af=tina)
    Indsatsplan.objects.kladder().delete()

    services.gem_delmaal(
        maal, tekst="10 timer", forventet_dato=uge, naaet_dato=i_dag(), delmaal=delmaal, af=tina
    )
    assert not forloeb.planer.kladder().exists()
    services.tag_delmaal_ud(delmaal, af=tina)

    assert forloeb.planer.kladder().exists()
    assert list(maal.delmaal.gaeldende()) == []
    with pytest.raises(ValidationError, match="taget ud"):
        services.gem_delmaal(maal, tekst="11", forventet_dato=uge, delmaal=delmaal, af=tina)


def test_milestone_outside_the_forloeb_or_reached_tomorrow_is_refused(forloeb, tina):
    maal = forloeb.maal.gaeldende()[0]
    efter = forloeb.slut_dato + timedelta(days=1)

    for felt, dato in (("forventet_dato", efter), ("naaet_dato", i_dag() + timedelta(days=1))):
        felter = {"tekst": "10 timer", "forventet_dato": None, felt: dato}
        with pytest.raises(ValidationError) as afvist:
            services.gem_delmaal(maal, af=tina, **felter)
        assert list(afvist.value.message_dict) == [felt]
    assert not Delmaal.objects.exists()


def test_milestone_has_words(forloeb):
    with pytest.raises(ValidationError, match="Skriv delmålet"):
        DelmaalFactory.build(maal=forloeb.maal.first(), tekst="").validate_constraints()


# History ------------------------------------------------------------------------------------------


def test_history_says_what_who_and_why(klient, forloeb, tina):
    maal = forloeb.maal.gaeldende()[0]
    for tekst, grund in (("Medhjælper på lager", "Færre mennesker"), ("Chauffør", "Vil køre")):
        services.gem_maal(forloeb, tekst=tekst, art="job", begrundelse=grund, maal=maal, af=tina)
    services.gem_maal(forloeb, tekst="Ny", art="job", rang=1, begrundelse="Endnu et", af=tina)
    maal.refresh_from_db()

    udgaver = maalhistorik.udgaver(maal)

    assert ["".join(s.tekst for s in u.stykker) for u in udgaver] == [
        "Chauffør",
        "Medhjælper på lager",
        "Medhjælper på bibliotek",
    ]
    assert [s.tekst for s in udgaver[1].stykker if s.kun_her] == ["lager"]
    assert [(u.af, u.begrundelse) for u in udgaver] == [
        (tina.navn, "Vil køre"),
        (tina.navn, "Færre mennesker"),
        (None, ""),
    ]
    assert "2 tidligere udgaver" in vist(klient.get(url("plan", forloeb.sag_id)))
    assert "Færre mennesker" in vist(klient.get(url("maal_udgaver", maal.pk)))


# In the page --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("noegle", "felt"),
    [
        ("maal-ny", "plads"),
        ("maal-{0}", "plads"),
        ("maal_naaet-{0}", "dato"),
        ("maal_ud-{0}", "begrundelse"),
        ("delmaal_ny-{0}", "forventet_dato"),
        ("delmaal-{1}", "naaet_dato"),
    ],
)
def test_a_form_opens_in_the_page(klient, forloeb, noegle, felt):
    maal = forloeb.maal.gaeldende()[0]
    noegle = noegle.format(maal.pk, DelmaalFactory(maal=maal).pk)

    svar = klient.get(url("plan", forloeb.sag_id), {"aaben": noegle})

    assert svar.status_code == 200
    assert f'name="{felt}"' in vist(svar)
    assert f'id="{noegle}"' in vist(svar)


@pytest.mark.parametrize("noegle", ["maal-", "maal-0", "maal-x", "ukendt-3", "maal-" + "9" * 40])
def test_a_key_that_opens_nothing_shows_the_page(klient, forloeb, noegle):
    svar = klient.get(url("plan", forloeb.sag_id), {"aaben": noegle})

    assert svar.status_code == 200
    assert svar.context["form"] is None


def test_reader_who_may_not_write_gets_no_form(som, forloeb):
    klient = som("sagsbehandler")
    TildelingFactory(sag=forloeb.sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)

    svar = klient.get(url("plan", forloeb.sag_id), {"aaben": "maal-ny"})

    assert 'name="plads"' not in vist(svar)


def test_refused_goal_keeps_the_input_in_the_page(klient, forloeb):
    maal = forloeb.maal.gaeldende()[0]
    data = {"tekst": "Chauffør", "art": "job", "plads": "1", "laas": maal.laas}

    svar = klient.post(url("maal", maal.pk), data)

    assert svar.status_code == 422
    for ventet in ("Skriv hvorfor", 'value="Chauffør"', "Tidslinje", "Medhjælper på bibliotek"):
        assert ventet in vist(svar)


def test_goal_and_milestone_are_written_and_lead_back_to_their_place(klient, forloeb):
    data = {"tekst": "Komme ud", "art": "", "plads": "3", "laas": "0"}
    svar = klient.post(url("maal_ny", forloeb.sag_id), data)
    nyt = forloeb.maal.get(tekst="Komme ud")
    assert svar.url == f"{url('plan', forloeb.sag_id)}#maal-{nyt.pk}"

    svar = klient.post(url("delmaal_ny", nyt.pk), {"tekst": "Gå til stranden", "laas": "0"})
    delmaal = nyt.delmaal.get()
    assert svar.url.endswith(f"#maal-{nyt.pk}")
    klient.post(url("delmaal", delmaal.pk), {"tekst": "Gå til åen", "laas": delmaal.laas})
    anden = klient.post(url("delmaal", delmaal.pk), {"tekst": "Gå ud", "laas": delmaal.laas})

    assert anden.status_code == 409
    assert "Gå til åen" in vist(anden)
    assert "Gå til åen" in vist(klient.get(url("plan", forloeb.sag_id)))


def test_goals_are_moved_by_buttons(klient, forloeb, tina):
    for tekst in ("C", "D"):
        services.gem_maal(forloeb, tekst=tekst, art="", af=tina)
    side = vist(klient.get(url("plan", forloeb.sag_id), {"aaben": "flyt-maal"}))
    assert side.count("Flyt op") == side.count("Flyt ned") == 3

    svar = klient.post(url("maal_flyt", forloeb.maal.get(tekst="D").pk), {"retning": "op"})
    assert "aaben=flyt-maal#maal-" in svar.url
    afvist = klient.post(url("maal_flyt", forloeb.maal.get(rang=1).pk), {"retning": "ned"})

    assert afvist.status_code == 422
    assert "job- eller uddannelsesmål" in vist(afvist)
    assert [tekst for _, tekst in raekken(forloeb)][2:] == ["D", "C"]


def test_goal_is_taken_out_reached_and_undone_in_the_page(klient, forloeb):
    foerste, andet = forloeb.maal.gaeldende()
    svar = klient.post(url("maal_ud", andet.pk), {"begrundelse": "", "laas": andet.laas})
    assert svar.status_code == 422
    assert "Skriv, hvorfor målet tages ud" in vist(svar)
    klient.post(url("maal_ud", andet.pk), {"begrundelse": "Sover godt", "laas": andet.laas})
    klient.post(url("maal_naaet", foerste.pk), {"dato": i_dag().strftime("%d.%m.%Y")})
    assert "Nået " in vist(klient.get(url("plan", forloeb.sag_id)))

    klient.post(url("maal_naaet", foerste.pk), {"fortryd": "1"})

    foerste.refresh_from_db()
    assert foerste.naaet_dato is None
    assert len(raekken(forloeb)) == 1


def test_goal_taken_out_meanwhile_says_so(klient, forloeb, tina):
    andet = forloeb.maal.gaeldende()[1]
    services.tag_maal_ud(andet, begrundelse="Hun sover godt", af=tina)
    data = {"tekst": "Sove", "art": "", "plads": "2", "laas": andet.laas, "retning": "op"}

    for navn in ("maal", "maal_flyt", "delmaal_ny"):
        svar = klient.post(url(navn, andet.pk), data, follow=True)
        assert "Målet er taget ud af planen" in vist(svar)
