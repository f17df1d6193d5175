"""The live page: written without JavaScript, by several hands, finalised by one."""

import re

import pytest
from django.urls import reverse

from borgere.models import Fase, Tildeling
from rehabilitering.models import Indsatstype, Indstilling
from ressource.kalender import i_dag
from ressource.models import Opslag, Rolle
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    ForberedendeDelFactory,
    IndstillingFactory,
    IndstillingslinjeFactory,
    LaegeattestFactory,
    MoededeltagerFactory,
    SparringsbookingFactory,
    SparringstidFactory,
    TeammoedeFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

# Statements of the page, whatever the number of lines and members.
ANTAL_LIVE = 19


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 10:00:00+01:00", tick=False)


@pytest.fixture
def punkt():
    """One case on today's agenda, with a written forberedende del."""
    moede = TeammoedeFactory(dato=i_dag())
    MoededeltagerFactory(moede=moede, bruger=moede.moedeleder, fagomraade="beskaeftigelse")
    punkt = DagsordenspunktFactory(moede=moede, sag__borger__fornavn="Anne")
    LaegeattestFactory(sag=punkt.sag, modtaget=True)
    tildel(punkt, moede.moedeleder)
    del_ = ForberedendeDelFactory(sag=punkt.sag, maal="Hjælper i plejehjem")
    del_.afsnit.create(kode="oensker_job_uddannelse", egne_ord="Jeg vil arbejde med børn")
    del_.afsnit.create(kode="helbred", egne_ord="Jeg sover dårligt")
    return punkt


def tildel(punkt, bruger):
    TildelingFactory(sag=punkt.sag, bruger=bruger, art=Tildeling.Art.TEAMMOEDE)
    return bruger


def medlem(punkt, rolle=Rolle.TEAMMEDLEM):
    bruger = BrugerFactory(roller=[rolle])
    MoededeltagerFactory(moede=punkt.moede, bruger=bruger)
    return tildel(punkt, bruger)


def adresse(punkt):
    return reverse("rehabilitering:live", args=[punkt.pk])


def linje(nr, kode="virksomhedspraktik", **felter):
    felter = {"indsatstype": Indsatstype.objects.get(kode=kode).pk, "formaal": "Prøve"} | felter
    return {f"linje-{nr}-{felt}": vaerdi for felt, vaerdi in felter.items()}


def data(handling="gem", laas=0, **felter):
    return {
        "laas": laas,
        "handling": handling,
        "udfald": "ressourceforloeb",
        "maal": "Hjælper i plejehjem",
        "maal_art": "job",
        "varighed_maaneder": "24",
        "enighed": "enige",
        "begrundelse": "Kan udvikles med korte dage",
        "mentor_formaal": "Komme ud ad døren",
        "mentor_opgaver": "Følge den første uge",
    } | felter


def fuld(handling="afslut", **felter):
    return data(handling, **felter) | linje(1) | linje(2, "mentor")


def tekst(response):
    return " ".join(response.content.decode().split())


def test_page_begins_with_the_citizens_own_words(som, punkt):
    tid = SparringstidFactory(start=klokken(i_dag(), 8))
    SparringsbookingFactory(
        tid=tid,
        sag=punkt.sag,
        svar="Korte dage er forsvarlige",
        er_afklaret=True,
        besvaret_af=tid.sundhedskoordinator,
        besvaret_den=klokken(i_dag(), 9),
    )

    side = tekst(som(punkt.moede.moedeleder).get(adresse(punkt)))

    assert side.index("Annes egne ord") < side.index("Teamet indstiller til")
    for stykke in (
        "Jeg vil arbejde med børn",
        "Hjælper i plejehjem",
        "Korte dage er forsvarlige",
        "Mindst 12, højst 36 (R2022)",
        "sag 1 af 1 · kl. 9.00–9.40",
        "Afslut indstilling",
    ):
        assert stykke in side


def test_looking_is_logged_on_the_case_and_creates_nothing(som, punkt):
    klient = som(punkt.moede.moedeleder)

    klient.get(adresse(punkt))

    opslag = Opslag.objects.get(bruger=klient.bruger)
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


