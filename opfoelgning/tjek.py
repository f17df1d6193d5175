"""«Det mangler for at komme videre»: what each step takes, computed from where the case stands."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from borgere.models import Borger, Fase
from opfoelgning.sagsfakta import Sagsfakta
from rehabilitering.models import ForberedendeDel, Screeningsnotat, Udfald
from ressource import dansk

ATTEST = "rehabilitering:laegeattest"
DEL = "rehabilitering:forberedende_del"


@dataclass(frozen=True, slots=True)
class Tjek:
    """One line. `tilstand` is `ja`, `nej` (stops the case) or `obs` (worth a thought)."""

    tilstand: str
    tekst: str
    hjaelp: str
    handling: str
    url: str


def tjekliste(fakta: Sagsfakta, borger: Borger) -> list[Tjek]:
    """What the step takes: the missing first, then what only deserves attention, then the rest."""
    punkter = _for_fasen(fakta, borger)
    orden = {"nej": 0, "obs": 1, "ja": 2}
    return sorted(punkter, key=lambda punkt: orden[punkt.tilstand])


def i_ord(punkter: list[Tjek]) -> str:
    """`2 mangler, 1 at være opmærksom på`; empty when all is met."""
    tal = Counter(punkt.tilstand for punkt in punkter)
    dele = [("nej", "mangler"), ("obs", "at være opmærksom på")]
    return ", ".join(f"{tal[tilstand]} {ord_}" for tilstand, ord_ in dele if tal[tilstand])


def _for_fasen(fakta: Sagsfakta, borger: Borger) -> list[Tjek]:
    match fakta.fase:
        case Fase.SCREENING:
            return _screening(fakta)
        case Fase.FORBEREDELSE:
            return [*_forberedelse(fakta), _drejebog(fakta), *_om_borgeren(fakta, borger)]
        case Fase.KVALITETSSIKRING:
            return [_godkendelse(fakta), *_forberedelse(fakta), *_om_borgeren(fakta, borger)]
        case Fase.MOEDE:
            return [
                _dagsorden(fakta),
                _attest(fakta),
                _drejebog(fakta),
                *([_pakke(fakta)] if fakta.teammoede_dato else []),
                *_om_borgeren(fakta, borger),
            ]
        case Fase.INDSTILLING:
            return [_indstilling(fakta)]
        case Fase.AFGOERELSE:
            faar_forloeb = fakta.indstilling_udfald == Udfald.RESSOURCEFORLOEB
            moede = [*_eftermoede(fakta), _foerste_opfoelgning(fakta)] if faar_forloeb else []
            return [*moede, _afgoerelse(fakta), _laegesamtykke(fakta)]
        case Fase.PLAN:
            return [
                *_eftermoede(fakta),
                _foerste_opfoelgning(fakta),
                _plan(fakta),
                *_forloeb(fakta),
            ]
        case Fase.OPFOELGNING:
            return [_naeste_moede(fakta), *_forloeb(fakta)]
        case _:
            return []


def _tjek(
    opfyldt: bool,
    tekster: tuple[str, str],
    hjaelp: str,
    handling: str,
    url_navn: str,
    pk: int,
    *,
    ellers: str = "nej",
) -> Tjek:
    """`tekster` is how it reads when met and when not; met, the link only shows it."""
    return Tjek(
        "ja" if opfyldt else ellers,
        tekster[0] if opfyldt else tekster[1],
        hjaelp,
        "Se" if opfyldt else handling,
        reverse(url_navn, args=[pk]),
    )


def _screening(fakta: Sagsfakta) -> list[Tjek]:
    side = "rehabilitering:screening"
    sendt = f"Sendt {dansk.dato(fakta.screening_indsendt)}" if fakta.screening_indsendt else ""
    mangler = fakta.screening_resultat == Screeningsnotat.Resultat.MANGLER_OPLYSNINGER
    return [
        _tjek(
            bool(fakta.screening_indsendt) and not mangler,
            ("Screeningsnotatet er sendt", "Screeningsnotatet er ikke sendt"),
            "Faglig konsulent mangler oplysninger" if mangler else sendt,
            "Skriv notatet",
            side,
            fakta.sag_id,
        ),
        _tjek(
            bool(fakta.screening_resultat) and not mangler,
            ("Screeningen er afgjort", "Screeningen er ikke afgjort"),
            "Afgøres af faglig konsulent",
            "Se notatet",
            side,
            fakta.sag_id,
        ),
    ]


def _forberedelse(fakta: Sagsfakta) -> list[Tjek]:
    gennemgaaet = fakta.del_status not in {None, ForberedendeDel.Status.KLADDE}
    return [
        _tjek(
            gennemgaaet,
            (
                "Den forberedende del er gennemgået med borgeren",
                "Den forberedende del er ikke gennemgået med borgeren",
            ),
            "" if fakta.del_status else "Den er ikke begyndt",
            "Fortsæt" if fakta.del_status else "Begynd",
            DEL,
            fakta.sag_id,
        ),
        _attest(fakta),
        _tjek(
            fakta.sparring_afklaret is not None,
            (
                "Helbred er afklaret med sundhedskoordinator",
                "Helbred er ikke afklaret med sundhedskoordinator",
            ),
            _sparring_hjaelp(fakta),
            "Se svaret"
            if fakta.sparring_afklaret
            else "Se tiden"
            if fakta.naeste_sparring
            else "Book sparring",
            DEL if fakta.sparring_afklaret else "rehabilitering:sparring_sag",
            fakta.sag_id,
            ellers="obs",
        ),
    ]


def _sparring_hjaelp(fakta: Sagsfakta) -> str:
    if fakta.sparring_afklaret:
        return f"Svar {dansk.dato(fakta.sparring_afklaret)}"
    if fakta.naeste_sparring:
        return f"Sparring er booket {dansk.tidspunkt(fakta.naeste_sparring)}"
    return "Book en sparringstid, hvis der er tvivl"


def _attest(fakta: Sagsfakta) -> Tjek:
    bestilt = fakta.attest_anmodet
    hjaelp = f"Bestilt {dansk.dato(bestilt)}" if bestilt and not fakta.attest_aktuel else ""
    if hjaelp and fakta.attest_rykker:
        hjaelp += ". En rykker til lægen ligger klar"
    return _tjek(
        fakta.attest_aktuel,
        ("Lægeattest LÆ 265 er aktuel", "Lægeattest LÆ 265 mangler"),
        hjaelp,
        "Følg op" if bestilt else "Bestil",
        ATTEST,
        fakta.sag_id,
    )


def _godkendelse(fakta: Sagsfakta) -> Tjek:
    hjaelp = f"Sendt {dansk.dato(fakta.ks_indsendt)}" if fakta.ks_indsendt else ""
    return _tjek(
        False,
        ("", "Faglig konsulent har ikke godkendt sagen"),
        hjaelp,
        "Se tjeklisten",
        "rehabilitering:kvalitetssikring",
        fakta.sag_id,
    )


def _om_borgeren(fakta: Sagsfakta, borger: Borger) -> list[Tjek]:
    punkter = [_laegesamtykke(fakta)]
    if borger.har_boernesag:
        fulgt_op = borger.boernesag_fulgt_op_dato
        punkter.append(
            _tjek(
                fulgt_op is not None,
                ("Børnesagen er fulgt op", "Børnesagen er ikke fulgt op"),
                dansk.dato(fulgt_op) if fulgt_op else "Den skal være fulgt op før teammødet",
                "Registrér",
                "borgere:borger",
                fakta.sag_id,
            )
        )
    return punkter


def _laegesamtykke(fakta: Sagsfakta) -> Tjek:
    return _tjek(
        fakta.har_laegesamtykke,
        ("Samtykke til egen læge gælder", "Intet samtykke til egen læge"),
        "" if fakta.har_laegesamtykke else "Indstilling og plan kan ikke sendes uden",
        "Indhent samtykke",
        "borgere:samtykker",
        fakta.sag_id,
        ellers="obs",
    )


def _dagsorden(fakta: Sagsfakta) -> Tjek:
    moede = fakta.teammoede_dato
    return _tjek(
        moede is not None,
        ("Sagen er på et teammødes dagsorden", "Sagen er ikke på et teammødes dagsorden"),
        dansk.dato(moede) if moede else "Mødekoordinator sætter den på",
        "Se møder",
        "rehabilitering:sag_moede",
        fakta.sag_id,
    )


def _drejebog(fakta: Sagsfakta) -> Tjek:
    rest = fakta.drejebog_mangler
    return _tjek(
        not rest,
        ("Drejebogen er gennemgået", "Drejebogen er ikke gennemgået"),
        f"{rest} {'punkt' if rest == 1 else 'punkter'} mangler" if rest else "",
        "Åbn drejebogen",
        "rehabilitering:drejebog",
        fakta.sag_id,
        ellers="obs",
    )


def _pakke(fakta: Sagsfakta) -> Tjek:
    return _tjek(
        fakta.har_pakke,
        ("Borgeren har fået pakken om mødet", "Borgeren har ikke fået pakken om mødet"),
        "",
        "Lav pakken",
        "rehabilitering:borgerpakke",
        fakta.sag_id,
        ellers="obs",
    )


def _indstilling(fakta: Sagsfakta) -> Tjek:
    return _tjek(
        False,
        ("", "Teamets indstilling er ikke afsluttet"),
        "Mødeleder afslutter den",
        "Se indstillingen",
        "rehabilitering:sag_moede",
        fakta.sag_id,
    )


def _eftermoede(fakta: Sagsfakta) -> list[Tjek]:
    """Nothing once they have met without one: then it is too late to talk the meeting through."""
    holdt = fakta.eftermoede_holdt
    if holdt is None and fakta.antal_holdt:
        return []
    return [
        _tjek(
            holdt is not None,
            ("Eftermødet er holdt", "Eftermødet er ikke holdt"),
            dansk.dato(holdt)
            if holdt
            else "Tal mødet igennem med borgeren, og giv planen med hjem",
            "Hold eftermøde",
            "opfoelgning:eftermoede",
            fakta.sag_id,
            ellers="obs",
        )
    ]


def _foerste_opfoelgning(fakta: Sagsfakta) -> Tjek:
    if fakta.antal_holdt:
        hjaelp = f"Sidst holdt {dansk.dato(fakta.sidst_holdt)}" if fakta.sidst_holdt else ""
        tekst, handling, url_navn = "Første opfølgning er holdt", "Se", "opfoelgning:liste"
        return Tjek("ja", tekst, hjaelp, handling, reverse(url_navn, args=[fakta.sag_id]))
    if fakta.moede_id and fakta.moede_tidspunkt:
        side = reverse("opfoelgning:moede", args=[fakta.moede_id])
        aftalt = f"Aftalt til {dansk.tidspunkt(fakta.moede_tidspunkt)}"
        return Tjek("obs", "Første opfølgning er ikke holdt endnu", aftalt, "Åbn skemaet", side)
    side = reverse("opfoelgning:moede_ny", args=[fakta.sag_id])
    hjaelp = "Skal holdes senest en uge efter teammødet"
    return Tjek("nej", "Første opfølgning er ikke aftalt", hjaelp, "Aftal", side)


def _afgoerelse(fakta: Sagsfakta) -> Tjek:
    truffet = fakta.afgoerelse_dato
    return _tjek(
        truffet is not None,
        ("Afgørelsen er truffet", "Afgørelsen er ikke truffet"),
        dansk.dato(truffet) if truffet else "Brevet dannes, når den afsluttes",
        "Skriv afgørelsen",
        "rehabilitering:afgoerelse",
        fakta.sag_id,
    )


def _plan(fakta: Sagsfakta) -> Tjek:
    antal = fakta.antal_indsatser
    hjaelp = f"{antal} indsats{'' if antal == 1 else 'er'} i planen" if antal else "Planen er tom"
    return _tjek(
        False,
        ("", "Indsatsplanen er ikke godkendt med borgeren"),
        hjaelp,
        "Fortsæt planen",
        "indsatsplan:plan",
        fakta.sag_id,
    )


def _naeste_moede(fakta: Sagsfakta) -> Tjek:
    tid = fakta.moede_tidspunkt
    if fakta.moede_id and tid:
        forbi = tid < timezone.now()
        tekst = "Mødeskemaet er ikke lukket" if forbi else "Næste opfølgning er aftalt"
        side = reverse("opfoelgning:moede", args=[fakta.moede_id])
        return Tjek("nej" if forbi else "ja", tekst, dansk.tidspunkt(tid), "Åbn skemaet", side)
    side = reverse("opfoelgning:moede_ny", args=[fakta.sag_id])
    return Tjek("nej", "Borgeren har ingen næste aftale", "", "Aftal opfølgning", side)


def _forloeb(fakta: Sagsfakta) -> list[Tjek]:
    """What a good forløb has: mentor, company-directed effort, the same goal all the way."""
    mentor = _tjek(
        fakta.har_mentor,
        ("Mentor er tilknyttet", "Mentor er ikke tilknyttet"),
        "",
        "Tilknyt mentor",
        "borgere:tildel",
        fakta.sag_id,
    )
    if not fakta.har_mentor:
        mentor = Tjek(
            mentor.tilstand, mentor.tekst, "", mentor.handling, f"{mentor.url}?art=mentor"
        )
    praktik = _tjek(
        fakta.har_virksomhedsrettet,
        ("En virksomhedsrettet indsats er i gang", "Ingen virksomhedsrettet indsats er i gang"),
        "" if fakta.har_virksomhedsrettet else "Praktik helst fra første dag",
        "Planlæg i planen",
        "indsatsplan:plan",
        fakta.sag_id,
        ellers="obs",
    )
    return [mentor, praktik, *_maal(fakta), _laegesamtykke(fakta)]


def _maal(fakta: Sagsfakta) -> list[Tjek]:
    if not fakta.maal or not fakta.indstilling_maal:
        return []
    return [
        _tjek(
            fakta.maal == fakta.indstilling_maal,
            ("Målet er det samme som i indstillingen", "Målet er et andet end i indstillingen"),
            fakta.maal,
            "Se målet",
            "indsatsplan:plan",
            fakta.sag_id,
            ellers="obs",
        )
    ]
