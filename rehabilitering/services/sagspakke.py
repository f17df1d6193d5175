"""Publishing a case's package to the team, taking it back, and choosing what is in it.

A member's access to the case runs from here (`adgang_til_moede`).
"""

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from borgere.models import Sag, Samtykke
from borgere.services import laas_sag
from rehabilitering.models import Dagsordenspunkt, Sagspakke, Teammoede
from rehabilitering.sagspakke.aendringer import aendringer
from rehabilitering.sagspakke.dokumenter import valgbare, valgte
from rehabilitering.services import adgang_til_moede
from rehabilitering.services.moede.faelles import kraev_kommende, laas
from ressource import beskeder, haendelser
from ressource.dansk import dato_lang
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse, Organisation


@transaction.atomic
def udgiv(punkt: Dagsordenspunkt, *, af: Bruger) -> Sagspakke:
    """Publish the case's package: from now those who sit in the meeting read the case.

    Published before, it is taken back and replaced when the case or the choice of documents has
    changed since; otherwise the one there is stands, and only those get access who had none. The
    PDFs are made by a job when this commits. Raises `ValidationError` when the meeting is over or
    cancelled, and when the case is no longer on its agenda or has been dealt with.
    """
    moede, punkt = _laas_punkt(punkt)
    pakke = punkt.pakker.gaeldende().first()
    er_ny = pakke is None or bool(aendringer([pakke])[pakke.pk])
    if pakke and er_ny:
        pakke.trukket_den = timezone.now()
        pakke.save(update_fields=["trukket_den"])
    if pakke is None or er_ny:
        pakke = _opret(punkt, af)
    laesere = [
        bruger
        for bruger in _deltagere(punkt)
        if adgang_til_moede.giv_ved_udgivelse(punkt.sag, moede, bruger, af=af)
    ]
    if er_ny:
        _fortael(pakke, moede, laesere)
        haendelser.log(pakke, "sagspakke.udgivet", af=af, sag_id=punkt.sag_id, nr=pakke.nr)
        pakke_id = pakke.pk
        transaction.on_commit(lambda: _vaek(pakke_id), robust=True)
    return pakke


def udgiv_moedets(moede: Teammoede, *, af: Bruger) -> int:
    """Publish every package of the meeting that is not, or whose case has changed; answers how many.

    Each in its own transaction. Raises `ValidationError` as `udgiv` does.
    """
    antal = 0
    for punkt in moede.punkter.aabne().order_by("pk"):
        gammel = punkt.pakker.gaeldende().values_list("pk", flat=True).first()
        antal += udgiv(punkt, af=af).pk != gammel
    return antal


@transaction.atomic
def traek(punkt: Dagsordenspunkt, *, af: Bruger) -> None:
    """Take the published package back: the access of the meeting's members to the case ends.

    Raises `ValidationError` when there is none, when the team has begun on the case, and as
    `udgiv` does.
    """
    moede, punkt = _laas_punkt(punkt)
    if hasattr(punkt, "indstilling"):
        raise ValidationError("Teamet er begyndt på indstillingen, så sagspakken bliver stående.")
    if not _traek(punkt, af=af):
        raise ValidationError("Sagspakken er ikke udgivet. Genindlæs siden.")
    adgang_til_moede.tag(moede, [punkt.sag_id])


@transaction.atomic
def vaelg_dokumenter(
    punkt: Dagsordenspunkt, dokumenter: Collection[int], *, vist: Collection[int], af: Bruger
) -> Dagsordenspunkt:
    """Choose which of the case's documents go into its package, the ids in `dokumenter`.

    `vist` is what was chosen when the page was shown. Raises `ValidationError` when somebody has
    chosen otherwise meanwhile, when a document is not the case's to choose, and as `udgiv` does.
    """
    _moede, punkt = _laas_punkt(punkt)
    mulige = list(valgbare([punkt.sag_id]))
    if valgte(punkt, mulige) != sorted(vist):
        raise ValidationError(
            "En anden har ændret valget imens. Se de valgte dokumenter igennem, og gem igen.",
            code="aendret",
        )
    if not set(dokumenter) <= {dokument.pk for dokument in mulige}:
        raise ValidationError("Et af dokumenterne kan ikke tages med. Genindlæs siden.")
    valg = sorted(set(dokumenter))
    punkt.pakkedokumenter = valg
    punkt.save(update_fields=["pakkedokumenter"])
    haendelser.log(punkt, "sagspakke.valgt", af=af, sag_id=punkt.sag_id, antal=len(valg))
    return punkt