def test_more_lines_than_there_is_room_for_are_refused_and_kept(som, punkt):
    klient = som(punkt.moede.moedeleder)
    linjer = {}
    for nr in range(1, 22):
        linjer |= linje(nr, formaal=f"Formål nr. {nr}.")

    svar = klient.post(adresse(punkt), data() | linjer)

    assert svar.status_code == 422
    assert "Indstillingen har 21 indsatser, og der er plads til 20." in tekst(svar)
    assert "Formål nr. 21." in tekst(svar)
    assert not Indstilling.objects.exists()
    assert klient.post(adresse(punkt), data("fjern-7") | linjer).status_code == 200


def test_page_of_another_case_from_before_does_not_erase_attendance(som, punkt):
    lederens, andens = punkt.moede.deltagere.get(), MoededeltagerFactory(moede=punkt.moede)
    naeste = DagsordenspunktFactory(moede=punkt.moede)
    LaegeattestFactory(sag=naeste.sag, modtaget=True)
    tildel(naeste, punkt.moede.moedeleder)
    klient = som(punkt.moede.moedeleder)
    klient.post(adresse(punkt), data(til_stede=[lederens.pk], til_stede_vist=""))

    klient.post(adresse(naeste), data(til_stede_vist=""))
    lederens.refresh_from_db()
    assert lederens.var_til_stede

    klient.post(adresse(naeste), data(laas=1, til_stede=[andens.pk], til_stede_vist=""))
    assert punkt.moede.deltagere.filter(var_til_stede=True).count() == 2

    begge = f"{lederens.pk},{andens.pk}"
    klient.post(adresse(naeste), data(laas=2, til_stede=[andens.pk], til_stede_vist=begge))
    assert punkt.moede.deltagere.get(var_til_stede=True) == andens


def test_draft_is_saved_with_lines_and_attendance(som, punkt):
    deltager = punkt.moede.deltagere.get()
    klient = som(punkt.moede.moedeleder)

    response = klient.post(
        adresse(punkt),
        data(til_stede=[deltager.pk]) | linje(1, start_dato="07.12.2026") | linje(7, "mentor"),
    )

    assert response.url == adresse(punkt)
    indstilling = Indstilling.objects.get()
    assert list(indstilling.linjer.values_list("nr", "indsatstype__kode")) == [
        (1, "virksomhedspraktik"),
        (2, "mentor"),
    ]
    deltager.refresh_from_db()
    assert deltager.var_til_stede
    side = tekst(klient.get(adresse(punkt)))
    assert f"Gemt 24.11.2026 kl. 10.00 af {klient.bruger.navn}" in side
    assert "07.12.2026" in side
    assert "Kladden kan afsluttes" in side


def test_adding_and_removing_a_line_stores_nothing_and_keeps_the_input(som, punkt):
    klient = som(punkt.moede.moedeleder)
    sendt = data("tilfoej", begrundelse="Halvt skrevet") | linje(1, formaal="Den første")

    flere = klient.post(adresse(punkt), sendt)
    assert flere.status_code == 200
    assert [x.nr for x in flere.context["linjesaet"].linjer] == [1, 2]
    assert "Halvt skrevet" in tekst(flere)
    assert "Den første" in tekst(flere)

    sendt |= linje(2, formaal="Den anden") | {"handling": "fjern-1"}
    faerre = klient.post(adresse(punkt), sendt)
    assert [x["formaal"].value() for x in faerre.context["linjesaet"].linjer] == ["Den anden"]
    assert not Indstilling.objects.exists()


def test_first_button_of_the_form_saves_the_draft(som, punkt):
    """Enter in a field presses the first button in the page that belongs to the form."""
    side = tekst(som(punkt.moede.moedeleder).get(adresse(punkt)))

    knapper = re.findall(r'name="handling" value="([^"]+)"', side)

    assert knapper[0] == "gem"


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"varighed_maaneder": "to år"}, "Varighed i måneder"),
        ({"udfald": "lotto"}, "Teamet indstiller til"),
        ({"linje-1-formaal": "Uden indsats"}, "Linje 1, indsats: Vælg, hvad indsatsen er."),
        (
            {"linje-1-start_dato": "32.13.2026", "linje-1-formaal": "x"},
            "Linje 1, start: Skriv datoen",
        ),
        ({"laas": "x"}, "laas"),
    ],
)
def test_invalid_draft_keeps_the_input(som, punkt, felter, fejl):
    response = som(punkt.moede.moedeleder).post(
        adresse(punkt), data(noter="Anne fortæller selv") | felter
    )

    assert response.status_code == 422
    assert fejl in tekst(response)
    assert "Anne fortæller selv" in tekst(response)
    assert not Indstilling.objects.exists()


