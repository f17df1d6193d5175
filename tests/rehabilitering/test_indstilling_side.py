"""The live page: written without JavaScript, by several hands, finalised by one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from borgere.models import Fase, Tildeling
from rehabilitering.models import Indstilling, Moedenote, Punktdeltager, Tekststykke
from rehabilitering.services import indstilling_kladde as kladder
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag, Rolle
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    MoededeltagerFactory,
    SparringsbookingFactory,
    SparringstidFactory,
    TeammoedeFactory,
    TildelingFactory,
    klokken,
)
from tests.rehabilitering.livedata import Formular, adresse, send, tekst, tilfoej, type_, vist

pytestmark = pytest.mark.django_db

# Statements of the page, and of its question for news, whatever the number of lines and members.
ANTAL_LIVE = 31
ANTAL_NYT = 22

FULD = {
    "udfald": "ressourceforloeb",
    "maal": "Hjælper i plejehjem",
    "maal_art": "job",
    "varighed_maaneder": "24",
    "maalgruppebetingelse": "1",
    "enighed": "enige",
    "begrundelse": "Kan udvikles med korte dage",
    "muligheder": "Job i en lille gruppe",
    "mentor_formaal": "Komme ud ad døren",
    "mentor_opgaver": "Følge den første uge",
    "sundhedskoordinators_vurdering": "Korte dage er forsvarlige",
}
LAAST_FELT = "En anden skrev samtidig i «Begrundelse»"


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 09:10:00+01:00", tick=False)


@pytest.fixture
def punkt():
    """One case on today's agenda, with a written forberedende del and everybody the set wants."""
    moede = TeammoedeFactory(dato=i_dag())
    MoededeltagerFactory(moede=moede, bruger=moede.moedeleder, fagomraade="beskaeftigelse")
    for omraade in ("social", "sundhed", "region", "virksomhed", "undervisning", "familie"):
        MoededeltagerFactory(moede=moede, fagomraade=omraade)
    punkt = DagsordenspunktFactory(moede=moede, sag__borger__fornavn="Anne")
    tildel(punkt, moede.moedeleder)
    del_ = punkt.sag.forberedende_dele.get()
    del_.maal = "Hjælper i plejehjem"
    del_.save()
    del_.afsnit.all().delete()
    del_.afsnit.create(kode="oensker_job_uddannelse", egne_ord="Jeg vil arbejde med børn")
    del_.afsnit.create(kode="helbred", egne_ord="Jeg sover dårligt")
    return punkt


@pytest.fixture
def leder(som, punkt):
    return som(punkt.moede.moedeleder)


@pytest.fixture
def tina(som, punkt):
    return som(medlem(punkt))


def tildel(punkt, bruger):
    TildelingFactory(sag=punkt.sag, bruger=bruger, art=Tildeling.Art.TEAMMOEDE)
    return bruger


def medlem(punkt, rolle=Rolle.TEAMMEDLEM):
    bruger = BrugerFactory(roller=[rolle])
    MoededeltagerFactory(moede=punkt.moede, bruger=bruger)
    return tildel(punkt, bruger)


def fuldt_udkast(klient, punkt):
    """A draft that can be finalised; ids of its two lines."""
    send(klient, punkt, FULD)
    return [
        tilfoej(klient, punkt, "virksomhedspraktik", formaal="Prøve"),
        tilfoej(klient, punkt, "mentor", formaal="Ud ad døren"),
    ]


def nyt(klient, punkt, stand=""):
    return klient.get(reverse("rehabilitering:live_nyt", args=[punkt.pk]), {"stand": stand})


def test_page_begins_with_the_citizens_own_words(leder, punkt):
    tid = SparringstidFactory(start=klokken(i_dag(), 8))
    SparringsbookingFactory(
        tid=tid,
        sag=punkt.sag,
        svar="Korte dage er forsvarlige",
        er_afklaret=True,
        besvaret_af=tid.sundhedskoordinator,
        besvaret_den=klokken(i_dag(), 9),
    )

    side = tekst(leder.get(adresse(punkt)))

    assert side.index("Annes egne ord") < side.index("Teamet indstiller til")
    for stykke in (
        "Jeg vil arbejde med børn",
        "Hjælper i plejehjem",
        "Korte dage er forsvarlige",
        "Mindst 12, højst 36 (R2022)",
        "sag 1 af 1 · kl. 9.00–9.40",
        "30 min. tilbage",
        "Afslut indstilling",
    ):
        assert stykke in side


