"""Addresses of follow-ups and deadlines."""

from django.urls import path

from opfoelgning import urls_moeder, urls_progression
from opfoelgning.views import eftermoede, frister, fristregler, opgaver, paamindelser, registrer

app_name = "opfoelgning"
urlpatterns = [
    *urls_moeder.urlpatterns,
    path("samtaler/registrer/", registrer.registrer_samtale, name="registrer_samtale"),
    path("sager/<int:pk>/opgaver/", opgaver.opgaver, name="opgaver"),
    path("sager/<int:pk>/opgaver/ny/", opgaver.opgave_ny, name="opgave_ny"),
    path("opgaver/<int:pk>/", opgaver.opgave_ret, name="opgave_ret"),
    path("opgaver/<int:pk>/bortfald/", opgaver.opgave_bortfald, name="opgave_bortfald"),
    path("opgaver/<int:pk>/gjort/", opgaver.opgave_gjort, name="opgave_gjort"),
    path("opgaver/<int:pk>/aabn/", opgaver.opgave_aabn, name="opgave_aabn"),
    path("sager/<int:pk>/eftermoede/", eftermoede.eftermoede, name="eftermoede"),
    path("sager/<int:pk>/eftermoede/aabn/", eftermoede.eftermoede_aabn, name="eftermoede_aabn"),
    path("sager/<int:pk>/hvem-goer-hvad/", eftermoede.hvem_goer_hvad, name="hvem_goer_hvad"),
    path(
        "sager/<int:pk>/hvem-goer-hvad.pdf",
        eftermoede.hvem_goer_hvad_pdf,
        name="hvem_goer_hvad_pdf",
    ),
    path(
        "sager/<int:pk>/hvem-goer-hvad/udlever/",
        eftermoede.hvem_goer_hvad_udlever,
        name="hvem_goer_hvad_udlever",
    ),
    path("sager/<int:pk>/frister/", frister.sag_frister, name="sag_frister"),
    path("fristregler/", fristregler.fristregler, name="fristregler"),
    path("fristregler/<slug:kode>/", fristregler.fristregel, name="fristregel"),
    path("fristregler/<slug:kode>/ret/", fristregler.fristregel_ret, name="fristregel_ret"),
    path("fristregler/<slug:kode>/luk/", fristregler.fristregel_luk, name="fristregel_luk"),
    *urls_progression.urlpatterns,
    path("frister/<int:pk>/hvorfor/", frister.hvorfor, name="frist_hvorfor"),
    path("paamindelser/", paamindelser.paamindelser, name="paamindelser"),
    path("paamindelser/laest/", paamindelser.alle_laest, name="paamindelser_laest"),
    path("paamindelser/valg/", paamindelser.valg, name="paamindelsesvalg"),
    path("paamindelser/<int:pk>/laest/", paamindelser.laest, name="paamindelse_laest"),
]
