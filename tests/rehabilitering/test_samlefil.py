"""Several documents as one PDF: pages in order, numbers, bookmarks, and what cannot be a page."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from borgere.models import Dokument
from rehabilitering import samlefil
from rehabilitering.samlefil import Del, Forside
from ressource import pdf
from ressource.filtype import Filtype

NU = datetime(2026, 11, 23, 8, tzinfo=UTC)


def vores(tekst):
    html = f'<html lang="da"><body><h1>{tekst}</h1></body></html>'
    return pdf.skriv_pdf(html, titel=tekst, tidspunkt=NU, css=(pdf.A4, samlefil.I_SAMLEFIL))


def fremmed(grader=0):
    fil = PdfWriter()
    fil.add_blank_page(595, 842).rotate(grader)
    ud = io.BytesIO()
    fil.write(ud)
    return dokument(ud.getvalue(), Filtype.PDF)


def dokument(indhold, type_):
    return Dokument(titel="Fil", indhold=indhold, indholdstype=type_)


def billede(**valg):
    ud = io.BytesIO()
    Image.new("RGBA", (60, 30), (200, 0, 0, 90)).save(ud, "PNG", **valg)
    return dokument(ud.getvalue(), Filtype.PNG)


def laest(indhold):
    return PdfReader(io.BytesIO(indhold))


@pytest.fixture(scope="module")
def samlet():
    dele = [
        Del("Planen", pdf=vores("Planen")),
        Del("Foto", dokument=billede()),
        *(Del(f"Drejet {grader}", dokument=fremmed(grader)) for grader in (0, 90, 180, 270)),
        Del("Noter", dokument=dokument(b"PK", Filtype.DOCX)),
        Del("Ødelagt", dokument=dokument(b"%PDF-1.7 nej", Filtype.PDF)),
    ]
    forside = Forside("Kim, sag 2026-7", (("Møde", "1. december"),), ("Attesten mangler.",))
    return dele, forside, samlefil.saml(dele, "Sagspakke", NU, forside=forside)


def test_every_page_is_numbered_and_the_index_says_where_each_part_begins(samlet):
    sider = [side.extract_text() for side in laest(samlet[2]).pages]

    assert [f"Sagspakke, side {nr} af 7" in side for nr, side in enumerate(sider, 1)] == [True] * 7
    forside = " ".join(sider[0].split())
    for linje in ("1. Planen 2 1", "2. Foto 3 1", "6. Drejet 270 7 1", "Attesten mangler."):
        assert linje in forside


def test_bookmarks_lead_to_the_parts_and_the_file_says_what_it_is(samlet):
    fil = laest(samlet[2])

    forreste = [
        (post["/Title"], fil.get_destination_page_number(post))
        for post in fil.outline
        if not isinstance(post, list)
    ]
    assert forreste[:3] == [("Forside og indhold", 0), ("Planen", 1), ("Foto", 2)]
    assert fil.metadata["/Title"] == "Sagspakke"
    assert fil.trailer["/Root"]["/Lang"] == "da"


def test_files_that_cannot_be_pages_are_named_with_the_reason(samlet):
    forside = " ".join(laest(samlet[2]).pages[0].extract_text().split())

    assert "Noter: Filen er Word og kan ikke vises som side" in forside
    assert "Ødelagt: Filen kan ikke læses" in forside


def test_the_number_stands_below_what_was_written_and_upright_to_the_reader(samlet):
    boks = laest(samlet[2]).pages[3].mediabox
    paa_siden = laest(samlet[2]).pages[4].mediabox

    assert (float(boks.bottom), float(boks.top)) == (pytest.approx(-samlefil.STRIMMEL), 842)
    # Turned a quarter, what the reader sees as the bottom is the right edge.
    assert float(paa_siden.right) == pytest.approx(595 + samlefil.STRIMMEL)
    assert float(paa_siden.bottom) == 0


def test_the_same_parts_give_the_same_bytes(samlet):
    dele, forside, foerste = samlet

    assert samlefil.saml(dele, "Sagspakke", NU, forside=forside) == foerste


def test_the_window_shows_the_title_and_the_bookmarks(samlet):
    rod = laest(samlet[2]).trailer["/Root"]

    assert rod["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert rod["/PageMode"] == "/UseOutlines"
