"""One case through the whole course, step by step, as each person does it in the browser."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from rehabilitering.models import Indsatstype
from ressource.generator import TOM_PDF
from ressource.models import Bruger
from tests.browser.conftest import brud

ATTEST = {"name": "attest.pdf", "mimeType": "application/pdf", "buffer": TOM_PDF}
# Day + 60: outside the space of real numbers.
NUMMER = "740387-4321"
# Every kind of element on the page: its tag with its classes and role.
ELEMENTER = """() => [...document.body.querySelectorAll("*")].map((e) =>
    [e.tagName, e.getAttribute("class"), e.getAttribute("role"), e.getAttribute("type")].join())"""


class Gang:
    """Who is at the keyboard: one page per person, kept open through the whole walk."""

    def __init__(self, sider: dict[str, Page], *, axe: bool) -> None:
        self.sider, self.axe = sider, axe
        self.sag_url = ""
        self.set_med_axe: set[str] = set()

    def paa(self, hvem: str, sti: str) -> Page:
        """The page of `hvem` at `sti`."""
        side = self.sider[hvem]
        side.goto(sti)
        self.se(side)
        return side

    def se(self, side: Page) -> None:
        """The page must be accessible and must not have complained.

        axe looks at each screen once, and again when it shows elements that no screen showed yet.
        """
        if self.axe and self._viser_nyt(side):
            fundne = brud(side)
            assert fundne == [], f"{side.url}: {fundne}"
        assert side.klager == [], side.url

    def _viser_nyt(self, side: Page) -> bool:
        skaerm = re.sub(r"\d+", "0", side.url.partition("?")[0])
        nye = {skaerm, *side.evaluate(ELEMENTER)} - self.set_med_axe
        self.set_med_axe |= nye
        return bool(nye)

    def tryk(self, side: Page, navn: str) -> None:
        """Press a button and look at what comes."""
        knap = side.get_by_role("button", name=navn).first
        assert knap.count(), (
            f"{navn} findes ikke på {side.url}: {side.locator('main').inner_text()}"
        )
        self.foelg(side, knap)

    def foelg(self, side: Page, element: Locator) -> None:
        """Click a link or a button that leads to a new page, and look at that page.

        A click returns before the new page has come, so the page is waited for, not the click.
        """
        with side.expect_navigation(wait_until="load"):
            element.click()
        self.se(side)

    def sag(self, hvem: str, under: str = "") -> Page:
        return self.paa(hvem, f"{self.sag_url}{under}")


def felt(side: Page, **vaerdier: str) -> None:
    """Fill text fields and select lists by the names they are sent under."""
    for navn, vaerdi in vaerdier.items():
        element = side.locator(f'[name="{navn}"]')
        if element.evaluate("e => e.tagName") == "SELECT":
            element.select_option(vaerdi)
        else:
            element.fill(vaerdi)


def vaelg(side: Page, navn: str, vaerdi: str) -> None:
    """Choose a radio button or tick a box."""
    valg = side.locator(f'input[name="{navn}"][value="{vaerdi}"]')
    # Clear of the bar that sticks to the bottom.
    valg.evaluate("e => e.scrollIntoView({block: 'center'})")
    valg.check(force=True)


def besked(side: Page, tekst: str) -> None:
    """The page says so."""
    expect(side.locator("main")).to_contain_text(tekst)


def registrer_sag(gang: Gang) -> None:
    side = gang.paa("sagsbehandler", "/sager/ny/")
    felt(side, nummer="74038", fornavn="Rie", efternavn="Thorup")
    gang.tryk(side, "Opret sagen")
    # Malformed: told so, nothing lost.
    expect(side.locator('[name="fornavn"]')).to_have_value("Rie")
    felt(side, nummer=NUMMER, laegepraksis="Lægehuset Torvet", har_uddannelse="ja")
    gang.tryk(side, "Opret sagen")
    gang.sag_url = re.search(r"/sager/\d+/", side.url)[0]


def screen(gang: Gang) -> None:
    side = gang.sag("sagsbehandler", "screening/")
    felt(
        side,
        hvorfor_nu="Sygemeldt i to år",
        betingelse_tekst="På kontanthjælp siden 2021",
        udviklingsperspektiv_tekst="Stabilt fremmøde i sidste praktik",
        anbefaling="Sagen bør forberedes til teamet",
    )
    vaelg(side, "betingelse", "1")
    vaelg(side, "har_udviklingsperspektiv", "ja")
    gang.tryk(side, "Send til faglig konsulent")
    side = gang.paa("faglig_konsulent", "/")
    side = gang.sag("faglig_konsulent", "screening/")
    vaelg(side, "resultat", "fortsaet")
    gang.tryk(side, "Afgør screeningen")


def skriv_forberedende_del(gang: Gang) -> None:
    side = gang.sag("sagsbehandler", "forberedende-del/")
    if side.get_by_role("button", name="Begynd").count():
        gang.tryk(side, "Begynd")
    # Nine sections, one of them in two parts.
    for nr in range(1, 11):
        felt(side, egne_ord=f"Mine egne ord om afsnit {nr}.", beskrivelse=f"Beskrivelse {nr}.")
        vaelg(side, "skrevet_sammen", "ja")
        if side.locator('[name="maal"]').count():
            felt(side, tragt_job="Det ved jeg ikke.")
            gang.tryk(side, "Nej, spørg videre")
            felt(side, tragt_opgaver="Sortere og sætte på plads")
            gang.tryk(side, "Ja, det kan vi gå videre med")
            felt(side, maal="Medhjælper på bibliotek", naeste_skridt="Besøge biblioteket")
            felt(side, maal_art="job")
        gang.tryk(side, "Afsnittet er færdigt")
    side = gang.sag("sagsbehandler", "forberedende-del/gennemgaaet/")
    gang.tryk(side, "Registrér gennemgangen")


def faa_laegeattest(gang: Gang) -> None:
    side = gang.sag("sagsbehandler", "laegeattest/")
    felt(side, **{"anmod-spoergsmaal": "Hvor mange timer er forsvarligt?"})
    gang.tryk(side, "Bestil LÆ 265")
    side.locator('[name="modtag-fil"]').set_input_files(ATTEST)
    felt(side, **{"modtag-modtaget_dato": "03.11.2026"})
    gang.tryk(side, "Registrér attesten")
    besked(side, "Aktuel til")


def giv_samtykke(gang: Gang) -> None:
    side = gang.sag("sagsbehandler", "samtykker/ny/")
    felt(
        side,
        modtager="region",
        oplysninger="Til sparringen",
        givet_hvordan="Ligger i sagsmappen",
        fra_dato="01.11.2026",
        til_dato="01.11.2027",
    )
    vaelg(side, "informationstyper", "helbred")
    vaelg(side, "informationstyper", "forberedende_del")
    gang.tryk(side, "Registrér samtykket")


def faa_sparring(gang: Gang) -> None:
    side = gang.paa("moedekoordinator", "/sparring/udgiv/")
    felt(side, dato="05.11.2026", klokken="9.00", antal="2")
    gang.tryk(side, "Udgiv tiderne")
    side = gang.paa("sagsbehandler", "/sparring/?uge=2026-W45")
    side.get_by_role("link", name=re.compile("Ledig")).first.click()
    side.locator('[name="sag"]').wait_for()
    side.locator('[name="sag"]').select_option(index=1)
    side.locator('[name="spoergsmaal"]').first.check(force=True)
    gang.tryk(side, "Book tiden")
    side = gang.paa("sundhedskoordinator", "/")
    gang.foelg(side, side.locator('a[href*="/sparring/booking/"]').first)
    felt(side, svar="Korte dage efter kl. 9 er forsvarligt.")
    vaelg(side, "afklaret", "ja")
    gang.tryk(side, "Gem svaret")
    side = gang.sag("sagsbehandler", "forberedende-del/")
    besked(side, "Korte dage efter kl. 9 er forsvarligt.")


def kvalitetssikr(gang: Gang) -> None:
    side = gang.sag("sagsbehandler", "kvalitetssikring/")
    gang.tryk(side, "Send til kvalitetssikring")
    side = gang.sag("faglig_konsulent", "kvalitetssikring/")
    vaelg(side, "resultat", "godkendt")
    gang.tryk(side, "Gem vurderingen")


def saet_paa_moede(gang: Gang, omraader: dict[str, Bruger]) -> None:
    side = gang.paa("moedekoordinator", "/teammoeder/ny/")
    felt(
        side,
        dato="12.11.2026",
        start="9.00",
        slut="12.00",
        sted="Rådhuset, mødelokale 4",
        moedeleder=str(omraader["beskaeftigelse"].pk),
        **{f"bruger_{omraade}": str(bruger.pk) for omraade, bruger in omraader.items()},
    )
    gang.tryk(side, "Opret mødet")
    gang.tryk(side, "Sæt på")
    besked(side, "Rie Thorup")
    gang.tryk(side, "Send sagspakker til teamet")
    besked(side, "Læst af 0 af")


def indstil(gang: Gang) -> None:
    side = gang.paa("moedeleder", "/")
    gang.foelg(side, side.locator('a[href*="/teammoeder/punkt/"]').first)
    besked(side, "Mine egne ord")
    vaelg(side, "udfald", "ressourceforloeb")
    felt(
        side,
        begrundelse="Arbejdsevnen kan udvikles med korte dage.",
        muligheder="Job på et lille bibliotek.",
        sundhedskoordinators_vurdering="Korte dage efter kl. 9 er forsvarligt.",
        maalgruppebetingelse="1",
        varighed_maaneder="24",
    )
    for indsats in ("virksomhedspraktik", "mentor"):
        felt(side, ny_indsats=str(Indsatstype.objects.get(kode=indsats).pk))
        gang.tryk(side, "Tilføj indsats")
    praktik, mentor = side.locator("#linjer > li").all()
    praktik.locator('[name$="-ansvarlig"]').fill("Tina Vestergaard")
    mentor.locator('[name$="-formaal"]').fill("Komme ud ad døren")
    felt(side, mentor_formaal="Struktur i hverdagen", mentor_opgaver="Ugeplan hver mandag")
    gang.tryk(side, "Alle er her")
    gang.tryk(side, "Afslut indstilling")
    # Neither goal nor the line's purpose: refused, and everything typed is still there.
    expect(side.get_by_role("alert").first).to_contain_text("mål")
    expect(side.locator('[name="mentor_formaal"]')).to_have_value("Struktur i hverdagen")
    felt(side, maal="Medhjælper på bibliotek")
    vaelg(side, "maal_art", "job")
    side.locator('#linjer [name$="-formaal"]').first.fill("Prøve om opgaverne passer")
    gang.tryk(side, "Afslut indstilling")


def afgoer(gang: Gang) -> None:
    side = gang.sag("sagsbehandler", "afgoerelse/")
    felt(
        side,
        virkning_fra="16.11.2026",
        faktum="Du har været sygemeldt i to år.",
        begrundelse="Kommunen følger teamets indstilling.",
        uden_partshoering_grund="Borgeren kender alle oplysninger og får fuldt medhold.",
    )
    gang.tryk(side, "Træf afgørelsen")
    brev = side.locator('a[href^="/dokumenter/"]').first.get_attribute("href")
    svar = side.request.get(brev)
    assert svar.headers["content-type"] == "application/pdf"
    assert svar.body().startswith(b"%PDF-")


def tildel_koordinerende(gang: Gang, koordinerende: Bruger, mentor: Bruger) -> None:
    for art, bruger in (("mentor", mentor), ("ansvarlig", koordinerende)):
        side = gang.sag("sagsbehandler", f"tildel/?art={art}")
        felt(side, bruger=str(bruger.pk))
        gang.tryk(side, "Knyt til sagen")


def skriv_plan(gang: Gang) -> None:
    for linje in range(2):
        side = gang.sag("koordinerende", "plan/")
        gang.foelg(side, side.get_by_role("link", name=re.compile("Planlæg")).first)
        felt(side, planlagt_start="17.11.2026", timer_pr_uge="2", ansvarlig=f"Ansvarlig {linje}")
        gang.tryk(side, "Læg indsatsen i planen")
    side = gang.sag("koordinerende", "plan/")
    gang.foelg(side, side.locator('a[href*="aaben=indsats-"]:not([href*="-ny"])').first)
    gang.foelg(side, side.get_by_role("link", name="Begynd", exact=True))
    felt(side, dato="17.11.2026")
    gang.tryk(side, "Indsatsen er begyndt")
    side = gang.sag("koordinerende", "plan/godkend/")
    vaelg(side, "borger_enig", "enig")
    gang.tryk(side, "Godkend planen")
    besked(side, "Godkendt sammen med Rie")
    assert side.locator("[aria-labelledby=tidslinje] svg").count()


def frist_er_overskredet(gang: Gang) -> None:
    side = gang.paa("koordinerende", "/")
    besked(side, "Rie Thorup")
    besked(side, "over")
    side = gang.sag("koordinerende")
    besked(side, "Første opfølgning")


def hold_opfoelgning(gang: Gang, dato: date, naeste: date) -> None:
    side = gang.sag("koordinerende", "opfoelgning/ny/")
    felt(side, dato=f"{dato:%d.%m.%Y}", kl="10.00", sted="Rådhuset, lokale 1")
    gang.tryk(side, "Aftal mødet")
    if "/opfoelgninger/" not in side.url:
        gang.foelg(side, side.locator('a[href*="/opfoelgninger/"]').first)
    vaelg(side, "mentor_var_med", "ja")
    for element in side.locator('[name^="hvad_skete_"]').all():
        element.fill("Begyndt som aftalt.")
    for element in side.locator('[name^="naeste_tre_maaneder_"]').all():
        element.fill("To gange to timer om ugen.")
    felt(side, referat="Rie er kommet godt i gang.")
    if side.locator('[name="skitse"]').count():
        felt(side, skitse="Ti timer om ugen på biblioteket.")
    gang.tryk(side, "Luk mødet")
    # Without a next appointment it stays open, and nothing is lost.
    expect(side.locator('[name="referat"]')).to_have_value("Rie er kommet godt i gang.")
    felt(side, naeste_dato=f"{naeste:%d.%m.%Y}", naeste_kl="10.00", naeste_sted="Biblioteket")
    gang.tryk(side, "Luk mødet")


def fristen_er_opfyldt(gang: Gang) -> None:
    side = gang.sag("koordinerende", "frister/")
    raekke = side.get_by_role("row").filter(has_text="Første opfølgning").first
    expect(raekke).to_contain_text(re.compile("opfyldt", re.IGNORECASE))


def afslut(gang: Gang) -> None:
    side = gang.sag("koordinerende", "afslut/")
    felt(side, aarsag="fleksjob_ansat")
    gang.tryk(side, "Afslut sagen")
    side = gang.sag("koordinerende")
    besked(side, "Afslut")