def test_presentation_round_names_everybody_with_area_and_mandate(leder, punkt):
    punkt.moede.deltagere.filter(fagomraade="social").update(mandat="Mentor og kontaktperson")
    Punktdeltager.objects.create(
        punkt=punkt, art="bisidder", navn="Lars Bach", tilfoejet_af=punkt.sat_paa_af
    )

    side = tekst(leder.get(adresse(punkt)))

    for stykke in (
        "Beskæftigelse, mødeleder",
        "Social · mandat: Mentor og kontaktperson",
        "<strong>Lars Bach</strong>",
        "Bisidder",
        "Sådan går mødet",
    ):
        assert stykke in side


def test_looking_is_logged_on_the_case_and_creates_nothing(leder, punkt):
    leder.get(adresse(punkt))
    nyt(leder, punkt)

    opslag = Opslag.objects.get(bruger=leder.bruger)
    assert (opslag.objekt, opslag.sag_id) == ("live", punkt.sag_id)
    assert not Indstilling.objects.exists()


def test_virksomhedskonsulent_sees_health_only_from_the_day_of_the_meeting(
    som, punkt, time_machine
):
    klient = som(medlem(punkt, Rolle.VIRKSOMHEDSKONSULENT))
    assert "Jeg sover dårligt" in tekst(klient.get(adresse(punkt)))

    time_machine.move_to("2026-11-23 10:00:00+01:00", tick=False)
    klient = som(klient.bruger)
    foer = tekst(klient.get(adresse(punkt)))

    assert "Jeg sover dårligt" not in foer
    assert "Jeg vil arbejde med børn" in foer
    assert "Indstillingen kan skrives fra mødedagen" in foer


def test_virksomhedskonsulent_reads_health_only_from_meetings_she_sits_in(som, punkt):
    del_ = punkt.sag.forberedende_dele.get()
    del_.afsnit.filter(kode="helbred").update(uenig="At smerterne er forbigående")
    IndstillingFactory(punkt=punkt, afsluttet=True, begrundelse="Svære smerter i ryggen")
    udenfor = som(tildel(punkt, BrugerFactory(roller=[Rolle.VIRKSOMHEDSKONSULENT])))
    deltager = som(medlem(punkt, Rolle.VIRKSOMHEDSKONSULENT))
    sider = (adresse(punkt), reverse("rehabilitering:sag_moede", args=[punkt.sag_id]))

    for side in sider:
        skjult = tekst(udenfor.get(side))
        assert "Medhjælper på bibliotek" in skjult
        for helbred in ("Svære smerter", "Jeg sover dårligt", "At smerterne er"):
            assert helbred not in skjult
        assert "Svære smerter" in tekst(deltager.get(side))
    assert nyt(udenfor, punkt).status_code == 204
    assert "At smerterne er" in tekst(deltager.get(adresse(punkt)))


def test_the_uddannelsesvejleder_reads_the_education_part_and_the_reasons(som, punkt):
    del_ = punkt.sag.forberedende_dele.get()
    del_.afsnit.filter(kode="helbred").update(uenig="At smerterne er forbigående")
    del_.afsnit.create(kode="udfordringer_social", egne_ord="Jeg har gæld.")
    IndstillingFactory(punkt=punkt, begrundelse="Korte dage")

    side = tekst(som(medlem(punkt, Rolle.UDDANNELSESVEJLEDER)).get(adresse(punkt)))

    for stykke in ("Jeg vil arbejde med børn", "Hjælper i plejehjem", "Korte dage"):
        assert stykke in side
    for skjult in ("Jeg sover dårligt", "At smerterne er", "Jeg har gæld"):
        assert skjult not in side


