"""Opening somebody else's case with a reason, and being too close to a citizen to see it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Borger, Inhabilitet, Saerligadgang, Sag
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type, UgyldigtPersonnummer
from borgere.services.sag import laas_sag
from borgere.soegning import naevner_personnummer
from ressource import haendelser
from ressource.adgang import maa
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle

# A working day: long enough to do what was urgent, too short to become a habit. Whoever still needs
# the case tomorrow gives a reason again, or is assigned to it.
AABEN_TIMER = 8
MINDSTE_BEGRUNDELSE = 10


def find_til_noedadgang(soegt: str) -> Sag | None:
    """The case with that number, or the newest one of the citizen with that personnummer.

    A number the citizen has had before finds them too. None when there is none.
    """
    soegt = soegt.strip()
    if sag := Sag.objects.filter(sagsnummer__iexact=soegt).first():
        return sag
    try:
        nummer = Nummer.laes(soegt, i_dag=i_dag())
    except UgyldigtPersonnummer:
        return None
    if nummer.type == Type.UDENLANDSK:
        return None
    sager = Sag.objects.filter(borger__personnumre__tegn=nummer.tegn)
    return sager.order_by("-oprettet_dato", "-pk").first()


@transaction.atomic
def aabn_noedadgang(soegt: str, *, begrundelse: str, af: Bruger) -> Sag:
    """Open the case with the case number or personnummer `soegt` for `AABEN_TIMER` hours.

    The case is visible to `af` afterwards. Somebody who sees it already, also by a form sent twice,
    opens nothing more. Raises `ValidationError`: on `begrundelse` when it is too short or names a
    personnummer, and with code `afvist` when there is no such case or `af` is inhabil. That one
    sentence covers both, so that it tells nobody whether the citizen is known.
    """
    begrundelse = _kraev_begrundelse(begrundelse)
    fundet = find_til_noedadgang(soegt)
    if fundet is None or _er_inhabil(fundet, af):
        raise ValidationError(
            "Sagen kan ikke åbnes med det nummer. Kontrollér det, eller spørg din teamleder.",
            code="afvist",
        )
    sag = laas_sag(fundet.pk)
    if not Sag.objects.synlige_for(af).filter(pk=sag.pk).exists():
        _aabn(sag, Saerligadgang.Art.NOEDADGANG, begrundelse, af=af)
    return sag


@transaction.atomic
def aabn_beskyttet(sag: Sag, *, begrundelse: str, af: Bruger) -> Sag:
    """Pass the further gate of a protected citizen for `AABEN_TIMER` hours (domain.md 3, rule 4).

    For those who come as a deputy or by their role (`bag_beskyttelse`). Opened already, nothing
    more happens. Raises `ValidationError` on `begrundelse`, and `PermissionDenied` for others.
    """
    begrundelse = _kraev_begrundelse(begrundelse)
    sag = laas_sag(sag.pk)
    if Sag.objects.synlige_for(af).filter(pk=sag.pk).exists():
        return sag
    if not Sag.objects.bag_beskyttelse(af).filter(pk=sag.pk).exists():
        raise PermissionDenied("Du har ikke adgang til sagen.")
    _aabn(sag, Saerligadgang.Art.BESKYTTET, begrundelse, af=af)
    return sag


def _kraev_begrundelse(begrundelse: str) -> str:
    """The reason without blanks round it. Raises `ValidationError` when it will not do."""
    renset = begrundelse.strip()
    if len(renset) < MINDSTE_BEGRUNDELSE:
        raise ValidationError(
            {
                "begrundelse": (
                    f"Skriv, hvorfor du skal se sagen, med mindst {MINDSTE_BEGRUNDELSE} tegn."
                )
            }
        )
    if naevner_personnummer(renset):
        raise ValidationError({"begrundelse": "Skriv ikke personnummer i begrundelsen."})
    return renset


def _er_inhabil(sag: Sag, bruger: Bruger) -> bool:
    gaeldende = Inhabilitet.objects.gaeldende()
    return gaeldende.filter(borger=sag.borger_id, bruger=bruger).exists()


def _aabn(sag: Sag, art: Saerligadgang.Art, begrundelse: str, *, af: Bruger) -> None:
    """Let `af` in from now on. `sag` is locked, so two at once open one."""
    nu = timezone.now()
    adgang = Saerligadgang(
        sag=sag,
        bruger=af,
        art=art,
        begrundelse=begrundelse,
        fra_tid=nu,
        til_tid=nu + timedelta(hours=AABEN_TIMER),
    )
    adgang.full_clean()
    adgang.save()
    haendelser.log(adgang, f"adgang.{art}", af=af, sag_id=sag.pk)


@transaction.atomic
def gennemse_adgang(adgang: Saerligadgang, *, note: str = "", af: Bruger) -> Saerligadgang:
    """Note that the teamleder `af` has looked at the opening, with what there is to say of it.

    Raises `PermissionDenied` unless it is one for `af` to look at (`til_gennemsyn`), and
    `ValidationError` when somebody has looked at it already.
    """
    adgang = (
        Saerligadgang.objects.select_for_update(of=("self",))
        .select_related("sag")
        .get(pk=adgang.pk)
    )
    if adgang.gennemset_den:
        raise ValidationError("Adgangen er allerede gennemset.", code="gennemset")
    egen = Saerligadgang.objects.til_gennemsyn(af).filter(pk=adgang.pk)
    if not (af.har_rolle(Rolle.TEAMLEDER) and egen.exists()):
        raise PermissionDenied("Kun teamlederen for sagens team kan gennemse adgangen.")
    adgang.gennemset_den = timezone.now()
    adgang.gennemset_af = af
    adgang.gennemset_note = note.strip()
    adgang.full_clean()
    adgang.save(update_fields=["gennemset_den", "gennemset_af", "gennemset_note"])
    haendelser.log(adgang, "adgang.gennemset", af=af, sag_id=adgang.sag_id)
    return adgang


def antal_til_gennemsyn(bruger: Bruger) -> int:
    """How many openings wait for `bruger` to look at. One statement for a teamleder, else none."""
    if not maa(bruger, "adgang.tilsyn"):
        return 0
    return Saerligadgang.objects.til_gennemsyn(bruger).count()


def kan_melde_andre(sag: Sag, bruger: Bruger) -> bool:
    """Whether `bruger` may register a colleague: the case's responsible, or its teamleder."""
    if bruger.har_rolle(Rolle.TEAMLEDER) and bruger.team_id == sag.team_id:
        return True
    ansvar = sag.tildelinger.gaeldende(i_dag()).ansvarlige().habile()
    return ansvar.filter(bruger=bruger).exists()


