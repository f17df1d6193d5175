"""PDFs: archivable and accessible by a validator, readable as Danish text, and closed to the net."""

import builtins
import re
import zlib
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import page
import pydyf
import pypdf
import pytest
from django.template import Context, Engine

from ressource import pdf
from ressource.pdf import PdfHenterUdefra, PdfUtilgaengelig, skabelon_til_pdf, skriv_pdf
from ressource.svg import Bane, Bjaelke, Maal, Punkt, Soejle, Tilstand, linje, soejler, tidslinje

TIDSPUNKT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BREV = {
    "kommune": "Egelund Kommune",
    "afdeling": "Ressourceforløb",
    "kontaktlinjer": ["Rådhuspladsen 1", "9999 Egelund"],
    "modtager": ["Åse Østergård", "Ængvej 7", "9999 Egelund"],
    "dato": "24.11.2026",
    "sag": "RF-2026-0409",
    "overskrift": "Du får et ressourceforløb",
    "afsender": ["Maja Kirkegaard", "Sagsbehandler"],
}
RAPPORT = """
{% extends "pdf/rapport.html" %}
{% block forsidetal %}<ul class="tal4"><li><strong>209</strong> sager i forløb</li></ul>{% endblock %}
{% block afsnit %}
  {% for navn in afsnit %}
    <section>
      <h2>{{ navn }}</h2>
      <table>
        <caption>Tal for {{ navn }}</caption>
        <thead><tr><th scope="col">Nøgletal</th><th scope="col" class="num">Oktober</th></tr></thead>
        <tbody><tr><th scope="row">Har mentor</th><td class="num">78 pct.</td></tr></tbody>
      </table>
      {% for diagram in diagrammer %}<figure>{{ diagram }}</figure>{% endfor %}
      <p><a href="https://www.borger.dk">Læs mere på borger.dk</a></p>
    </section>
  {% endfor %}
{% endblock %}
"""


def dokument(krop, titel="Prøve på æ, ø og å"):
    html = f'<!doctype html><html lang="da"><title>x</title><body>{krop}</body></html>'
    return skriv_pdf(html, titel=titel, tidspunkt=TIDSPUNKT)


def rapport():
    diagrammer = [
        linje("Flere har mentor", [Punkt(date(2026, 10, 1), 78, "78 pct.")], uid="l"),
        soejler("Flest får fleksjob", [Soejle("Fleksjob", 12, "12")], uid="s"),
        tidslinje(
            "Mentor hele perioden",
            [Bjaelke(Bane.SOCIAL, "Mentor", date(2026, 9, 1), None, Tilstand.I_GANG)],
            uid="t",
            fra=date(2026, 9, 1),
            til=date(2027, 6, 1),
            i_dag=date(2026, 11, 24),
            bredde=680,
        ),
    ]
    kontekst = {
        "titel": "Nøgletal, oktober 2026",
        "kommune": "Egelund Kommune",
        "overtitel": "Nøgletal for ressourceforløb",
        "overskrift": "Oktober 2026",
        "undertitel": "Alle teams",
        "version": "Version 1",
        "afsnit": ["Måltavle", "Afslutninger"],
        "diagrammer": diagrammer,
    }
    html = Engine.get_default().from_string(RAPPORT.strip()).render(Context(kontekst))
    return skriv_pdf(html, titel=kontekst["titel"], tidspunkt=TIDSPUNKT)


def brev():
    return skabelon_til_pdf("pdf/brev.html", BREV, titel="Afgørelse", tidspunkt=TIDSPUNKT)


def laest(indhold):
    return pypdf.PdfReader(BytesIO(indhold))


def elementer(knude):
    """The structure types below `knude`, in reading order."""
    knude = knude.get_object()
    if not isinstance(knude, pypdf.generic.DictionaryObject):
        return []
    egne = [knude["/S"]] if "/S" in knude else []
    boern = knude.get("/K", [])
    boern = boern.get_object() if hasattr(boern, "get_object") else boern
    for barn in boern if isinstance(boern, list) else [boern]:
        if hasattr(barn, "get_object"):
            egne += elementer(barn)
    return egne


@pytest.fixture(scope="module")
def rapporten():
    return rapport()


@pytest.fixture(scope="module")
def brevet():
    return brev()


@pytest.mark.parametrize("profil", ["ua1", "2a"])
@pytest.mark.parametrize("navn", ["rapporten", "brevet"])
def test_document_satisfies_pdf_ua_and_pdf_a(navn, profil, request):
    svar = page.validate_pdf_bytes(
        request.getfixturevalue(navn), profile=page.ValidationProfile(profil)
    )

    assert [(f.rule_id, f.message) for f in svar.failures] == []
    assert svar.is_compliant


@pytest.mark.parametrize("linjeskift", [b"\r", b"\n"])
def test_stream_that_ends_in_a_line_break_is_written_uncompressed(linjeskift):
    tekster = (f"q {n} {'Q' * (n % 50)}".encode() for n in range(20_000))
    tekst = next(t for t in tekster if zlib.compress(t, 9).endswith(linjeskift))
    stroem, anden = pydyf.Stream([tekst]), pydyf.Stream([b"q Q"])

    pdf._komprimer(None, SimpleNamespace(objects=[stroem, anden]))

    assert not stroem.compress
    assert anden.compress


def test_no_compressed_stream_ends_in_a_line_break(rapporten):
    for stykke in rapporten.split(b"\nendstream")[:-1]:
        assert not stykke.endswith((b"\r", b"\n"))


def test_same_document_gives_the_same_bytes(rapporten, brevet):
    assert rapport() == rapporten
    assert brev() == brevet