def test_draft_is_saved_with_lines_that_can_be_moved_taken_out_and_put_back(leder, punkt):
    praktik, mentor = fuldt_udkast(leder, punkt)
    traening = tilfoej(leder, punkt, "traening", start_dato="07.12.2026", mandat="Sundhed")
    indstilling = Indstilling.objects.get()

    send(leder, punkt, handling=f"op-{traening}")
    send(leder, punkt, handling=f"ned-{praktik}")
    send(leder, punkt, handling=f"ned-{mentor}")
    assert list(indstilling.linjer.gaeldende().values_list("pk", flat=True)) == [
        traening,
        praktik,
        mentor,
    ]

    side = tekst(send(leder, punkt, handling=f"fjern-{traening}"))
    assert list(indstilling.linjer.gaeldende().values_list("nr", "pk")) == [
        (1, praktik),
        (2, mentor),
    ]
    side = tekst(leder.get(adresse(punkt)))
    assert "1 indsats taget ud" in side
    assert re.search(rf"Gemt [^<]*af {leder.bruger.navn}", side)

    send(leder, punkt, handling=f"genindsaet-{traening}")
    tilbage = indstilling.linjer.gaeldende().get(nr=3)
    assert (tilbage.pk, tilbage.mandat, tilbage.start_dato.isoformat()) == (
        traening,
        "Sundhed",
        "2026-12-07",
    )


def test_more_lines_than_there_is_room_for_are_refused_and_the_text_is_saved(leder, punkt):
    send(leder, punkt, {"maal": "Bibliotek"})
    for nr in range(1, 21):
        IndstillingslinjeFactory(indstilling=Indstilling.objects.get(), nr=nr)

    ny = {"ny_indsats": type_("mentor").pk, "begrundelse": "Skrevet samtidig"}
    svar = send(leder, punkt, ny, handling="tilfoej")

    assert svar.status_code == 422
    assert "Indstillingen har 20 indsatser, og der er plads til 20." in tekst(svar)
    assert Indstilling.objects.get().begrundelse == "Skrevet samtidig"


def test_first_button_of_the_form_saves_the_draft(leder, punkt):
    """Enter in a field presses the first button in the page that belongs to the form."""
    knapper = re.findall(r'name="handling" value="([^"]+)"', tekst(leder.get(adresse(punkt))))

    assert knapper[0] == "gem"


def test_ready_sentence_is_put_last_in_the_text(leder, punkt):
    stykke = Tekststykke.objects.filter(sted="indstilling").first()

    send(leder, punkt, {"begrundelse": "Først."}, handling=f"stykke-{stykke.pk}-begrundelse")

    assert Indstilling.objects.get().begrundelse == f"Først.\n\n{stykke.tekst}"


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"varighed_maaneder": "to år"}, "Varighed i måneder"),
        ({"udfald": "lotto"}, "Teamet indstiller til"),
        ({"maal": "x" * 201}, "Første job- eller uddannelsesmål"),
    ],
)
def test_what_cannot_be_saved_keeps_its_input_and_the_rest_is_saved(leder, punkt, felter, fejl):
    svar = send(leder, punkt, {"noter": "Anne fortæller selv"} | felter)

    assert svar.status_code == 422
    assert fejl in tekst(svar)
    assert next(iter(felter.values())) in tekst(svar)
    assert Indstilling.objects.get().noter == "Anne fortæller selv"


def test_wrong_date_on_a_line_names_the_line(leder, punkt):
    pk = tilfoej(leder, punkt, "mentor")

    svar = send(leder, punkt, {f"linje-{pk}-start_dato": "32.13.2026"})

    assert svar.status_code == 422
    assert "Linje 1, start: Skriv datoen" in tekst(svar)


def test_reason_goes_only_with_the_outcomes_that_have_one(leder, punkt):
    send(leder, punkt, {"udfald": "udsat", "aarsag": "tid"})
    assert Indstilling.objects.get().aarsag == "tid"

    assert send(leder, punkt, {"udfald": "fleksjob"}).status_code == 302
    assert Indstilling.objects.get().aarsag == ""


def test_finalising_without_goal_and_purpose_names_the_line_and_keeps_the_draft(leder, punkt):
    fuldt_udkast(leder, punkt)
    tilfoej(leder, punkt, "angst_stress", beskrivelse="Angst på hold")

    response = send(leder, punkt, {"maal": ""}, handling="afslut")

    assert response.status_code == 422
    side = tekst(response)
    assert "Uden mål kan indstillingen ikke afsluttes" in side
    assert "Linje 3, Angst på hold: Skriv, hvad indsatsen skal føre til" in side
    assert side.count("linje--fejl") == 1
    punkt.sag.refresh_from_db()
    assert punkt.sag.fase == Fase.INDSTILLING


