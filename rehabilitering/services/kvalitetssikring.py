"""Quality assurance: what must be in order before the team sees a case, and who says it is."""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from borgere import deling
from borgere.models import Fase, Sag, Samtykke
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.egen import FORBEREDENDE_DEL, har_skrevet
from rehabilitering.models import ForberedendeDel, Kvalitetssikring, Laegeattest
from rehabilitering.services.forberedelse import (
    AFSNIT_OENSKER,
    Afsnitslinje,
    afsnitsliste,
    seneste_del,
)
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

# Below this age the education adviser takes part, so the education must be known (domain.md 1.2).
UNG_UNDER = 30


@dataclass(frozen=True)
class Tjekpunkt:
    """One line of the checklist. `er_krav`: unmet, it stops the case; else it is a warning."""

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
        _om_laegeattest(sag, dato),
        *_om_sparring(sag),
        *_om_borger(sag, dato),
        *_om_samtykker(sag, dato),
    ]


def mangler(punkter: list[Tjekpunkt]) -> list[Tjekpunkt]:
    """The unmet requirements: what stops the case."""
    return [punkt for punkt in punkter if punkt.er_krav and not punkt.opfyldt]


@transaction.atomic
def indsend(sag: Sag, *, af: Bruger) -> Kvalitetssikring:
    """Hand the case in: from forberedelse to kvalitetssikring.

    Raises `ValidationError` with one sentence per unmet requirement.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, Fase.FORBEREDELSE)
    punkter = tjekliste(sag)
    _kraev_opfyldt(punkter)
    ks = Kvalitetssikring(
        sag=sag,
        forberedende_del=seneste_del(sag),
        indsendt_den=timezone.now(),
        indsendt_af=af,
        tjekliste=_som_data(punkter),
    )
    ks.full_clean()
    ks.save()
    skift_fase(sag, Fase.KVALITETSSIKRING, af=af)
    haendelser.log(ks, "kvalitetssikring.indsendt", af=af, sag_id=sag.pk)
    return ks


@transaction.atomic
def godkend(ks: Kvalitetssikring, *, af: Bruger) -> Kvalitetssikring:
    """Approve: the case is ready for a meeting and its forberedende del is closed.

    The requirements are asked again, for a certificate may have grown old since. Raises
    `ValidationError` for a second decision, for one's own case and for an unmet requirement.
    """
    sag, ks = _laas_aaben(ks, af)
    punkter = tjekliste(sag)
    _kraev_opfyldt(punkter)
    _afgoer(ks, Kvalitetssikring.Resultat.GODKENDT, "", punkter, af)
    del_ = ks.forberedende_del
    del_.status = ForberedendeDel.Status.KVALITETSSIKRET
    del_.full_clean()
    del_.save(update_fields=["status"])
    skift_fase(sag, Fase.MOEDE, af=af)
    haendelser.log(ks, "kvalitetssikring.godkendt", af=af, sag_id=sag.pk)
    return ks


@transaction.atomic
def retur(ks: Kvalitetssikring, *, begrundelse: str, af: Bruger) -> Kvalitetssikring:
    """Send the case back to forberedelse with what must be mended.

    Raises `ValidationError` without a reason, for a second decision and for one's own case.
    """
    sag, ks = _laas_aaben(ks, af)
    if not begrundelse.strip():
        raise ValidationError(
            {"begrundelse": "Skriv, hvad der skal rettes, før sagen kan godkendes."}
        )
    _afgoer(ks, Kvalitetssikring.Resultat.RETUR, begrundelse.strip(), tjekliste(sag), af)
    skift_fase(sag, Fase.FORBEREDELSE, af=af)
    haendelser.log(ks, "kvalitetssikring.retur", af=af, sag_id=sag.pk)
    return ks


def _laas_aaben(ks: Kvalitetssikring, af: Bruger) -> tuple[Sag, Kvalitetssikring]:
    """Case and judgement, locked. Raises `ValidationError` unless `af` may judge it now."""
    sag = laas_sag(ks.sag_id)
    ks = (
        Kvalitetssikring.objects.select_for_update(of=("self",))
        .select_related("forberedende_del")
        .get(pk=ks.pk)
    )
    if ks.resultat:
        raise ValidationError(
            "Sagen er allerede afgjort i kvalitetssikringen. Genindlæs siden for at se hvordan.",
            code="afgjort",
        )
    kraev_fase(sag, Fase.KVALITETSSIKRING)
    if er_egen(ks, af):
        raise ValidationError(
            "Du har selv skrevet i sagen eller sendt den ind. En anden faglig konsulent skal "
            "kvalitetssikre den.",
            code="egen",
        )
    return sag, ks


def er_egen(ks: Kvalitetssikring, bruger: Bruger) -> bool:
    """Whether the user handed the case in or wrote in its forberedende del. One statement at most."""
    return ks.indsendt_af_id == bruger.pk or har_skrevet(ks.sag_id, bruger, FORBEREDENDE_DEL)


def _afgoer(
    ks: Kvalitetssikring, resultat: str, begrundelse: str, punkter: list[Tjekpunkt], af: Bruger
) -> None:
    ks.resultat = resultat
    ks.begrundelse = begrundelse
    ks.tjekliste = _som_data(punkter)
    ks.afgjort_af = af
    ks.afgjort_den = timezone.now()
    ks.full_clean()
    ks.save(
        update_fields=["resultat", "begrundelse", "tjekliste", "afgjort_af", "afgjort_den"],
    )


def _som_data(punkter: list[Tjekpunkt]) -> list[dict[str, object]]:
    """The checklist as it is kept; addresses change and are left out."""
    return [{k: v for k, v in asdict(p).items() if k != "link_url"} for p in punkter]


def _kraev_opfyldt(punkter: list[Tjekpunkt]) -> None:
    """Raise `ValidationError` with one sentence per unmet requirement."""
    if uopfyldte := mangler(punkter):
        raise ValidationError([f"Ikke opfyldt: {punkt.tekst}." for punkt in uopfyldte])


def _side(sag: Sag, kode: str = "", felt: str = "") -> str:
    """Address of the forberedende del, at one section and field."""
    url = reverse("rehabilitering:forberedende_del", args=[sag.pk])
    return f"{url}{f'?afsnit={kode}' if kode else ''}{f'#id_{felt}' if felt else ''}"


def _om_forberedende_del(
    sag: Sag, del_: ForberedendeDel | None, linjer: list[Afsnitslinje]
) -> list[Tjekpunkt]:
    tomme = [linje for linje in linjer if not linje.er_udfyldt]
    uden_ord = [linje for linje in linjer if linje.mangler_egne_ord]
    foerste_uden_ord = uden_ord[0].kode if uden_ord else linjer[0].kode
    navne = ", ".join(linje.titel for linje in tomme)
    punkter = [
        Tjekpunkt(
            "afsnit",
            f"Alle {len(linjer)} afsnit er udfyldt{f' (mangler {navne})' if tomme else ''}",
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
        titler = ", ".join(linje.titel for linje in uden_ord)
        tekst = f"Alle beskrivelser følges af borgerens egne ord (mangler i {titler})"
        link = _side(sag, foerste_uden_ord, "egne_ord")
        punkter.append(Tjekpunkt("egne_ord_alle", tekst, False, link, er_krav=False))
    return punkter


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
            sag.sparringer.filter(besvaret_den__isnull=False).exists(),
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
        tekst = f"Borgeren har givet samtykke til {hvem}"
        punkter.append(Tjekpunkt(f"samtykke_{modtager}", tekst, svar.maa, link, er_krav=False))
    return punkter