def test_finalising_without_goal_and_purpose_names_the_line_and_stores_nothing(som, punkt):
    sendt = data("afslut", maal="") | linje(1) | linje(2, "mentor")
    sendt |= linje(3, "angst_stress", formaal="", beskrivelse="Angst på hold")

    response = som(punkt.moede.moedeleder).post(adresse(punkt), sendt)

    assert response.status_code == 422
    side = tekst(response)
    assert "Uden mål kan indstillingen ikke afsluttes" in side
    assert "Linje 3, Angst på hold: Skriv, hvad indsatsen skal føre til" in side
    assert side.count("linje--fejl") == 1
    assert "Kan udvikles med korte dage" in side
    assert not Indstilling.objects.exists()
    punkt.sag.refresh_from_db()
    assert punkt.sag.fase == Fase.MOEDE


def test_chair_finalises_and_cannot_do_it_again(som, punkt):
    klient = som(punkt.moede.moedeleder)

    response = klient.post(adresse(punkt), fuld())
    assert response.url == adresse(punkt)
    side = tekst(klient.get(adresse(punkt)))
    assert "Afsluttet" in side
    assert "<textarea" not in side

    igen = klient.post(adresse(punkt), fuld(laas=1, noter="Skrevet imens"))
    assert igen.status_code == 422
    assert "allerede afsluttet" in tekst(igen)
    assert "Skrevet imens" in tekst(igen)


def test_another_member_can_save_but_not_finalise(som, punkt):
    klient = som(medlem(punkt))

    assert "Afslut indstilling" not in tekst(klient.get(adresse(punkt)))
    assert klient.post(adresse(punkt), fuld("gem")).status_code == 302
    assert klient.post(adresse(punkt), fuld(laas=1)).status_code == 403
    assert not Indstilling.objects.get().er_afsluttet


def test_caseworker_reads_along_but_does_not_write(som, punkt):
    sagsbehandler = BrugerFactory()
    TildelingFactory(sag=punkt.sag, bruger=sagsbehandler)
    klient = som(sagsbehandler)

    side = klient.get(adresse(punkt))

    assert "Teamet er ikke begyndt på indstillingen" in tekst(side)
    assert klient.post(adresse(punkt), fuld("gem")).status_code == 403


def test_team_member_who_does_not_sit_in_the_meeting_does_not_write(som, punkt):
    bruger = tildel(punkt, BrugerFactory(roller=[Rolle.TEAMMEDLEM]))
    klient = som(bruger)

    assert klient.get(adresse(punkt)).status_code == 200
    assert klient.post(adresse(punkt), fuld("gem")).status_code == 403


def test_two_who_save_at_once_keep_both_texts(som, punkt):
    leder, anden = som(punkt.moede.moedeleder), som(medlem(punkt))
    leder.post(
        adresse(punkt),
        data(begrundelse="Lederens begrundelse", udfald="fleksjob")
        | linje(1, formaal="Lederens formål")
        | linje(2, "mentor", formaal="Kun hos lederen"),
    )

    response = anden.post(
        adresse(punkt),
        data("afslut", begrundelse="Min begrundelse", noter="Kun hos mig")
        | linje(3, formaal="Mit formål", start_dato="07.12.2026")
        | linje(4, "traening", formaal="Også kun hos mig"),
    )

    assert response.status_code == 409
    side = tekst(response)
    for stykke in (
        "Lederens",
        "Min",
        "Kun hos mig",
        "Kun hos lederen",
        "Også kun hos mig",
        "Linje 1: formål",
        "Fleksjob",
        "Ressourceforløb",
        punkt.moede.moedeleder.navn,
    ):
        assert stykke in side
    assert 'name="handling"' not in side
    assert "Linje 2: formål" not in side
    gemt = Indstilling.objects.get()
    assert gemt.begrundelse == "Lederens begrundelse"