def test_chair_finalises_and_what_comes_later_is_laid_aside(leder, tina, punkt):
    fuldt_udkast(leder, punkt)
    senere = vist(tina, punkt) | {"begrundelse": "Skrevet imens"}

    assert send(leder, punkt, handling="afslut").url == adresse(punkt)
    side = tekst(leder.get(adresse(punkt)))
    assert "Afsluttet" in side
    assert "<textarea" not in side
    assert "Mødeleder har afsluttet" in tekst(nyt(tina, punkt))

    for selv in (True, False):
        igen = send(tina, punkt, fra=senere, selv=selv)
        assert igen.status_code == 422
        assert "allerede afsluttet" in tekst(igen)
        assert "er lagt til side" in tekst(igen)
    lagt = Indstilling.objects.get().sidelagte.get()
    assert (lagt.tekst, lagt.skrevet_af) == ("Skrevet imens", tina.bruger)


def test_chair_who_has_not_seen_all_of_it_reads_it_before_finalising(leder, tina, punkt):
    fuldt_udkast(leder, punkt)
    set_side = vist(leder, punkt)
    send(tina, punkt, {"muligheder": "Tinas tilføjelse"})

    send(leder, punkt, fra=set_side, handling="afslut")
    assert not Indstilling.objects.get().er_afsluttet
    assert "En anden har skrevet imens" in tekst(leder.get(adresse(punkt)))

    send(leder, punkt, handling="afslut")
    assert Indstilling.objects.get().er_afsluttet


def test_another_member_can_save_but_not_finalise(leder, tina, punkt):
    fuldt_udkast(tina, punkt)

    assert "Afslut indstilling" not in tekst(tina.get(adresse(punkt)))
    assert send(tina, punkt, handling="afslut").status_code == 403
    assert not Indstilling.objects.get().er_afsluttet


def test_caseworker_reads_along_but_does_not_write(som, punkt):
    sagsbehandler = BrugerFactory()
    TildelingFactory(sag=punkt.sag, bruger=sagsbehandler)
    klient = som(sagsbehandler)

    side = klient.get(adresse(punkt))

    assert "Teamet er ikke begyndt på indstillingen" in tekst(side)
    assert send(klient, punkt, FULD, fra={}).status_code == 403


def test_team_member_who_does_not_sit_in_the_meeting_does_not_write(som, punkt):
    klient = som(tildel(punkt, BrugerFactory(roller=[Rolle.TEAMMEDLEM])))

    assert klient.get(adresse(punkt)).status_code == 200
    assert send(klient, punkt, FULD, fra={}).status_code == 403


def test_attendance_of_members_and_of_those_of_the_case(leder, punkt):
    bisidder = Punktdeltager.objects.create(
        punkt=punkt, art="bisidder", navn="Lars Bach", tilfoejet_af=punkt.sat_paa_af
    )
    virksomhed = punkt.moede.deltagere.get(fagomraade="virksomhed")

    send(
        leder,
        punkt,
        {f"medlem-{virksomhed.pk}-var_til_stede": "nej", "deltager-0-var_til_stede": "ja"},
        handling="alle",
    )

    fremmoede = dict(punkt.moede.deltagere.values_list("fagomraade", "var_til_stede"))
    assert fremmoede.pop("virksomhed") is False
    assert set(fremmoede.values()) == {True}
    borger = punkt.deltagere.get(art="borger")
    bisidder.refresh_from_db()
    assert (borger.navn, borger.var_til_stede) == (punkt.sag.borger.navn, True)
    assert bisidder.var_til_stede
    assert not Indstilling.objects.exists()
    assert Haendelse.objects.filter(kode="fremmoede.registreret", objekt_id=punkt.pk).exists()


def test_citizen_who_is_not_there_needs_a_reason_before_finalising(leder, punkt):
    fuldt_udkast(leder, punkt)

    uden = send(leder, punkt, {"deltager-0-var_til_stede": "nej"}, handling="afslut")
    assert uden.status_code == 422
    assert "Skriv, hvorfor borgeren ikke er med." in tekst(uden)

    grund = {"deltager-0-fravaer_grund": "Indlagt, ville gerne behandles alligevel"}
    assert send(leder, punkt, grund, handling="afslut").status_code == 302
    assert Indstilling.objects.get().er_afsluttet


