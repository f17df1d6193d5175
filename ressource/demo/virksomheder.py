"""The municipality's register of companies, and which of them each praktik is with."""

from dataclasses import dataclass
from datetime import timedelta

from indsatsplan.models import Indsats, Praktik, Virksomhed, Virksomhedskontakt
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

_OPRETTET = 900


@dataclass(frozen=True)
class Sted:
    """A made-up company; `ord_` are words of the praktikker there."""

    cvr: str
    navn: str
    adresse: str
    branche: str
    kontakt: str
    mentor: str
    ord_: tuple[str, ...]
    aftale: str = ""
    er_aktiv: bool = True


STEDER = (
    Sted("99100109", "Egelund Byggecenter", "Industrivej 8", "Byggeri", "Hanne Post", "Bent Aagaard",
         ("byggecent", "lager", "kontor"), "Tre pladser hele året. Bent er mentor for dem alle."),
    Sted("99237570", "Byens Kantine", "Rådhuspladsen 1", "Køkken og kantine", "Lone Berg", "Marie Toft",
         ("kantine", "køkken"), "To pladser. Man kan begynde med en time ad gangen."),
    Sted("99375043", "Lokalkøb Egelund", "Torvet 5", "Detailhandel", "Kim Dahl", "Susanne Riis",
         ("butik", "chauffør", "udbringning"), "Fire pladser i butik og udbringning."),
    Sted("99512512", "Egelund Bilpleje", "Havnegade 22", "Bilbranchen", "Yusuf Kaya", "Yusuf Kaya",
         ("bil", "på værksted")),
    Sted("99649984", "Stutteri Højvang", "Højvangsvej 40", "Landbrug", "Grethe Lind", "Grethe Lind",
         ("stutteri", "heste", "landmand")),
    Sted("99787457", "Sønderbakkens Køkken", "Sønderbakken 3", "Køkken og kantine", "Erik Vad", "", (),
         er_aktiv=False),
)  # fmt: skip


def opret(scene: Scene) -> None:
    """The register, with three fixed partners and one that has closed."""
    af = scene.hold["virksomhedskonsulent"]
    dag = scene.tid.foer(_OPRETTET)
    for sted in STEDER:
        virksomhed = gem(
            Virksomhed(
                cvr=sted.cvr,
                navn=sted.navn,
                adresse=sted.adresse,
                postnr="9999",
                by="Egelund",
                branche=sted.branche,
                er_fast=bool(sted.aftale),
                aftale=sted.aftale,
                er_aktiv=sted.er_aktiv,
            )
        )
        scene.haendelse(virksomhed, "virksomhed.oprettet", klok(dag, "9.10"), af)
        for navn in dict.fromkeys(filter(None, (sted.kontakt, sted.mentor))):
            gem(
                Virksomhedskontakt(
                    virksomhed=virksomhed,
                    navn=navn,
                    stilling="Leder" if navn == sted.kontakt else "Medarbejder",
                    telefon="70 10 20 30",
                    er_mentor=navn == sted.mentor,
                )
            )


def praktik(indsats: Indsats) -> None:
    """Agree a praktik of the plan with the company its name points at, if there is one.

    The visit was a week before it began; the one that has not begun is still to have its visit.
    """
    tekst = indsats.beskrivelse.lower()
    sted = next((s for s in STEDER if any(ord_ in tekst for ord_ in s.ord_)), None)
    if sted is None:
        return
    virksomhed = Virksomhed.objects.get(cvr=sted.cvr)
    art = Praktik.Formaal.MOD_JOB if "chauffør" in tekst else Praktik.Formaal.TRAENING
    personer = {k.navn: k for k in virksomhed.kontakter.all()}
    besoeg = max(indsats.planlagt_start - timedelta(days=7), indsats.forloeb.start_dato)
    gem(
        Praktik(
            indsats=indsats,
            virksomhed=virksomhed,
            kontakt=personer[sted.kontakt],
            virksomhedsmentor=personer[sted.mentor],
            formaal_art=art,
            formaal_tekst=indsats.formaal,
            besoeg_dato=besoeg if indsats.faktisk_start else None,
            besoeg_note="Så stedet og hilste på mentor." if indsats.faktisk_start else "",
        )
    )
