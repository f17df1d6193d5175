"""The agreement about a praktik in words: one text for the company, the citizen and the grant.

What it must never hold is health, a personnummer or a protected address; skånehensyn only with the
citizen's consent to that company (domain.md 3, the row of virksomhedsmentor).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone

from borgere import deling
from borgere.deling import Modtager, Svar
from borgere.models import Borger, Informationstype, Samtykke
from borgere.soegning import naevner_personnummer
from indsatsplan.models import Indsats, Indsatstrin, Praktik, Virksomhedskontakt
from rehabilitering import brev
from rehabilitering.brev.tekst import Blok, Vaerdi
from rehabilitering.models import Brevskabelon
from ressource import dansk
from ressource.kalender import i_dag
from ressource.models import Bruger

KODE = Brevskabelon.Kode.BEVILLING_PRAKTIK


@dataclass(frozen=True, slots=True)
class Bevilling:
    """The text as it would be made now. `udeladt` says why skånehensyn are left out, or is empty."""

    overskrift: str
    blokke: list[Blok]
    udeladt: str
    link: str


def vis(praktik: Praktik, *, af: Bruger) -> Bevilling:
    """The text on the screen. Raises `ValidationError` when something it must say is missing."""
    svar = _samtykke(praktik)
    sag = praktik.indsats.forloeb.sag
    overskrift, blokke = brev.vis(KODE, sag, _felter(praktik, svar), af=af)
    mangler = svar is not None and not svar.maa
    return Bevilling(
        overskrift=overskrift,
        blokke=blokke,
        udeladt=svar.aarsag if svar and mangler else "",
        link=svar.link if svar and mangler else "",
    )


def som_pdf(praktik: Praktik, *, af: Bruger) -> bytes:
    """The text as a letter to the company, dated today: made twice the same day, the same bytes.

    Raises `ValidationError` as `vis`, and `ressource.pdf.PdfUtilgaengelig`.
    """
    virksomhed = praktik.virksomhed
    return brev.dan(
        KODE,
        praktik.indsats.forloeb.sag,
        _felter(praktik, _samtykke(praktik)),
        af=af,
        tidspunkt=timezone.make_aware(datetime.combine(i_dag(), time())),
        modtager=[
            virksomhed.navn,
            praktik.kontakt.navn if praktik.kontakt else "",
            virksomhed.adresse,
            f"{virksomhed.postnr} {virksomhed.by}",
        ],
    )


def _samtykke(praktik: Praktik) -> Svar | None:
    """Whether the company may know the skånehensyn; None when none are written."""
    if not praktik.indsats.skaanehensyn.strip():
        return None
    sag = praktik.indsats.forloeb.sag
    hvem = Modtager(Samtykke.Modtager.VIRKSOMHED, praktik.virksomhed.navn)
    return deling.maa_dele(sag.borger, hvem, Informationstype.SKAANEHENSYN, sag_id=sag.pk)


def _felter(praktik: Praktik, svar: Svar | None) -> dict[str, Vaerdi]:
    indsats = praktik.indsats
    felter: dict[str, Vaerdi] = {
        "virksomhed": praktik.virksomhed.navn,
        "cvr": praktik.virksomhed.cvr,
        "periode": _periode(indsats),
        "formaal": praktik.formaal_vist,
        "trin": _trin(indsats),
        "skaanehensyn": indsats.skaanehensyn.strip() if svar and svar.maa else "",
        "kontakt": _person(praktik.kontakt),
        "virksomhedsmentor": _person(praktik.virksomhedsmentor),
        "ansvarlig": indsats.ansvarlig,
    }
    _kraev_intet_hemmeligt(felter, indsats.forloeb.sag.borger)
    return felter


def _periode(indsats: Indsats) -> str:
    """`16. juni 2025 til 28. februar 2026`; without an end it is agreed later."""
    fra = dansk.dato_skrevet(indsats.faktisk_start or indsats.planlagt_start)
    til = indsats.faktisk_slut or indsats.planlagt_slut
    return f"{fra} til {dansk.dato_skrevet(til)}" if til else f"{fra}. Sidste dag aftales senere"


def _trin(indsats: Indsats) -> list[str]:
    """A line for each step; for an effort without steps, its hours."""
    trin = [_et_trin(nr, t) for nr, t in enumerate(indsats.trin.gaeldende(), start=1)]
    if not trin and indsats.timer_pr_uge:
        trin = [f"{dansk.timer(indsats.timer_pr_uge)} om ugen".capitalize()]
    if not trin:
        raise ValidationError(
            "Teksten kan ikke laves endnu. Skriv først praktikkens trin, eller timer om ugen.",
            code="uden_timer",
        )
    return trin


def _et_trin(nr: int, trin: Indsatstrin) -> str:
    dage = "1 dag" if trin.dage_pr_uge == 1 else f"{trin.dage_pr_uge} dage"
    hvilke = f" ({trin.ugedage})" if trin.ugedage else ""
    tid = (
        f"Trin {nr}, fra {dansk.dato_skrevet(trin.fra_dato)}: {dage} om ugen{hvilke}, "
        f"{dansk.timer(trin.timer_pr_dag)} om dagen, i alt {dansk.timer(trin.timer_pr_uge)} om ugen"
    )
    saetninger = [
        tid,
        f"Opgaver: {dansk.uden_punktum(trin.opgaver)} ({trin.get_kompleksitet_display()})",
        trin.get_stoette_display().capitalize(),
        *(["Kun en skitse, som vi aftaler nærmere"] if trin.er_skitse else []),
    ]
    return " ".join(f"{saetning}." for saetning in saetninger)


def _person(kontakt: Virksomhedskontakt | None) -> str:
    if kontakt is None:
        return ""
    return f"{kontakt.navn}, telefon {kontakt.telefon}" if kontakt.telefon else kontakt.navn


def _kraev_intet_hemmeligt(felter: dict[str, Vaerdi], borger: Borger) -> None:
    """Raise when a text the reader typed holds what the company must not get."""
    skrevet = [ord_ for vaerdi in felter.values() for ord_ in _stykker(vaerdi)]
    if any(naevner_personnummer(tekst) for tekst in skrevet):
        raise ValidationError(
            "Teksten indeholder noget, der ligner et personnummer. Ret det i trinene eller aftalen, "
            "før teksten laves.",
            code="personnummer",
        )
    gade = _kun_tegn(borger.adresse)
    if gade and borger.er_beskyttet(i_dag()) and any(gade in _kun_tegn(t) for t in skrevet):
        raise ValidationError(
            "Teksten indeholder borgerens beskyttede adresse. Ret det i trinene eller aftalen, før "
            "teksten laves.",
            code="beskyttet",
        )


def _stykker(vaerdi: Vaerdi) -> Iterator[str]:
    if isinstance(vaerdi, str):
        yield vaerdi
    else:
        yield from vaerdi


def _kun_tegn(tekst: str) -> str:
    return "".join(tegn for tegn in tekst.casefold() if tegn.isalnum())