def test_notes_are_read_by_the_others_only_when_shared(leder, tina, punkt):
    send(tina, punkt, {"note-faelles": "Se stedet først", "note-egen": "Husk tolk"})
    send(tina, punkt, {"note-egen": "Husk tolken"})

    for side in (tekst(leder.get(adresse(punkt))), tekst(nyt(leder, punkt))):
        assert "Se stedet først" in side
        assert "Husk tolk" not in side
    assert vist(tina, punkt)["note-egen"] == "Husk tolken"
    assert Moedenote.objects.count() == 2
    assert not Indstilling.objects.exists()


def test_notes_can_still_be_read_when_the_chair_has_finalised(leder, tina, punkt):
    send(tina, punkt, {"note-faelles": "Se stedet først", "note-egen": "Husk tolk"})
    fuldt_udkast(leder, punkt)
    assert send(leder, punkt, {}, handling="afslut").status_code == 302

    lederens, tinas = tekst(leder.get(adresse(punkt))), tekst(tina.get(adresse(punkt)))

    assert "Se stedet først" in lederens
    assert "Husk tolk" not in lederens
    assert "Husk tolk" in tinas


def test_two_who_save_in_different_fields_never_meet(leder, tina, punkt):
    praktik, mentor = fuldt_udkast(leder, punkt)
    fra_foer = vist(tina, punkt)
    send(leder, punkt, {"begrundelse": "Lederens", f"linje-{praktik}-formaal": "Lederens formål"})

    mit = {"muligheder": "Mine", f"linje-{mentor}-formaal": "Mit formål"}
    response = send(tina, punkt, mit, fra=fra_foer)

    assert response.status_code == 302
    gemt = Indstilling.objects.get()
    assert (gemt.begrundelse, gemt.muligheder) == ("Lederens", "Mine")
    assert set(gemt.linjer.values_list("formaal", flat=True)) == {"Lederens formål", "Mit formål"}
    assert not gemt.sidelagte.exists()


def test_two_in_the_same_field_see_both_texts_and_choose(leder, tina, punkt):
    praktik, _ = fuldt_udkast(leder, punkt)
    fra_foer = vist(tina, punkt)
    send(leder, punkt, {"begrundelse": "Lederens", "udfald": "fleksjob"})
    mit = {"begrundelse": "Min", "udfald": "foertidspension", f"linje-{praktik}-formaal": "Mit"}

    konflikt = send(tina, punkt, mit, fra=fra_foer, handling="afslut")

    assert konflikt.status_code == 409
    side = tekst(konflikt)
    for stykke in ("Lederens", "Min", "Fleksjob", "Førtidspension", leder.bruger.navn):
        assert stykke in side
    gemt = Indstilling.objects.get()
    assert (gemt.begrundelse, gemt.udfald) == ("Lederens", "fleksjob")
    assert gemt.linjer.get(pk=praktik).formaal == "Mit"
    assert gemt.sidelagte.get().tekst == "Min"
    assert Opslag.objects.filter(bruger=tina.bruger, objekt="live").exists()

    valgt = Formular(konflikt.content.decode().split("Eller saml dem")[1]).felter
    response = tina.post(adresse(punkt), valgt | {"begrundelse": "Begges ord"})
    assert response.url == adresse(punkt)
    gemt.refresh_from_db()
    assert (gemt.begrundelse, gemt.udfald) == ("Begges ord", "foertidspension")
    assert not gemt.er_afsluttet
    lagt = set(gemt.sidelagte.values_list("tekst", "skrevet_af"))
    assert lagt == {("Min", tina.bruger.pk), ("Lederens", leder.bruger.pk)}


def test_page_that_saves_itself_keeps_the_first_text_and_lays_the_other_aside(leder, tina, punkt):
    send(leder, punkt, {"begrundelse": "Fra før"})
    fra_foer = vist(tina, punkt)
    send(leder, punkt, {"begrundelse": "Lederens"}, selv=True)

    svar = send(tina, punkt, {"begrundelse": "Min", "maal": "Mit"}, fra=fra_foer, selv=True)

    assert svar.status_code == 200
    assert LAAST_FELT in tekst(svar)
    assert "begrundelse-version" not in tekst(svar)
    assert 'name="maal-version"' in tekst(svar)
    assert 'name="laas"' not in tekst(svar)
    gemt = Indstilling.objects.get()
    assert (gemt.begrundelse, gemt.maal) == ("Lederens", "Mit")
    assert gemt.sidelagte.get().tekst == "Min"
    assert "Lederens" in tekst(nyt(tina, punkt))


