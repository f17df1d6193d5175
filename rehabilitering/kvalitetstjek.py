"""Quality assurance's checklist: computed from the case, never ticked by hand (domain.md 2.9)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from borgere import deling
from borgere.models import Dokument, Sag, Samtykke
from rehabilitering import sparringskrav
from rehabilitering.drejebog import drejebog
from rehabilitering.models import (
    ForberedendeAfsnit,
    ForberedendeDel,
    Laegeattest,
    Screeningsfravigelse,
)
from rehabilitering.services.forberedelse import (
    AFSNIT_OENSKER,
    Afsnitslinje,
    afsnitsliste,
    seneste_del,
)
from rehabilitering.services.samtale import manglende_emner
from ressource.dansk import dato as dansk_dato
from ressource.kalender import i_dag

# Below this age the education adviser takes part, so the education must be known (domain.md 1.2).
UNG_UNDER = 30


@dataclass(frozen=True)
class Tjekpunkt:
    """One line of the checklist. `er_krav`: unmet, it stops the case; else it is a warning.

    A requirement reads as met; a warning reads as things stand.
    """

    kode: str
    tekst: str
    opfyldt: bool
    link_url: str
    er_krav: bool = True


def tjekliste(sag: Sag, dato: date | None = None) -> list[Tjekpunkt]:
    """What the case has and lacks on `dato` (default today), each with the page that mends it.

    Computed, never ticked by hand (domain.md 2.9). Needs the case with citizen and rule set.
    """
    dato = dato or i_dag()
    del_ = seneste_del(sag)
    linjer = afsnitsliste(sag, del_)
    return [
        *_om_forberedende_del(sag, del_, linjer),
        _om_sammen(sag, linjer),
        _om_laegeattest(sag, dato),
        *_om_sparring(sag),
        *_om_borger(sag, dato),
        _om_samtaleemner(sag, del_),
        _om_netvaerk(sag),
        _om_drejebog(sag),
        _om_dokumenter(sag),
        *_om_samtykker(sag, dato),
        *_om_screening(sag),
    ]


def mangler(punkter: list[Tjekpunkt]) -> list[Tjekpunkt]:
    """The unmet requirements: what stops the case."""
    return [punkt for punkt in punkter if punkt.er_krav and not punkt.opfyldt]


def _side(sag: Sag, kode: str = "", felt: str = "") -> str:
    """Address of the forberedende del, at one section and field."""
    url = reverse("rehabilitering:forberedende_del", args=[sag.pk])
    return f"{url}{f'?afsnit={kode}' if kode else ''}{f'#id_{felt}' if felt else ''}"


def _om_forberedende_del(
    sag: Sag, del_: ForberedendeDel | None, linjer: list[Afsnitslinje]
) -> list[Tjekpunkt]:
    kraevede = [linje for linje in linjer if not linje.er_frivilligt]
    tomme = [linje for linje in kraevede if not linje.er_udfyldt]
    uden_ord = [linje for linje in linjer if linje.mangler_egne_ord]
    foerste_uden_ord = uden_ord[0].kode if uden_ord else linjer[0].kode
    navne = _navne(tomme)
    punkter = [
        Tjekpunkt(
            "afsnit",
            f"{_hvilke(linjer, kraevede)} er udfyldt{f' (mangler {navne})' if tomme else ''}",
            not tomme,
            _side(sag, tomme[0].kode if tomme else "", "egne_ord"),
        ),
        Tjekpunkt(
            "egne_ord",
            "Borgerens egne ord står i den forberedende del",
            any(linje.afsnit.egne_ord for linje in linjer),
            _side(sag, foerste_uden_ord, "egne_ord"),
        ),
        Tjekpunkt(
            "maal",
            "Der er et konkret job- eller uddannelsesmål",
            bool(del_ and del_.maal and del_.maal_art),
            _side(sag, AFSNIT_OENSKER, "maal"),
        ),
        Tjekpunkt(
            "gennemgaaet",
            "Den forberedende del er gennemgået med borgeren",
            bool(del_ and del_.gennemgaaet_dato),
            reverse("rehabilitering:forberedende_gennemgaaet", args=[sag.pk]),
        ),
    ]
    if uden_ord and any(linje.afsnit.egne_ord for linje in linjer):
        tekst = f"Borgerens egne ord mangler i {_navne(uden_ord)}"
        link = _side(sag, foerste_uden_ord, "egne_ord")
        punkter.append(Tjekpunkt("egne_ord_alle", tekst, False, link, er_krav=False))
    return punkter


def _hvilke(linjer: list[Afsnitslinje], kraevede: list[Afsnitslinje]) -> str:
    """The sections that must be filled in: all of them, but for those the set lets be left out."""
    antal = len({linje.nr for linje in kraevede})
    alle = len(kraevede) == len(linjer)
    return f"Alle {antal} afsnit" if alle else f"De {antal} afsnit, der skal udfyldes,"


def _om_sammen(sag: Sag, linjer: list[Afsnitslinje]) -> Tjekpunkt:
    """Each section with text says whether it was written together, and if not wholly, why."""
    udfyldte = [linje for linje in linjer if linje.er_udfyldt]
    uden = [linje for linje in udfyldte if not _siger_om_sammen(linje)]
    navne = f" (mangler i {_navne(uden)})" if uden else ""
    return Tjekpunkt(
        "sammen",
        f"Det står, om hvert afsnit er skrevet sammen med borgeren, og ellers hvorfor ikke{navne}",
        bool(udfyldte) and not uden,
        _side(sag, uden[0].kode if uden else "", "skrevet_sammen"),
    )


def _siger_om_sammen(linje: Afsnitslinje) -> bool:
    afsnit = linje.afsnit
    if afsnit.skrevet_sammen == ForberedendeAfsnit.Sammen.JA:
        return True
    return bool(afsnit.skrevet_sammen and afsnit.ikke_sammen_begrundelse)


def _navne(linjer: list[Afsnitslinje]) -> str:
    return ", ".join(linje.titel for linje in linjer)


def _om_samtaleemner(sag: Sag, del_: ForberedendeDel | None) -> Tjekpunkt:
    antal, rest = len(sag.regelsaet.samtaleemner), len(manglende_emner(sag, del_))
    mangler_ = f"Samtalerne har ikke været om {rest} af de {antal} emner"
    tekst = mangler_ if rest else f"Samtalerne har været om alle {antal} emner"
    link = reverse("rehabilitering:samtaler", args=[sag.pk])
    return Tjekpunkt("samtaleemner", tekst, not rest, link, er_krav=False)


def _om_netvaerk(sag: Sag) -> Tjekpunkt:
    """Asked about: somebody stands on the map. Some have nobody, so it is only a warning."""
    link = reverse("borgere:netvaerk", args=[sag.pk])
    spurgt = sag.borger.netvaerk.exists()
    ingen = "Ingen fra netværket er skrevet på. Er borgeren spurgt?"
    tekst = "Borgeren er spurgt om sit netværk" if spurgt else ingen
    return Tjekpunkt("netvaerk", tekst, spurgt, link, er_krav=False)


def _om_drejebog(sag: Sag) -> Tjekpunkt:
    bog = drejebog(sag)
    ikke = f"Drejebogen er ikke gennemgået ({bog.gjort} af {bog.antal} punkter)"
    tekst = "Drejebogen er gennemgået" if bog.er_gjort else ikke
    link = reverse("rehabilitering:drejebog", args=[sag.pk])
    return Tjekpunkt("drejebog", tekst, bog.er_gjort, link, er_krav=False)


def til_teamet(sag: Sag) -> QuerySet[Dokument]:
    """The list of what the team gets (domain.md 2.5): the latest edition of each document.

    Not the letters the system made: the citizen's packet, reminders to the GP.
    """
    return sag.dokumenter.filter(erstattet_af=None, er_dannet=False).defer("indhold")


def _om_dokumenter(sag: Sag) -> Tjekpunkt:
    antal = til_teamet(sag).count()
    tal = "1 dokument" if antal == 1 else f"{antal} dokumenter"
    klar = f"Dokumentlisten til teamet er klar: {tal}"
    tekst = klar if antal else "Der er ingen dokumenter til teamet"
    link = reverse("borgere:dokumenter", args=[sag.pk])
    return Tjekpunkt("dokumenter", tekst, bool(antal), link, er_krav=False)


def _om_screening(sag: Sag) -> list[Tjekpunkt]:
    """Only where the teamleder let the case go on without an approved note."""
    fravigelse: Screeningsfravigelse | None = (
        sag.screeningsfravigelser.filter(resultat=Screeningsfravigelse.Resultat.GODKENDT)
        .select_related("afgjort_af")
        .first()
    )
    if fravigelse is None or fravigelse.afgjort_af is None or fravigelse.afgjort_den is None:
        return []
    tekst = (
        f"Sagen er åbnet uden godkendt screening: {fravigelse.afgjort_af.navn} godkendte det "
        f"{dansk_dato(fravigelse.afgjort_den)}"
    )
    link = reverse("rehabilitering:screening", args=[sag.pk])
    return [Tjekpunkt("screening_fraveget", tekst, False, link, er_krav=False)]


def _om_laegeattest(sag: Sag, dato: date) -> Tjekpunkt:
    return Tjekpunkt(
        "laegeattest",
        "Lægeattest LÆ 265 er modtaget og aktuel",
        Laegeattest.objects.aktuelle(dato).filter(sag=sag).exists(),
        reverse("rehabilitering:laegeattest", args=[sag.pk]),
    )


def _om_sparring(sag: Sag) -> list[Tjekpunkt]:
    """Only where the rule set makes sparring a duty (R2026)."""
    if not sag.regelsaet.sparring_er_lovpligtig:
        return []
    return [
        Tjekpunkt(
            "sparring",
            "Sundhedskoordinator har givet sparring",
            sparringskrav.er_opfyldt(sag),
            reverse("rehabilitering:sparring"),
        )
    ]


def _om_borger(sag: Sag, dato: date) -> list[Tjekpunkt]:
    borger = sag.borger
    link = reverse("borgere:borger", args=[sag.pk])
    punkter = []
    if borger.har_boernesag:
        fulgt_op = borger.boernesag_fulgt_op_dato is not None
        punkter.append(Tjekpunkt("boernesag", "Børnesagen er fulgt op", fulgt_op, link))
    if borger.alder(dato) < UNG_UNDER:
        tekst = "Det er oplyst, om borgeren under 30 har en uddannelse"
        punkter.append(Tjekpunkt("uddannelse", tekst, borger.har_uddannelse is not None, link))
    return punkter


def _om_samtykker(sag: Sag, dato: date) -> list[Tjekpunkt]:
    aftaler = deling.aftaler(sag.borger_id, sag_id=sag.pk)
    punkter = []
    for modtager, hvem in (
        (Samtykke.Modtager.EGEN_LAEGE, "egen læge"),
        (Samtykke.Modtager.REGION, "regionen"),
    ):
        svar = aftaler.svar_alle(deling.Modtager(modtager), deling.SKAL_DELES[modtager], dato)
        link = svar.link or reverse("borgere:samtykker", args=[sag.pk])
        tekst = f"Borgeren har {'' if svar.maa else 'ikke '}givet samtykke til {hvem}"
        punkter.append(Tjekpunkt(f"samtykke_{modtager}", tekst, svar.maa, link, er_krav=False))
    return punkter
