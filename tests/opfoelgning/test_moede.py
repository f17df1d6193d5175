"""Follow-ups through the browser's eyes: agreed, written, closed, refused, printed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from borgere.models import Fase
from opfoelgning import dokumenter
from opfoelgning.models import Opfoelgningsmoede, Tilstand
from ressource.models import Haendelse, Opslag
from ressource.pdf import PdfUtilgaengelig
from tests.factories import (
    BrugerFactory,
    IndsatsFactory,
    OpfoelgningsmoedeFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import efter_teammoede, i_forloeb

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 14), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("koordinerende", navn="Maja Kirkegaard")


@pytest.fixture
def moede(klient):
    """An agreed follow-up today, with one running effort."""
    return i_forloeb(klient.bruger, moede=IDAG).opfoelgningsmoeder.get(nr=2)


def adresse(moede, navn="moede") -> str:
    return reverse(f"opfoelgning:{navn}", args=[moede.pk])


def udfyldt(moede, **felter) -> dict[str, str]:
    indsatser = [i for f in moede.sag.forloeb.all() for i in f.indsatser.all()]
    return (
        {
            "laas": str(moede.laas),
            "form": "personligt",
            "sted": "Rådhuset",
            "mentor_var_med": "ja",
            "referat": "Det går fremad",
            "skitse": "12 timer om ugen",
            "naeste_dato": "05.01.2027",
            "naeste_kl": "13.00",
            "naeste_sted": "Kantinen",
            "trin": "luk",
        }
        | {f"hvad_skete_{i.pk}": "Tre dage om ugen" for i in indsatser}
        | {f"naeste_tre_maaneder_{i.pk}": "Kassen om fredagen" for i in indsatser}
        | felter
    )


def test_meeting_is_agreed_and_stands_on_the_list(klient):
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=klient.bruger)

    svar = klient.post(
        reverse("opfoelgning:moede_ny", args=[sag.pk]),
        {"dato": "1/12/2026", "kl": "9:30", "sted": "Rådhuset", "form": "video"},
        follow=True,
    )

    assert svar.redirect_chain == [(reverse("opfoelgning:liste", args=[sag.pk]), 302)]
    html = svar.content.decode()
    assert "Opfølgning nr. 1 er aftalt til 01.12.2026 kl. 9.30" in html
    assert "Rådhuset, video" in html


def test_talk_already_held_goes_on_to_its_form(klient):
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=klient.bruger)

    svar = klient.post(
        reverse("opfoelgning:moede_ny", args=[sag.pk]),
        {"dato": "20.11.2026", "kl": "9.30", "sted": "Telefon", "form": "telefon"},
    )

    assert svar.url == adresse(Opfoelgningsmoede.objects.get())


def test_weekend_is_allowed_with_a_word(klient):
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=klient.bruger)

    svar = klient.post(
        reverse("opfoelgning:moede_ny", args=[sag.pk]),
        {"dato": "28.11.2026", "kl": "9.30", "sted": "Caféen", "form": "personligt"},
        follow=True,
    )

    assert "Mødet ligger i en weekend." in svar.content.decode()


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"dato": "25.12.2026"}, "Der er lukket 25.12.2026"),
        ({"dato": "31.11.2026"}, "Skriv datoen som dag.måned.år"),
        ({"kl": "25.00"}, "Skriv klokkeslættet som timer.minutter"),
        ({"sted": ""}, "Dette felt er påkrævet"),
        ({"dato": "01.12.2062"}, "Kontrollér årstallet"),
    ],
)
def test_meeting_that_cannot_be_is_refused_with_the_input_kept(klient, felter, fejl):
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=klient.bruger)
    data = {"dato": "01.12.2026", "kl": "9.30", "sted": "Hos Bo", "form": "video"} | felter

    svar = klient.post(reverse("opfoelgning:moede_ny", args=[sag.pk]), data)

    html = svar.content.decode()
    assert svar.status_code == 422
    assert fejl in html
    for vaerdi in filter(None, (data["dato"], data["kl"], data["sted"])):
        assert f'value="{vaerdi}"' in html
    assert not Opfoelgningsmoede.objects.exists()


def test_form_is_built_from_the_plan_with_last_times_promise(klient, moede):
    klient.post(adresse(moede), udfyldt(moede))
    naeste = Opfoelgningsmoede.objects.get(nr=3)

    html = klient.get(adresse(naeste)).content.decode()

    assert "Det aftalte vi 24.11.2026" in html
    assert "Kassen om fredagen" in html
    assert "Sådan ser det måske ud i juli 2027" in html
    assert "1 indsats mangler svar eller de næste 3 måneder" in html


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_form_costs_the_same_however_many_efforts(klient, django_assert_num_queries, antal):
    moede = i_forloeb(klient.bruger, indsatser=antal, moede=IDAG).opfoelgningsmoeder.get(nr=2)

    # Session, user, meeting; what was written: efforts, scores, steps; the circle, the next meeting;
    # what is asked, the goal, the efforts; suggested times in three; frame in five; scores before in
    # four; the talk before; the hours in eight.
    with django_assert_num_queries(30):
        svar = klient.get(adresse(moede))

    assert len(svar.context["form"].indsatser) == antal


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_costs_the_same_however_many_meetings(klient, django_assert_num_queries, antal):
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=klient.bruger)
    for nr in range(antal):
        OpfoelgningsmoedeFactory(sag=sag, nr=nr, afholdt=True, tidspunkt=klokken(IDAG))

    # Session, user, case, how many meetings and which, moves, talks, their rule, log, circle, header,
    # reminders. With meetings agreed, also their series.
    with django_assert_num_queries(12):
        svar = klient.get(reverse("opfoelgning:liste", args=[sag.pk]))

    assert len(svar.context["tidligere"]) == antal


def test_long_list_is_in_pages_with_the_agreed_ones_first(klient):
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=klient.bruger)
    for nr in range(31):
        dag = klokken(IDAG - timedelta(days=nr))
        OpfoelgningsmoedeFactory(sag=sag, nr=nr, afholdt=True, tidspunkt=dag)
    for nr in (41, 40):
        OpfoelgningsmoedeFactory(sag=sag, nr=nr, tidspunkt=klokken(IDAG + timedelta(days=nr)))
    liste = reverse("opfoelgning:liste", args=[sag.pk])

    foerste, sidste = klient.get(liste), klient.get(liste, {"side": "2"})

    assert [m.nr for m in foerste.context["aftalte"]] == [40, 41]
    assert [m.nr for m in foerste.context["tidligere"]] == list(range(28))
    assert [m.nr for m in sidste.context["tidligere"]] == [28, 29, 30]
    assert "Der er ikke aftalt noget møde" not in sidste.content.decode()


def test_form_sent_twice_is_one_meeting(klient):
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=klient.bruger)
    data = {"dato": "20.11.2026", "kl": "9.30", "sted": "Telefon", "form": "telefon"}

    svar = [klient.post(reverse("opfoelgning:moede_ny", args=[sag.pk]), data) for _ in range(2)]

    assert [s.status_code for s in svar] == [302, 422]
    assert "allerede aftalt et møde" in svar[1].content.decode()
    assert Opfoelgningsmoede.objects.count() == 1


def test_without_a_mentor_the_reason_is_proposed(klient):
    sag = SagFactory(fase=Fase.PLAN, ansvarlig=klient.bruger)
    moede = OpfoelgningsmoedeFactory(sag=sag, nr=1, tidspunkt=klokken(IDAG))

    uden = klient.get(adresse(moede)).content.decode()
    TildelingFactory(sag=sag, art="mentor")
    med = klient.get(adresse(moede)).content.decode()

    assert 'value="Mentor er ikke tilknyttet endnu"' in uden
    assert "Mentor er ikke tilknyttet endnu" not in med


def test_draft_is_kept_and_shown_again(klient, moede):
    svar = klient.post(
        adresse(moede),
        udfyldt(moede, trin="gem", mentor_var_med="", skitse=""),
        follow=True,
    )

    html = svar.content.decode()
    assert "Kladden er gemt." in html
    for skrevet in ("Tre dage om ugen", "Kassen om fredagen", 'value="05.01.2027"'):
        assert skrevet in html
    assert Opfoelgningsmoede.objects.filter(status="planlagt").count() == 1


def test_closing_says_when_we_meet_again(klient, moede):
    svar = klient.post(adresse(moede), udfyldt(moede), follow=True)

    html = svar.content.decode()
    assert "Mødet er lukket. Næste møde er 05.01.2027 kl. 13.00." in html
    assert "kopi (PDF)" in html


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"mentor_var_med": ""}, "Sæt hak ved mentor, eller skriv, hvorfor mentor ikke er med."),
        ({"skitse": ""}, "Skitsér, hvor I vil være om seks måneder."),
        ({"naeste_dato": "", "naeste_kl": ""}, "Aftal dato og sted for næste møde"),
        ({"naeste_kl": ""}, "Skriv også klokkeslæt for næste møde."),
        ({"naeste_sted": ""}, "Skriv også sted for næste møde."),
        ({"naeste_dato": "01.11.2026"}, "Næste møde skal ligge efter dette møde."),
        ({"naeste_dato": "25.12.2026"}, "Der er lukket 25.12.2026"),
        ({"sted": ""}, "Dette felt er påkrævet"),
    ],
)
def test_refused_form_keeps_everything_typed(klient, moede, felter, fejl):
    svar = klient.post(adresse(moede), udfyldt(moede, **felter))

    html = svar.content.decode()
    assert svar.status_code == 422
    assert fejl in html
    assert "Det går fremad" in html
    assert "Tre dage om ugen" in html
    moede.refresh_from_db()
    assert (moede.status, moede.referat) == ("planlagt", "")
    assert Opfoelgningsmoede.objects.count() == 2


def test_closing_twice_is_refused_with_the_text_kept(klient, moede):
    klient.post(adresse(moede), udfyldt(moede))

    svar = klient.post(adresse(moede), udfyldt(moede, referat="Skrevet to gange"))

    assert svar.status_code == 422
    html = svar.content.decode()
    assert "allerede lukket" in html
    assert "Skrevet to gange" in html


def test_two_who_write_at_once_see_both_texts(som, klient, moede):
    kollega = som(BrugerFactory(roller=["koordinerende"], navn="Ida Holm"))
    TildelingFactory(sag=moede.sag, bruger=kollega.bruger, art="medvirkende")
    kollega.post(adresse(moede), udfyldt(moede, trin="gem", referat="Idas ord"))

    svar = klient.post(adresse(moede), udfyldt(moede, trin="gem", referat="Majas ord"))

    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Idas" in html
    assert "Majas" in html
    assert "Ida Holm gemte" in html
    assert [felt.navn for felt in svar.context["felter"]] == ["referat"]
    assert Opslag.objects.get(bruger=klient.bruger).sag_id == moede.sag_id
    assert 'name="laas" value="1"' in html
    igen = klient.post(adresse(moede), udfyldt(moede, laas="1", trin="gem", referat="Begges ord"))
    assert igen.status_code == 302
    moede.refresh_from_db()
    assert moede.referat == "Begges ord"


def test_two_who_write_in_different_places_both_keep_their_text(klient, moede):
    tom = {navn: "" for navn in udfyldt(moede) if navn.startswith(("hvad_", "naeste_"))}
    klient.post(adresse(moede), udfyldt(moede, trin="gem", **tom))

    svar = klient.post(adresse(moede), udfyldt(moede, trin="gem"))

    assert svar.status_code == 302
    moede.refresh_from_db()
    assert (moede.naeste_sted, moede.laas) == ("Kantinen", 2)


def test_holding_the_follow_up_clears_the_deadline_on_the_next_page(
    klient, django_capture_on_commit_callbacks
):
    sag = efter_teammoede(klient.bruger, 8)
    moede = OpfoelgningsmoedeFactory(sag=sag, nr=1, tidspunkt=klokken(IDAG, 13))
    assert "1 dag over" in klient.get("/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        svar = klient.post(adresse(moede), udfyldt(moede, skitse=""))
    assert svar.status_code == 302

    frist = sag.frister.select_related("regel").get(regel__kode="FOERSTE_OPFOELGNING")
    assert frist.tilstand(IDAG) == Tilstand.OPFYLDT_SENT
    side = klient.get(reverse("sag", args=[sag.pk])).content.decode()
    assert "Opfyldt 24.11.2026, for sent" in side
    assert "1 dag over" not in klient.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_deadline_is_cleared_when_the_transaction_commits(som):
    klient = som("koordinerende")
    sag = efter_teammoede(klient.bruger, 8)
    moede = OpfoelgningsmoedeFactory(sag=sag, nr=1, tidspunkt=klokken(IDAG, 13))

    klient.post(adresse(moede), udfyldt(moede, skitse=""))

    assert sag.frister.get(regel__kode="FOERSTE_OPFOELGNING").opfyldt_dato == IDAG


@pytest.mark.parametrize(
    ("navn", "data", "status"),
    [
        ("moede_aflys", {"afbud": "borger", "aarsag": "Syg"}, "aflyst"),
        ("moede_udeblev", {"aarsag": ""}, "udeblevet"),
    ],
)
def test_meeting_that_was_not_held_is_registered_once(klient, moede, navn, data, status):
    foerste = klient.post(adresse(moede, navn), data, follow=True)
    anden = klient.post(adresse(moede, navn), data)

    moede.refresh_from_db()
    assert (moede.status, moede.afbud) == (status, "borger")
    assert "Aftal et nyt" in foerste.content.decode()
    assert anden.status_code == 422
    assert f"Mødet er allerede {status}" in anden.content.decode()
    assert Haendelse.objects.filter(kode=f"opfoelgning.{status}").count() == 1


def test_closed_meeting_is_read_and_not_written(klient, moede):
    klient.post(adresse(moede), udfyldt(moede))

    html = klient.get(adresse(moede)).content.decode()

    assert "Det går fremad" in html
    assert "12 timer om ugen" in html
    assert "Luk mødet" not in html


def test_mentor_reads_what_was_said_of_the_own_effort_alone(som, klient, moede):
    egen = IndsatsFactory(forloeb=moede.sag.forloeb.get(), mentor=True, i_gang=True)
    mentor = som("mentor")
    TildelingFactory(sag=moede.sag, bruger=mentor.bruger, art="mentor")
    uden = {"naeste_dato": "", "naeste_kl": "", "naeste_sted": ""}
    uden |= {"uden_naeste_begrundelse": "Indlagt", f"hvad_skete_{egen.pk}": "Fulgtes ad"}
    uden |= {"mentor_var_med": "", "uden_mentor_begrundelse": "Angst for at komme"}
    klient.post(adresse(moede), udfyldt(moede, trin="gem"))
    kladde = mentor.get(adresse(moede)).content.decode()
    klient.post(adresse(moede), udfyldt(moede, laas="1", referat="Ondt i ryggen", **uden))

    html = mentor.get(adresse(moede)).content.decode()

    assert "Fulgtes ad" not in kladde
    assert "Fulgtes ad" in html
    assert "Ingen ny aftale" in html
    andre = [i.beskrivelse for i in moede.sag.forloeb.get().indsatser.exclude(pk=egen.pk)]
    for skjult in (*andre, "Tre dage om ugen", "Ondt i ryggen", "Indlagt", "Angst"):
        assert skjult not in html
    assert mentor.post(adresse(moede), udfyldt(moede)).status_code == 403


def test_citizens_copy_says_what_was_agreed_and_when_we_meet(klient, moede):
    klient.post(adresse(moede), udfyldt(moede, referat="Intern note"))

    svar = klient.get(adresse(moede, "moede_kopi"))

    assert svar["Content-Type"] == "application/pdf"
    tekst = PdfReader(BytesIO(svar.content)).pages[0].extract_text()
    for ventet in ("Kassen om fredagen", "Tirsdag 5. januar 2027", "13.00", "Kantinen"):
        assert ventet in tekst
    assert "Intern note" not in tekst
    assert Opslag.objects.filter(handling="udskriv", sag_id=moede.sag_id).count() == 1
    assert klient.get(adresse(moede, "moede_kopi")).content == svar.content


def test_copy_without_the_pdf_parts_says_what_is_missing(klient, moede, monkeypatch):
    def mangler(_moede):
        raise PdfUtilgaengelig("PDF kan ikke laves, fordi serveren mangler Pango.")

    monkeypatch.setattr(dokumenter, "borgerens_kopi", mangler)
    klient.post(adresse(moede), udfyldt(moede))

    svar = klient.get(adresse(moede, "moede_kopi"), follow=True)

    assert "serveren mangler Pango" in svar.content.decode()
    assert not Opslag.objects.filter(handling="udskriv").exists()


def test_there_is_no_copy_of_a_meeting_that_is_not_held(klient, moede):
    assert klient.get(adresse(moede, "moede_kopi")).status_code == 404


def test_stranger_meets_nothing_and_deputy_writes(som, klient, moede):
    kollega = som("koordinerende")
    data = udfyldt(moede)

    assert kollega.get(adresse(moede)).status_code == 404
    assert kollega.post(adresse(moede), data).status_code == 404
    klient.bruger.stedfortraedere.create(vikar=kollega.bruger)
    assert kollega.post(adresse(moede), data).status_code == 302


def test_agreed_meetings_are_on_the_plan(klient):
    sag = i_forloeb(klient.bruger, moede=IDAG + timedelta(days=7))

    html = klient.get(reverse("indsatsplan:plan", args=[sag.pk])).content.decode()

    assert adresse(sag.opfoelgningsmoeder.get(nr=2)) in html