def test_same_form_sent_twice_and_a_line_taken_out_meanwhile_lose_nothing(leder, tina, punkt):
    praktik, _ = fuldt_udkast(leder, punkt)
    fra_foer = vist(tina, punkt)
    for _ in range(2):
        assert send(tina, punkt, {"maal": "Mit"}, fra=fra_foer, selv=True).status_code == 200
    send(leder, punkt, handling=f"fjern-{praktik}")

    svar = send(tina, punkt, {f"linje-{praktik}-formaal": "For sent"}, fra=fra_foer)

    assert svar.status_code == 302
    assert "har taget indsatsen ud" in tekst(tina.get(adresse(punkt)))
    lagt = Indstilling.objects.get().sidelagte.get()
    assert (lagt.tekst, lagt.linje_id) == ("For sent", praktik)


def test_news_come_once_with_value_and_fingerprint(leder, tina, punkt):
    praktik, _ = fuldt_udkast(leder, punkt)

    svar = nyt(tina, punkt)

    side = tekst(svar)
    vaerdier = re.findall(r'data-felt="([^"]+)" data-aftryk="[^"]+" value="([^"]*)"', side)
    paa_siden = vist(tina, punkt)
    assert len(vaerdier) > 30
    assert {navn: v for navn, v in vaerdier if v != paa_siden.get(navn, "")} == {}
    assert f'id="linje-{praktik}"' in side
    assert nyt(tina, punkt, svar["Stand"]).status_code == 204
    send(leder, punkt, {"begrundelse": "Nyt"})
    assert nyt(tina, punkt, svar["Stand"]).status_code == 200


def test_a_save_of_its_own_writes_one_event_per_person_and_sitting(leder, tina, punkt):
    for nr in range(3):
        send(leder, punkt, {"begrundelse": f"Udgave {nr}"}, selv=True)
    send(tina, punkt, {"maal": "Mit"}, selv=True)

    skrevet = Haendelse.objects.filter(kode="indstilling.gemt").order_by("pk")
    assert [h.af for h in skrevet] == [leder.bruger, tina.bruger]
    gemt = Indstilling.objects.get()
    historik = Indstilling.pgh_event_model.objects.filter(pgh_obj_id=gemt.pk)
    assert {h.begrundelse for h in historik} >= {"Udgave 0", "Udgave 1"}


def test_every_save_locks_the_case_before_its_item(leder, punkt):
    """Notes and text go together; another order than the others' is a deadlock."""
    sendt = vist(leder, punkt)

    for felter in ({"note-egen": "Mit"}, {"deltager-0-var_til_stede": "ja"}, {"maal": "Mit"}):
        with CaptureQueriesContext(connection) as sql:
            assert send(leder, punkt, felter, fra=sendt, selv=True).status_code == 200
        laase = [q["sql"] for q in sql if "FOR UPDATE" in q["sql"]]
        assert 'FROM "borgere_sag"' in laase[0]
        assert 'FROM "rehabilitering_dagsordenspunkt"' in laase[1]


def test_stranger_to_the_case_gets_no_line_of_another_indstilling(leder, punkt):
    fremmed = IndstillingslinjeFactory()
    send(leder, punkt, FULD)

    send(leder, punkt, {f"linje-{fremmed.pk}-formaal": "Skrevet udefra"})
    kladder.fjern_linje(Indstilling.objects.get(punkt=punkt), fremmed.pk, af=leder.bruger)

    fremmed.refresh_from_db()
    assert (fremmed.formaal == "Skrevet udefra", fremmed.fjernet_den) == (False, None)


@pytest.mark.parametrize("antal", [1, 3, 15])
def test_page_costs_the_same(leder, punkt, django_assert_num_queries, antal):
    sag = punkt.sag
    sag.fase = Fase.INDSTILLING
    sag.save()
    indstilling = IndstillingFactory(punkt=punkt)
    for nr in range(antal):
        IndstillingslinjeFactory(indstilling=indstilling, nr=nr + 1)
        MoededeltagerFactory(moede=punkt.moede)
        bruger = BrugerFactory()
        punkt.noter.create(forfatter=bruger, er_faelles=True, tekst="Set")
        indstilling.sidelagte.create(felt="maal", tekst="Andet", skrevet_af=bruger)

    with django_assert_num_queries(ANTAL_LIVE):
        leder.get(adresse(punkt))
    with django_assert_num_queries(ANTAL_NYT):
        nyt(leder, punkt)
