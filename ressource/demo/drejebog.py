"""Anne is ready for her meeting, Rie is on her way: ticks, one taken off again, and an agreement."""

from rehabilitering.models import Drejebogspunkt, Flueben, Moedeforberedelse
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

# Days ago, and the points done that day.
ANNE = (
    (120, ("hvad_er_et_forloeb", "materiale")),
    (70, ("netvaerk", "samtykker", "tage_en_med")),
    (25, ("skrevet_sammen", "oensker_er_med", "job_og_uddannelse", "virksomhed")),
    (6, ("hvem_og_hvordan", "forventninger", "vigtigt_at_sige", "spoergsmaal", "fordeling")),
)
RIE = ((30, ("hvad_er_et_forloeb", "materiale", "netvaerk")),)


def opret(scene: Scene) -> None:
    """What was done to get the two ready, and what is agreed with Anne about the meeting."""
    for navn, gange in (("Anne", ANNE), ("Rie", RIE)):
        for dage, koder in gange:
            _saet(scene, navn, dage, koder)
    _saet(scene, "Rie", 29, ("oensker_er_med",), igen=True)
    _aftale(scene, "Anne", 6)


def _saet(
    scene: Scene, navn: str, dage: int, koder: tuple[str, ...], *, igen: bool = False
) -> None:
    """Tick the points; `igen`: and take them off the day after, for it was too soon."""
    sag = scene.sager[navn]
    dag = scene.tid.foer(dage)
    af = sag.tildelinger.gaeldende(dag).ansvarlige().get().bruger
    sat = klok(dag, "14.05")
    fjernet = klok(scene.tid.foer(dage - 1), "9.10") if igen else None
    for punkt in Drejebogspunkt.objects.filter(kode__in=koder, til_dato=None):
        flueben = gem(
            Flueben(
                sag=sag,
                punkt=punkt,
                dato=dag,
                initialer="".join(ord_[0] for ord_ in af.navn.split()),
                sat_af=af,
                sat_den=sat,
                fjernet_den=fjernet,
                fjernet_af=af if fjernet else None,
            )
        )
        if fjernet:
            scene.haendelse(flueben, "drejebog.fjernet", fjernet, af, sag=sag, punkt=punkt.kode)
    scene.haendelse(sag, "drejebog.sat", sat, af, sag=sag, koder=list(koder))


def _aftale(scene: Scene, navn: str, dage: int) -> None:
    sag = scene.sager[navn]
    skrevet = klok(scene.tid.foer(dage), "14.30")
    af = sag.tildelinger.ansvarlige().latest("fra_dato").bruger
    aftale = gem(
        Moedeforberedelse(
            sag=sag,
            fortaeller_selv=(
                "At jeg passer min kusines børn, og at jeg gerne vil hjælpe nogen.\n"
                "At jeg skal vide dagen før, hvad der skal ske."
            ),
            hjaelp_til="At fortælle om de forløb, der ikke blev til noget.",
            kommer_med="Bostøtte Gerd",
            hentes_af="Maja",
            venter_hvor="Sofaen ved receptionen på rådhuset",
            ventetid="højst et kvarter",
            saerlige_behov="En pause undervejs, hvis der bliver for mange mennesker.",
            rettet_af=af,
            rettet_den=skrevet,
            laas=1,
        )
    )
    scene.haendelse(aftale, "moedeforberedelse.gemt", skrevet, af, sag=sag, felter=[])
