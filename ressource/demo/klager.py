"""A complaint to reconsider in a few days, and a letter that waits for approval."""

from rehabilitering import klagefrist
from rehabilitering.brev.standard import STANDARD
from rehabilitering.models import Brevskabelon, Klage
from rehabilitering.services import brevskabelon
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

_MODTAGET_FOR = 4
_KLAGE = (
    "Jeg er glad for at få et forløb, men det er for lang tid. Jeg vil hellere i fleksjob nu, for jeg "
    "ved godt, hvor meget jeg kan arbejde."
)
_FOER = "Du får brev fra {klageinstans}, når sagen er afgjort."
_EFTER = "Det tager ofte nogle måneder. Du får brev fra {klageinstans}, når sagen er afgjort."


def opret(scene: Scene) -> None:
    """A citizen complains about a decision made two weeks ago; the teamleder has a letter to approve."""
    _klage(scene)
    _brev(scene)


def _klage(scene: Scene) -> None:
    sag = next(
        sag
        for sag in scene.sager.values()
        if sag.afgoerelser.filter(afsluttet_den__date=scene.tid.foer(14)).exists()
    )
    afgoerelse = sag.afgoerelser.select_related("regelsaet", "sag__regelsaet").get()
    dag = scene.tid.foer(_MODTAGET_FOR)
    af = sag.tildelinger.gaeldende(scene.tid.i_dag).ansvarlige().get().bruger
    regelsaet = afgoerelse.regelsaet or sag.regelsaet
    klage = gem(
        Klage(
            sag=sag,
            afgoerelse=afgoerelse,
            modtaget_dato=dag,
            maade=Klage.Maade.MUNDTLIGT,
            indhold=_KLAGE,
            klager=sag.borger.navn,
            klagefrist=afgoerelse.klagefrist or dag,
            genvurdering_frist=klagefrist.genvurderingsfrist(dag, regelsaet),
            registreret_af=af,
            registreret_den=klok(dag, "14.05"),
        )
    )
    scene.haendelse(klage, "klage.registreret", klok(dag, "14.05"), af, sag=sag, for_sent=False)


def _brev(scene: Scene) -> None:
    kode = Brevskabelon.Kode.KLAGE_VIDERE
    overskrift, tekst = STANDARD[kode]
    administrator = scene.hold["administrator"]
    kladde = brevskabelon.gem(
        kode, overskrift=overskrift, tekst=tekst.replace(_FOER, _EFTER), laas=0, af=administrator
    )
    brevskabelon.indsend(kladde, laas=None, af=administrator)
