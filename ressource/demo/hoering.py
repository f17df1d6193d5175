"""A decision that waits: the citizen has been told something new and has time to answer."""

from rehabilitering.models import Partshoering
from rehabilitering.services import afgoerelse
from ressource.demo.bygger import Scene
from ressource.demo.raekker import gem
from ressource.demo.tid import klok

_OPLYSNINGER = (
    "Din arbejdsgiver skriver, at du nu kan klare 12 timer om ugen. Du sagde 8 timer på mødet. Vi vil "
    "gerne høre, hvad du mener, før vi afgør sagen."
)


def opret(scene: Scene) -> None:
    """Hear the citizen who is recommended for fleksjob, two days ago and by word of mouth."""
    sag = scene.sager["Bent"]
    indstilling = afgoerelse.til_afgoerelse(sag)
    if indstilling is None:
        return
    dag = scene.tid.foer(2)
    af = sag.tildelinger.gaeldende(scene.tid.i_dag).ansvarlige().get().bruger
    kladde = afgoerelse.ny_afgoerelse(indstilling, af=af)
    kladde.faktum = "Du er 51 år og arbejder i butik på færre timer."
    gem(kladde)
    scene.haendelse(kladde, "afgoerelse.gemt", klok(dag, "10.10"), af, sag=sag)
    hoering = gem(
        Partshoering(
            afgoerelse=kladde,
            oplysninger=_OPLYSNINGER,
            kanal=Partshoering.Kanal.MUNDTLIGT,
            sendt_dato=dag,
            frist_dato=scene.tid.om(5),
            oprettet_af=af,
            oprettet_den=klok(dag, "10.20"),
        )
    )
    scene.haendelse(hoering, "partshoering.begyndt", klok(dag, "10.20"), af, sag=sag)
