"""The pages of a file on its way in, and five thousand rows from upload to report."""

import sys
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from borgere import tasks
from borgere.models import Borger, Indlaesning, Sag
from borgere.services import indlaesning as services
from ressource.models import Opslag
from tests.borgere.indlaesningsfiler import HOVED, laest, linjer, nr

pytestmark = pytest.mark.django_db


def adresse(navn, indlaesning, *args):
    return reverse(f"borgere:{navn}", args=[indlaesning.pk, *args])


def lagt_op(klient, tekst, navn="borgere.csv", art="borgere"):
    fil = SimpleUploadedFile(navn, tekst.encode())
    return klient.post(reverse("borgere:indlaesning_liste"), {"art": art, "fil": fil})


def raekke(**felter):
    return {
        "personnummer": nr(50),
        "fornavn": "Bo",
        "efternavn": "Skov",
        "sagsbehandler": "maja",
    } | felter


def test_five_thousand_rows_with_fifty_bad_ones(som, leder, maja, capsys):
    """Progress seen, each bad row named with its cure, mended, taken in: with the seconds."""
    daarlige = "".join(f"x{n};Bo;Fejl {n};maja\n" for n in range(50))
    klient = som(leder)
    svar = lagt_op(klient, HOVED + linjer(2500) + daarlige + linjer(2450, start=2500))
    indlaesning = Indlaesning.objects.get()
    assert svar["Location"] == adresse("indlaesning", indlaesning)
    set_undervejs = []
    rigtig = services._laes_stykke

    def stykke(*args):
        mere = rigtig(*args)
        side = klient.get(adresse("indlaesning", indlaesning)).content.decode()
        set_undervejs.append("af 5.000 rækker er læst" in side)
        return mere

    services._laes_stykke = stykke
    foer = time.perf_counter()
    try:
        tasks.behandl_indlaesning(indlaesning.pk)
    finally:
        services._laes_stykke = rigtig
    laeste = time.perf_counter() - foer

    assert set_undervejs == [True] * 9 + [False]
    svar = klient.get(adresse("indlaesning", indlaesning))
    assert svar.context["antal"] == {
        "fejl": 50,
        "rettet": 0,
        "klar": 4950,
        "kendte": 0,
        "udeladt": 0,
    }
    assert [linje["nr"] for linje in svar.context["linjer"]] == list(range(2502, 2527))
    assert all("Skriv det som ddmmåå-xxxx" in li["fejl"][0][1] for li in svar.context["linjer"])
    for n in range(50):
        svar = klient.post(
            adresse("indlaesning_raekke", indlaesning, 2502 + n),
            raekke(personnummer=nr(6000 + n)),
        )
        assert svar.status_code == 302
    foer = time.perf_counter()
    klient.post(adresse("indlaesning_udfoer", indlaesning))
    tasks.behandl_indlaesning(indlaesning.pk)
    taget = time.perf_counter() - foer

    assert Sag.objects.count() == Borger.objects.count() == 5000
    # What autovacuum does within a minute; the frame's counts ask by case.
    with connection.cursor() as markoer:
        markoer.execute("ANALYZE borgere_sag, borgere_tildeling, borgere_borger")
    side = klient.get(adresse("indlaesning", indlaesning)).content.decode()
    assert "Filen er indlæst" in side
    with capsys.disabled():
        sys.stdout.write(f"\n5.000 rækker: læst på {laeste:.1f} s, indlæst på {taget:.1f} s\n")


def test_upload_that_is_no_sheet_keeps_the_choice(som, leder):
    fil = SimpleUploadedFile("b.csv", b"\0\1")

    svar = som(leder).post(reverse("borgere:indlaesning_liste"), {"art": "herkomst", "fil": fil})

    assert svar.status_code == 422
    assert "hverken CSV eller Excel" in svar.content.decode()
    assert svar.context["form"]["art"].value() == "herkomst"
    assert not Indlaesning.objects.exists()


def test_somebody_elses_file_does_not_exist(som, leder, maja):
    indlaesning = laest(leder, HOVED + linjer(1))

    assert som("teamleder").get(adresse("indlaesning", indlaesning)).status_code == 404


def test_numbers_are_masked_in_the_list_and_whole_in_the_form(som, leder, maja):
    tal = nr(0)
    indlaesning = laest(leder, f"{HOVED}{tal};Bo;;maja\n")
    klient = som(leder)

    liste = klient.get(adresse("indlaesning", indlaesning)).content.decode()
    form = klient.get(adresse("indlaesning_raekke", indlaesning, 2)).content.decode()

    assert tal[6:] not in liste
    assert f"{tal[:2]}-{tal[2:4]} ** ****" in liste
    assert tal in form
    assert tal not in form.split("</title>")[0]
    assert list(Opslag.objects.order_by("pk").values_list("objekt", "handling")) == [
        ("indlaesning", "se"),
        ("indlaesning_raekke", "vis_personnummer"),
    ]


def test_row_still_wrong_is_shown_again_with_what_was_typed(som, leder, maja):
    indlaesning = laest(leder, HOVED + "x;Bo;Skov;ukendt\n")
    klient = som(leder)
    url = adresse("indlaesning_raekke", indlaesning, 2)

    foer = klient.get(url).content.decode()
    svar = klient.post(url, raekke(fornavn="Bodil", sagsbehandler=""))

    assert "I filen står der «ukendt»" in foer
    assert svar.status_code == 422
    tekst = svar.content.decode()
    assert 'value="Bodil"' in tekst
    assert "Feltet sagsbehandler er tomt" in tekst
    assert "ddmmåå-xxxx, med eller" in tekst


