"""Access out of the ordinary: openings with a reason, a conflict of interest, a further gate."""

from datetime import timedelta

from django.utils import timezone

from borgere.models import Borger, Fase, Inhabilitet, Saerligadgang, Sag
from borgere.services.adgang import AABEN_TIMER
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok


def opret(scene: Scene) -> None:
    """One opening looked at and one waiting, somebody inhabil, and a protected citizen to decide on."""
    set_paa = _aabning(
        scene, "Ole", "pia.munk", dage=6, begrundelse="Ole ringer om et møde, og Lene har fri"
    )
    set_paa.gennemset_den = klok(scene.tid.foer(5), "8.40")
    set_paa.gennemset_af = scene.hold["teamleder"]
    set_paa.gennemset_note = "Aftalt med mig på forhånd"
    set_paa.save(update_fields=["gennemset_den", "gennemset_af", "gennemset_note"])
    scene.haendelse(
        set_paa, "adgang.gennemset", set_paa.gennemset_den, set_paa.gennemset_af, sag=set_paa.sag
    )
    _aabning(
        scene, "Bo", "susanne.aaby", dage=1, begrundelse="Praktikstedet ringer om en aftale i dag"
    )
    _inhabil(scene, "Eva", "jonas.holt")
    _beskyttet_til_screening(scene)


def _aabning(
    scene: Scene, borger: str, brugernavn: str, *, dage: int, begrundelse: str
) -> Saerligadgang:
    """An opening at noon, `dage` days ago; it has run out."""
    sag, bruger = scene.sager[borger], scene.hold[brugernavn]
    fra = klok(scene.tid.foer(dage), "12.05")
    adgang = gem(
        Saerligadgang(
            sag=sag,
            bruger=bruger,
            art=Saerligadgang.Art.NOEDADGANG,
            begrundelse=begrundelse,
            fra_tid=fra,
            til_tid=fra + timedelta(hours=AABEN_TIMER),
        )
    )
    scene.haendelse(adgang, "adgang.noedadgang", fra, bruger, sag=sag)
    return adgang


def _inhabil(scene: Scene, borger: str, brugernavn: str) -> None:
    sag, bruger = scene.sager[borger], scene.hold[brugernavn]
    fra = scene.tid.foer(20)
    inhabilitet = gem(
        Inhabilitet(
            borger=sag.borger,
            bruger=bruger,
            begrundelse="Bor i samme opgang",
            fra_dato=fra,
            registreret_af=bruger,
        )
    )
    tidspunkt = klok(fra, "9.20")
    scene.haendelse(inhabilitet, "adgang.inhabil", tidspunkt, bruger, sag=sag, bruger=bruger.pk)


def _beskyttet_til_screening(scene: Scene) -> None:
    """A citizen of the town's other cases is protected: the faglig konsulent meets the gate."""
    navngivne = [sag.pk for sag in scene.sager.values()]
    sag = Sag.objects.filter(fase=Fase.SCREENING).exclude(pk__in=navngivne).order_by("-pk").first()
    if sag:
        Borger.objects.filter(pk=sag.borger_id).update(
            er_adressebeskyttet=True,
            adressebeskyttet_til=timezone.localdate() + timedelta(days=200),
        )