def traek_ved_aftagning(haendelse: Haendelse) -> None:
    """Reaction to `moede.sag_taget_af`: a case that left the agenda has no package there."""
    punkt = Dagsordenspunkt.objects.get(pk=haendelse.objekt_id)
    _traek(punkt, af=haendelse.af)


def luk_for_regionen(haendelse: Haendelse) -> None:
    """Reaction to `samtykke.trukket`: the region no longer reads the package (RSL § 11 a).

    On the citizen's open items, where no other consent lets the region have it. What the region's
    member has written stays. `traek_samtykke` holds the cases.
    """
    samtykke = Samtykke.objects.get(pk=haendelse.objekt_id)
    if samtykke.modtager != Samtykke.Modtager.REGION:
        return
    punkter = Dagsordenspunkt.objects.aabne().filter(sag__borger=samtykke.borger_id)
    for punkt in punkter.select_related("moede", "sag"):
        if not adgang_til_moede.maa_til_regionen(punkt.sag).maa:
            regionens = [b.pk for b in _deltagere(punkt) if b.organisation == Organisation.REGION]
            adgang_til_moede.tag(punkt.moede, [punkt.sag_id], regionens)


def _laas_punkt(punkt: Dagsordenspunkt) -> tuple[Teammoede, Dagsordenspunkt]:
    """Meeting and item, locked, with the case; raises `ValidationError` unless it is to come."""
    moede = laas(punkt.moede_id)
    kraev_kommende(moede)
    sag: Sag = laas_sag(punkt.sag_id)
    punkt = Dagsordenspunkt.objects.select_for_update(of=("self",)).get(pk=punkt.pk)
    punkt.sag, punkt.moede = sag, moede
    if punkt.taget_af_den:
        raise ValidationError(f"{sag.sagsnummer} er taget af dagsordenen. Genindlæs siden.")
    if punkt.behandlet_den:
        raise ValidationError(f"{sag.sagsnummer} er behandlet, så sagspakken ikke kan ændres.")
    return moede, punkt


def _opret(punkt: Dagsordenspunkt, af: Bruger) -> Sagspakke:
    forrige = punkt.pakker.aggregate(nr=Max("nr"))["nr"] or 0
    pakke = Sagspakke(
        punkt=punkt,
        nr=forrige + 1,
        dokumenter=valgte(punkt, valgbare([punkt.sag_id])),
        udgivet_af=af,
    )
    pakke.full_clean()
    pakke.save()
    return pakke


def _traek(punkt: Dagsordenspunkt, *, af: Bruger | None) -> bool:
    """Mark the package as taken back; False when none is published."""
    pakke = punkt.pakker.gaeldende().select_for_update(of=("self",)).first()
    if pakke is None:
        return False
    pakke.trukket_den = timezone.now()
    pakke.save(update_fields=["trukket_den"])
    haendelser.log(pakke, "sagspakke.trukket", af=af, sag_id=punkt.sag_id, nr=pakke.nr)
    return True


def _deltagere(punkt: Dagsordenspunkt) -> list[Bruger]:
    """Who sits at the item and can sign in: the members who come, and this case's professionals."""
    medlemmer = punkt.moede.deltagere.kommer().select_related("bruger")
    fagfolk = punkt.deltagere.aktuelle().filter(art="fagperson").exclude(bruger=None)
    alle = [en.bruger for en in (*medlemmer, *fagfolk.select_related("bruger"))]
    return [bruger for bruger in dict.fromkeys(alle) if bruger]


def _fortael(pakke: Sagspakke, moede: Teammoede, laesere: Sequence[Bruger]) -> None:
    """Tell those who may read: once a day for a meeting's new packages, each time for a new edition."""
    hvornaar = dato_lang(moede.dato)
    for bruger in laesere:
        if pakke.nr == 1:
            noegle = f"sagspakker:{moede.pk}:{i_dag().isoformat()}:{bruger.pk}"
            tekst = f"Der er sagspakker at læse til teammødet {hvornaar}."
        else:
            noegle = f"sagspakke:{pakke.pk}:{bruger.pk}"
            tekst = f"En sagspakke til teammødet {hvornaar} er ændret og udgivet igen."
        beskeder.opret(
            bruger,
            noegle=noegle,
            emne="Sagspakker til teammødet",
            tekst=tekst,
            sti=reverse("rehabilitering:sagspakker", args=[moede.pk]),
        )


def _vaek(pakke_id: int) -> None:
    from rehabilitering.tasks import dan_sagspakke  # noqa: PLC0415 -- blad

    dan_sagspakke.delay(pakke_id)
