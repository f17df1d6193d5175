"""What is on the table at the next talks: Eva's draft, her mentor's answers, and Ole's series."""

from datetime import timedelta

from opfoelgning.models import (
    Mentorsvar,
    Opfoelgningsmoede,
    Opfoelgningspunkt,
    Opfoelgningsserie,
)
from opfoelgning.services.serier import seriedage
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

# What Eva and the caseworker have written so far, by the kind of effort; the mentor is still to come.
EVAS_PUNKTER = {
    "virksomhedspraktik": (
        "Tre dage om ugen. En sygedag. Eva vil gerne prøve kassen.",
        "3 × 2 timer fra januar. Kassen om fredagen sammen med Bente",
    ),
    "angst_stress": ("Med 3 ud af 4 gange. Sover bedre.", "Fortsætter selv med lydfiler hjemme"),
}
EVAS_SKITSE = "12 timer om ugen i kantinen. Tale om fleksjob, hvis tre dage holder hele foråret."
OLES_MOEDER, OLES_UGER = 3, 6


def opret(scene: Scene) -> None:
    """The draft of today's talk, and meetings planned ahead."""
    _evas_kladde(scene)
    _oles_serie(scene)


def _evas_kladde(scene: Scene) -> None:
    moede = Opfoelgningsmoede.objects.aftalte().get(sag=scene.sager["Eva"])
    moede.mentor_var_med, moede.skitse = True, EVAS_SKITSE
    moede.save(update_fields=["mentor_var_med", "skitse"])
    for indsats in moede.sag.forloeb.get().indsatser.select_related("indsatstype"):
        ord_ = EVAS_PUNKTER.get(indsats.indsatstype.kode)
        if ord_ and indsats.status == indsats.Status.I_GANG:
            skete, aftalt = ord_
            gem(
                Opfoelgningspunkt(
                    moede=moede, indsats=indsats, hvad_skete=skete, naeste_tre_maaneder=aftalt
                )
            )
    gem(
        Mentorsvar(
            moede=moede,
            godt="Det går godt i kantinen.",
            svaert="Mandage er svære.",
            oever="Eva øver sig i at sige fra, når der er travlt.",
            skrevet_af=moede.sag.tildelinger.filter(art="mentor").latest("fra_dato").bruger,
            skrevet_den=klok(scene.tid.foer(3), "9.20"),
            laas=1,
        )
    )


def _oles_serie(scene: Scene) -> None:
    """After the meeting agreed, three more at the same hour."""
    sag = scene.sager["Ole"]
    sidste = Opfoelgningsmoede.objects.aftalte().filter(sag=sag).last()
    if sidste is None:
        return
    serie = gem(
        Opfoelgningsserie(
            sag=sag,
            uger=OLES_UGER,
            oprettet_af=sidste.aftalt_af,
            oprettet_den=klok(sidste.aftalt_dato, "14.05"),
        )
    )
    foerste = sidste.tidspunkt + timedelta(weeks=OLES_UGER)
    for nr, dag in enumerate(seriedage(foerste, antal=OLES_MOEDER, uger=OLES_UGER), start=1):
        gem(
            Opfoelgningsmoede(
                sag=sag,
                nr=sidste.nr + nr,
                tidspunkt=dag.tidspunkt,
                sted=sidste.sted,
                serie=serie,
                aftalt_af=sidste.aftalt_af,
                aftalt_dato=sidste.aftalt_dato,
            )
        )
