"""Addresses of follow-ups and deadlines."""

from django.urls import path

from opfoelgning.views import frister, moede, paamindelser

app_name = "opfoelgning"
urlpatterns = [
    path("sager/<int:pk>/opfoelgning/", moede.liste, name="liste"),
    path("sager/<int:pk>/opfoelgning/ny/", moede.moede_ny, name="moede_ny"),
    path("opfoelgninger/<int:pk>/", moede.moede, name="moede"),
    path("opfoelgninger/<int:pk>/aflys/", moede.moede_aflys, name="moede_aflys"),
    path("opfoelgninger/<int:pk>/udeblev/", moede.moede_udeblev, name="moede_udeblev"),
    path("opfoelgninger/<int:pk>/kopi.pdf", moede.moede_kopi, name="moede_kopi"),
    path("frister/<int:pk>/hvorfor/", frister.hvorfor, name="frist_hvorfor"),
    path("paamindelser/", paamindelser.paamindelser, name="paamindelser"),
    path("paamindelser/laest/", paamindelser.alle_laest, name="paamindelser_laest"),
    path("paamindelser/valg/", paamindelser.valg, name="paamindelsesvalg"),
    path("paamindelser/<int:pk>/laest/", paamindelser.laest, name="paamindelse_laest"),
]
