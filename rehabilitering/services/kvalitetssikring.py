"""Quality assurance: what must be in order before the team sees a case, and who says it is."""

from collections.abc import Mapping
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.egen import FORBEREDENDE_DEL, har_skrevet
from rehabilitering.kvalitetstjek import Tjekpunkt, mangler, tjekliste
from rehabilitering.models import ForberedendeDel, Kvalitetssikring
from rehabilitering.services.forberedelse import afsnitskoder, seneste_del
from ressource import haendelser
from ressource.models import Bruger


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
def godkend(
    ks: Kvalitetssikring, *, bemaerkninger: Mapping[str, str] | None = None, af: Bruger
) -> Kvalitetssikring:
    """Approve: the case is ready for a meeting and its forberedende del is closed.

    `bemaerkninger` as in `retur`.
    The requirements are asked again, for a certificate may have grown old since. Raises
    `ValidationError` for a second decision, for one's own case and for an unmet requirement.
    """
    sag, ks = _laas_aaben(ks, af)
    punkter = tjekliste(sag)
    _kraev_opfyldt(punkter)
    ks.bemaerkninger = _kendte(sag, bemaerkninger)
    _afgoer(ks, Kvalitetssikring.Resultat.GODKENDT, "", punkter, af)
    del_ = ks.forberedende_del
    del_.status = ForberedendeDel.Status.KVALITETSSIKRET
    del_.full_clean()
    del_.save(update_fields=["status"])
    skift_fase(sag, Fase.MOEDE, af=af)
    haendelser.log(ks, "kvalitetssikring.godkendt", af=af, sag_id=sag.pk)
    return ks


@transaction.atomic
def retur(
    ks: Kvalitetssikring,
    *,
    begrundelse: str,
    bemaerkninger: Mapping[str, str] | None = None,
    af: Bruger,
) -> Kvalitetssikring:
    """Send the case back to forberedelse with what must be mended.

    `bemaerkninger` is by the code the section is written under; they are shown there. Raises
    `ValidationError` without a reason, for a second decision and for one's own case.
    """
    sag, ks = _laas_aaben(ks, af)
    if not begrundelse.strip():
        raise ValidationError(
            {"begrundelse": "Skriv, hvad der skal rettes, før sagen kan godkendes."}
        )
    ks.bemaerkninger = _kendte(sag, bemaerkninger)
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
        update_fields=[
            "resultat",
            "begrundelse",
            "bemaerkninger",
            "tjekliste",
            "afgjort_af",
            "afgjort_den",
        ],
    )


def _kendte(sag: Sag, bemaerkninger: Mapping[str, str] | None) -> dict[str, str]:
    """The remarks that say something, at the sections of the case's rule set."""
    sagt = bemaerkninger or {}
    return {kode: sagt[kode].strip() for kode in afsnitskoder(sag) if sagt.get(kode, "").strip()}


def _som_data(punkter: list[Tjekpunkt]) -> list[dict[str, object]]:
    """The checklist as it is kept; addresses change and are left out."""
    return [{k: v for k, v in asdict(p).items() if k != "link_url"} for p in punkter]


def _kraev_opfyldt(punkter: list[Tjekpunkt]) -> None:
    """Raise `ValidationError` with one sentence per unmet requirement."""
    if uopfyldte := mangler(punkter):
        raise ValidationError([f"Ikke opfyldt: {punkt.tekst}." for punkt in uopfyldte])