def test_htmx_gets_the_row_and_then_the_list(som, leder, maja):
    indlaesning = laest(leder, HOVED + "x;Bo;Skov;maja\n")
    klient = som(leder)
    url = adresse("indlaesning_raekke", indlaesning, 2)

    form = klient.get(url, headers={"HX-Request": "true"}).content.decode().strip()
    svar = klient.post(url, raekke(), headers={"HX-Request": "true"})

    assert form.startswith('<tr id="linje-2">')
    assert svar["HX-Retarget"] == "#gennemsyn"
    assert "Linje 2 er rettet" in svar.content.decode()
    assert "<html" not in svar.content.decode()


def test_bad_rows_come_as_a_sheet_that_can_be_sent_in_again(som, leder, maja):
    indlaesning = laest(leder, HOVED + linjer(1) + "x;=cmd();Skov;maja\n")
    klient = som(leder)

    svar = klient.get(adresse("indlaesning_fejlfil", indlaesning))
    tekst = svar.content.decode("utf-8-sig")

    assert svar["Content-Disposition"] == (
        f'attachment; filename="indlaesning-{indlaesning.pk}-fejl.csv"'
    )
    assert len(tekst.splitlines()) == 2
    assert ";'=cmd();" in tekst
    assert "ddmmåå-xxxx" in tekst
    assert Opslag.objects.get().handling == "eksport"
    lagt_op(klient, tekst.replace("x;", f"{nr(7)};", 1))
    ny = Indlaesning.objects.latest("pk")
    tasks.behandl_indlaesning(ny.pk)
    ny.refresh_from_db()
    assert (ny.besked, ny.raekker.get().fejl) == ("", {})


def test_all_bad_rows_are_left_out_after_a_yes(som, leder, maja):
    indlaesning = laest(leder, HOVED + linjer(1) + "x;Bo;S;maja\ny;Bo;S;maja\n")
    klient = som(leder)
    url = adresse("indlaesning_udelad_fejl", indlaesning)

    assert "Udelad 2 rækker" in klient.get(url).content.decode()
    assert "ændret" in klient.post(url, {"antal": "x"}, follow=True).content.decode()
    svar = klient.post(url, {"antal": "2"}, follow=True)

    assert "2 rækker er udeladt" in svar.content.decode()
    assert svar.context["antal"]["udeladt"] == 2
    klient.post(adresse("indlaesning_raekke_medtag", indlaesning, 3))
    assert indlaesning.raekker.med_fejl().get().nr == 3
    klient.post(adresse("indlaesning_raekke_udelad", indlaesning, 3))
    assert not indlaesning.raekker.med_fejl().exists()


def test_cancelling_asks_first(som, leder, maja):
    indlaesning = laest(leder, HOVED + linjer(1))
    klient = som(leder)
    url = adresse("indlaesning_fortryd", indlaesning)

    klient.get(url)
    assert indlaesning.raekker.count() == 1
    svar = klient.post(url, follow=True)

    assert "fortrudt" in svar.content.decode()
    assert not indlaesning.raekker.exists()


def test_lost_job_is_woken_by_hand(som, leder, maja, monkeypatch):
    vaekket = []
    monkeypatch.setattr(services, "fortsaet", lambda fil: vaekket.append(fil.pk))
    klient = som(leder)
    lagt_op(klient, HOVED + linjer(1))
    indlaesning = Indlaesning.objects.get()

    assert "Fortsæt" in klient.get(adresse("indlaesning", indlaesning)).content.decode()
    klient.post(adresse("indlaesning_fortsaet", indlaesning))

    assert vaekket == [indlaesning.pk]


def test_progress_shows_nobody_and_logs_nothing(som, leder, maja):
    klient = som(leder)
    lagt_op(klient, HOVED + linjer(1))

    klient.get(adresse("indlaesning", Indlaesning.objects.get()))

    assert not Opslag.objects.exists()


@pytest.mark.parametrize("art", ["borgere", "herkomst"])
def test_templates_are_downloads(som, art):
    klient = som("teamleder")

    for endelse in ("csv", "xlsx"):
        svar = klient.get(reverse("borgere:indlaesning_skabelon", args=[art, endelse]))
        assert svar["Content-Disposition"].startswith("attachment")
    assert klient.get(f"/indlaesning/skabelon/{art}.exe").status_code == 404
    assert klient.get("/indlaesning/skabelon/andet.csv").status_code == 404


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_preview_takes_the_same_statements(
    som,
    leder,
    maja,
    antal,
    django_assert_num_queries,
):
    indlaesning = laest(leder, HOVED + "x;Bo;S;maja\n" * antal)
    klient = som(leder)

    # Session, user; the file, its owner, the counts, page count, page; the look-up; reminders
    # and reminders to oneself.
    with django_assert_num_queries(10):
        klient.get(adresse("indlaesning", indlaesning))


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_takes_the_same_statements(
    som,
    leder,
    antal,
    django_assert_num_queries,
):
    for _ in range(antal):
        Indlaesning.objects.create(art="borgere", filnavn="b.csv", bestilt_af=leder)
    klient = som(leder)

    # Session, user; page count, page; reminders and reminders to oneself.
    with django_assert_num_queries(6):
        klient.get(reverse("borgere:indlaesning_liste"))


def test_statements_of_taking_in_do_not_grow(leder, maja):
    foerste = laest(leder, HOVED + linjer(1))
    anden = laest(leder, HOVED + linjer(25, start=100))
    maalt = []
    for indlaesning in (foerste, anden):
        services.bestil(indlaesning, af=leder)
        with CaptureQueriesContext(connection) as kald:
            services._indlaes(indlaesning.pk)
        maalt.append(len(kald))

    assert maalt[0] == maalt[1] <= 25
