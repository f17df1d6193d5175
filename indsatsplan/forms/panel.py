"""What stands round a form about an effort, where it is open in the plan page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Panellink:
    """Another thing that can be done with the effort; `aktiv` is the one that is open."""

    tekst: str
    url: str
    aktiv: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """Under which effort the form stands (None: a new one), where it is sent, and what else.

    `fjern` is the text of a button that takes the thing out instead, empty when there is none.
    """

    indsats_id: int | None
    overskrift: str
    knap: str
    adresse: str
    fortryd: str
    links: tuple[Panellink, ...] = ()
    fjern: str = ""


class MedPanel:
    """A form that can be open in the plan page; its view sets the panel."""

    panel: Panel | None = None