def test_after_a_conflict_what_was_chosen_is_saved_as_a_draft(som, punkt):
    leder, anden = som(punkt.moede.moedeleder), som(medlem(punkt))
    leder.post(adresse(punkt), data(begrundelse="Lederens") | linje(1))
    konflikt = anden.post(adresse(punkt), data(begrundelse="Min") | linje(1))
    felter = re.findall(
        r'name="([\w-]+)" value="([^"]*)"',
        konflikt.content.decode().split("Eller saml dem")[1],
    )
    valgt = {navn: v for navn, v in felter if navn != "csrfmiddlewaretoken"}

    response = anden.post(adresse(punkt), valgt | {"begrundelse": "Begges ord"})

    assert response.url == adresse(punkt)
    gemt = Indstilling.objects.get()
    assert (gemt.begrundelse, gemt.laas) == ("Begges ord", 2)
    assert gemt.linjer.get().formaal == "Prøve"


def test_attendance_taken_away_survives_a_conflict(som, punkt):
    leder, anden = som(punkt.moede.moedeleder), som(medlem(punkt))
    lederens, andens = punkt.moede.deltagere.order_by("pk")
    begge = f"{lederens.pk},{andens.pk}"
    leder.post(adresse(punkt), data(til_stede=[lederens.pk, andens.pk]) | linje(1))

    konflikt = anden.post(
        adresse(punkt),
        data(begrundelse="Min", til_stede=[andens.pk], til_stede_vist=begge) | linje(1),
    )
    felter = re.findall(
        r'name="([\w-]+)" value="([^"]*)"', konflikt.content.decode().split("Eller saml dem")[1]
    )
    valgt = {navn: v for navn, v in felter if navn != "csrfmiddlewaretoken"}
    anden.post(adresse(punkt), valgt | {"begrundelse": "Begges ord"})

    assert Indstilling.objects.get().begrundelse == "Begges ord"
    assert punkt.moede.deltagere.get(var_til_stede=True) == andens


def test_conflict_page_is_logged_as_a_look_up(som, punkt):
    leder, anden = som(punkt.moede.moedeleder), som(medlem(punkt))
    leder.post(adresse(punkt), data(begrundelse="Lederens") | linje(1))

    anden.post(adresse(punkt), data(begrundelse="Min") | linje(1))

    assert Opslag.objects.get(bruger=anden.bruger).sag_id == punkt.sag_id


def test_lock_number_never_given_out_loses_nothing(som, punkt):
    response = som(punkt.moede.moedeleder).post(adresse(punkt), data(laas=7) | linje(1))

    assert response.status_code == 302
    assert Indstilling.objects.get().linjer.count() == 1


def test_same_draft_sent_twice_is_no_conflict(som, punkt):
    klient = som(punkt.moede.moedeleder)

    for _ in range(2):
        assert klient.post(adresse(punkt), fuld("gem")).status_code == 302

    assert Indstilling.objects.get().linjer.count() == 2


def test_what_two_wrote_in_different_places_is_merged(som, punkt):
    leder, anden = som(punkt.moede.moedeleder), som(medlem(punkt))
    lederens, andens = punkt.moede.deltagere.order_by("pk")
    leder.post(adresse(punkt), data(til_stede=[lederens.pk]) | linje(1))

    response = anden.post(
        adresse(punkt),
        data("afslut", udfald="", til_stede=[andens.pk]) | linje(1, "mentor", formaal="Følges"),
    )

    assert response.status_code == 302
    gemt = Indstilling.objects.get()
    assert (gemt.udfald, gemt.er_afsluttet) == ("ressourceforloeb", False)
    assert list(gemt.linjer.values_list("indsatstype__kode", "formaal")) == [
        ("mentor", "Følges"),
        ("virksomhedspraktik", "Prøve"),
    ]
    assert set(punkt.moede.deltagere.values_list("var_til_stede", flat=True)) == {True}


@pytest.mark.parametrize("antal", [1, 3, 15])
def test_page_costs_the_same(som, punkt, django_assert_num_queries, antal):
    sag = punkt.sag
    sag.fase = Fase.INDSTILLING
    sag.save()
    indstilling = IndstillingFactory(punkt=punkt)
    for nr in range(antal):
        IndstillingslinjeFactory(indstilling=indstilling, nr=nr + 1)
        MoededeltagerFactory(moede=punkt.moede)
    klient = som(punkt.moede.moedeleder)

    with django_assert_num_queries(ANTAL_LIVE):
        klient.get(adresse(punkt))