@transaction.atomic
def meld_inhabil(sag: Sag, bruger: Bruger, *, begrundelse: str, af: Bruger) -> Inhabilitet:
    """Shut every case of the citizen to `bruger` from today (FVL § 3), whatever let them in.

    For oneself, or by the case's responsible or teamleder (`kan_melde_andre`); others get
    `PermissionDenied`. Registered already, that row is returned and nothing is written. Raises
    `ValidationError` by field.
    """
    Borger.objects.select_for_update(of=("self",)).get(pk=sag.borger_id)
    if af.pk != bruger.pk and not kan_melde_andre(sag, af):
        raise PermissionDenied("Kun den ansvarlige og teamlederen kan melde en kollega inhabil.")
    if findes := Inhabilitet.objects.filter(
        borger=sag.borger_id, bruger=bruger, til_dato=None
    ).first():
        return findes
    inhabilitet = Inhabilitet(
        borger_id=sag.borger_id,
        bruger=bruger,
        begrundelse=begrundelse.strip(),
        registreret_af=af,
    )
    inhabilitet.full_clean()
    inhabilitet.save()
    haendelser.log(inhabilitet, "adgang.inhabil", af=af, sag_id=sag.pk, bruger=bruger.pk)
    return inhabilitet


@transaction.atomic
def ophaev_inhabilitet(inhabilitet: Inhabilitet, *, af: Bruger) -> Inhabilitet:
    """Let today be the last day it holds. Ended already, nothing is written.

    For a teamleder it concerns (`for_teamleder`); others, and whoever it is about, get
    `PermissionDenied`.
    """
    inhabilitet = Inhabilitet.objects.select_for_update(of=("self",)).get(pk=inhabilitet.pk)
    if inhabilitet.til_dato is not None:
        return inhabilitet
    egne = Inhabilitet.objects.for_teamleder(af).filter(pk=inhabilitet.pk)
    if inhabilitet.bruger_id == af.pk or not egne.exists():
        raise PermissionDenied("Kun en anden teamleder for teamet kan ophæve inhabiliteten.")
    inhabilitet.til_dato = max(i_dag(), inhabilitet.fra_dato)
    inhabilitet.full_clean()
    inhabilitet.save(update_fields=["til_dato"])
    sag = Sag.objects.filter(borger=inhabilitet.borger_id).order_by("-oprettet_dato").first()
    haendelser.log(
        inhabilitet,
        "adgang.inhabil_ophaevet",
        af=af,
        sag_id=sag.pk if sag else None,
        bruger=inhabilitet.bruger_id,
    )
    return inhabilitet