def test_fonts_are_unpacked_once_and_not_for_every_document(brevet, monkeypatch):
    monkeypatch.setattr("fontTools.ttLib.woff2.decompress", pytest.fail)

    kort = laest(skriv_pdf("<p>a</p>", titel="A", tidspunkt=TIDSPUNKT))

    assert _skriftnavne(kort) <= _skriftnavne(laest(brevet))


def test_time_stands_in_the_document(brevet):
    assert laest(brevet).metadata.creation_date == TIDSPUNKT
    assert laest(brevet).metadata.modification_date == TIDSPUNKT


def test_language_title_and_font_are_set(brevet):
    laeser = laest(brevet)

    assert laeser.trailer["/Root"]["/Lang"] == "da"
    assert laeser.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    assert laeser.metadata.title == "Afgørelse"
    skrifter = laeser.pages[0]["/Resources"]["/Font"].values()
    assert all("+" in s.get_object()["/BaseFont"] for s in skrifter)


def _skriftnavne(laeser):
    """The fonts of the first page, without the tag that says which glyphs are in it."""
    skrifter = laeser.pages[0]["/Resources"]["/Font"].values()
    return {s.get_object()["/BaseFont"].partition("+")[2] for s in skrifter}


def test_letter_can_be_read_as_danish_text(brevet):
    tekst = laest(brevet).pages[0].extract_text()

    for ventet in ("Åse Østergård", "Ængvej 7", "Du får et ressourceforløb", "Side 1 af 1"):
        assert ventet in tekst
    assert tekst.count("24.11.2026") == 1


def test_running_head_begins_on_page_two(rapporten):
    sider = [side.extract_text() for side in laest(rapporten).pages]

    assert len(sider) == 3
    assert "Version 1" in sider[0]
    assert sider[1].count("Alle teams") == 1
    assert "Side 3 af 3" in sider[2]


def test_bookmarks_follow_the_headings(rapporten):
    bogmaerker = laest(rapporten).outline

    assert bogmaerker[0].title == "Oktober 2026"
    assert [b.title for b in bogmaerker[1]] == ["Måltavle", "Afslutninger"]


def test_tables_and_charts_are_tagged(rapporten):
    typer = elementer(laest(rapporten).trailer["/Root"]["/StructTreeRoot"])

    assert typer.count("/Table") == 2
    assert typer.count("/TH") == 6
    assert typer.count("/Caption") == 2
    assert typer.count("/Figure") >= 6
    assert typer.count("/H1") == 1
    assert rapporten.count(b"/Alt") >= 6


@pytest.mark.parametrize(
    "adresse",
    [
        "https://example.org/billede.png",
        "http://127.0.0.1/billede.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "../pyproject.toml",
        "%2e%2e/pyproject.toml",
        "//example.org/billede.png",
        "ftp://example.org/x.png",
        "data:image/svg+xml,%3Csvg/%3E",
        "findes/ikke.png",
        "pdf",
    ],
)
def test_document_cannot_fetch_from_outside(adresse):
    with pytest.raises(PdfHenterUdefra, match="Dokumentet må ikke hente"):
        dokument(f'<img src="{adresse}" alt="x">')


@pytest.mark.parametrize(
    "krop",
    [
        '<link rel="stylesheet" href="https://example.org/a.css">',
        "<style>@import url(https://example.org/a.css);</style>",
        "<style>body{background:url(https://example.org/a.png)}</style>",
    ],
)
def test_stylesheet_cannot_fetch_from_outside(krop):
    with pytest.raises(PdfHenterUdefra, match=r"example\.org"):
        dokument(krop)


def test_static_files_can_be_fetched():
    assert pdf._statisk_fil(pdf.STATISK_ROD + "pdf/a4.css").name == "a4.css"


def test_unknown_stylesheet_is_an_error():
    with pytest.raises(PdfHenterUdefra):
        skriv_pdf("<p>x</p>", titel="x", tidspunkt=TIDSPUNKT, css=["pdf/findes_ikke.css"])


def test_without_the_font_of_the_design_system_another_is_used(monkeypatch):
    monkeypatch.setattr(pdf, "SKRIFT_MAPPE", "findes/ikke")

    assert pdf._skrifterklaering() == ""
    assert "æøå" in laest(dokument("<p>æøå</p>")).pages[0].extract_text()


def test_missing_pango_is_said_in_danish(monkeypatch):
    rigtig = builtins.__import__

    def uden_pango(navn, *valg, **flere):
        if navn == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return rigtig(navn, *valg, **flere)

    monkeypatch.setattr(builtins, "__import__", uden_pango)

    with pytest.raises(PdfUtilgaengelig, match=r"apt-get install .*libpango-1\.0-0"):
        dokument("<p>x</p>")


def test_stylesheet_uses_only_the_loaded_weights_of_the_font():
    stilark = Path(pdf._statisk_fil(pdf.STATISK_ROD + pdf.A4)).read_text()

    vaegte = {vaegt for _, vaegt, _ in pdf.SKRIFTER}
    brugte = {int(v) for v in re.findall(r"font(?:-weight)?: (\d00)", stilark)}
    assert brugte == vaegte


def test_target_is_shown_at_the_end_of_the_line():
    krop = linje(
        "Har mentor",
        [Punkt(date(2026, n, 1), 60 + n, f"{60 + n} pct.") for n in range(1, 11)],
        uid="x",
        maal=Maal(75, "mål 75"),
    )

    tekst = laest(dokument(f"<figure>{krop}</figure>")).pages[0].extract_text()

    assert "mål 75" in tekst
    assert "70 pct." in tekst
