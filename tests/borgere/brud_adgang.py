"""Each constraint of openings and conflicts of interest, violated once."""

from datetime import timedelta

from django.utils import timezone

from borgere.models import Inhabilitet
from ressource.kalender import i_dag
from tests.factories import BorgerFactory, BrugerFactory, InhabilitetFactory, SaerligadgangFactory


def set_af_sig_selv():
    bruger = BrugerFactory()
    SaerligadgangFactory(bruger=bruger, gennemset_af=bruger, gennemset_den=timezone.now())


def to_aabne():
    borger, bruger = BorgerFactory(), BrugerFactory()
    for _ in range(2):
        Inhabilitet.objects.create(
            borger=borger, bruger=bruger, begrundelse="Nabo", registreret_af=bruger
        )


BRUD = {
    "saerligadgang_art_kendt": lambda: SaerligadgangFactory(art="nysgerrig"),
    "saerligadgang_slut_efter_start": lambda: SaerligadgangFactory(
        til_tid=timezone.now() - timedelta(days=1)
    ),
    "saerligadgang_har_begrundelse": lambda: SaerligadgangFactory(begrundelse="Fordi"),
    "saerligadgang_gennemset_hel": lambda: SaerligadgangFactory(gennemset_den=timezone.now()),
    "saerligadgang_ikke_egen": set_af_sig_selv,
    "inhabilitet_slut_efter_start": lambda: InhabilitetFactory(
        til_dato=i_dag() - timedelta(days=1)
    ),
    "inhabilitet_en_aaben": to_aabne,
}
