"""What domain.md 1.1 says of the five regimes, for installations that have them already."""

from django.db import migrations

PR_5_AAR = [
    {
        "fra_alder": None,
        "til_alder": None,
        "pr_forloeb": 60,
        "antal": None,
        "i_alt": None,
        "mere_efter_oenske": False,
    }
]
PR_3_AAR = [
    {
        "fra_alder": None,
        "til_alder": 39,
        "pr_forloeb": 36,
        "antal": None,
        "i_alt": None,
        "mere_efter_oenske": False,
    },
    {
        "fra_alder": 40,
        "til_alder": 49,
        "pr_forloeb": 36,
        "antal": None,
        "i_alt": 60,
        "mere_efter_oenske": True,
    },
    {
        "fra_alder": 50,
        "til_alder": None,
        "pr_forloeb": 36,
        "antal": 1,
        "i_alt": None,
        "mere_efter_oenske": True,
    },
]
FOLKEPENSION = [
    {"foedt_fra": "1900-01-01", "aar": 65, "maaneder": 0},
    {"foedt_fra": "1954-01-01", "aar": 65, "maaneder": 6},
    {"foedt_fra": "1954-07-01", "aar": 66, "maaneder": 0},
    {"foedt_fra": "1955-01-01", "aar": 66, "maaneder": 6},
    {"foedt_fra": "1955-07-01", "aar": 67, "maaneder": 0},
    {"foedt_fra": "1963-01-01", "aar": 68, "maaneder": 0},
    {"foedt_fra": "1967-01-01", "aar": 69, "maaneder": 0},
    {"foedt_fra": "1971-01-01", "aar": 70, "maaneder": 0},
]
MAALGRUPPE = [
    {"kode": "1", "tekst": "Langvarig offentlig forsørgelse"},
    {
        "kode": "2",
        "tekst": "Deltaget i tilbud eller revalidering uden øget tilknytning til arbejdsmarkedet",
    },
    {"kode": "3", "tekst": "Behov for en længere indsats, før der kan sættes et konkret jobmål"},
]
FAST_TEAM = [
    {
        "fagomraade": "beskaeftigelse",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "loven kræver det",
    },
    {
        "fagomraade": "social",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "loven kræver det",
    },
    {
        "fagomraade": "sundhed",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "loven kræver det",
    },
    {
        "fagomraade": "region",
        "naar": "altid",
        "alder": None,
        "virkning": "spaerrer",
        "hvorfor": "regionen deltager altid",
    },
    {
        "fagomraade": "undervisning",
        "naar": "ung_uden_uddannelse",
        "alder": 30,
        "virkning": "advarsel",
        "hvorfor": "under 30 uden uddannelse",
    },
    {
        "fagomraade": "virksomhed",
        "naar": "altid",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "job drøftes altid",
    },
    {
        "fagomraade": "familie",
        "naar": "boernesag",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "børnesag i familien",
    },
]
FLEKSIBELT_TEAM = [
    {
        "fagomraade": "region",
        "naar": "altid",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "helbred drøftes altid",
    },
    {
        "fagomraade": "undervisning",
        "naar": "ung_uden_uddannelse",
        "alder": 30,
        "virkning": "advarsel",
        "hvorfor": "under 30 uden uddannelse",
    },
    {
        "fagomraade": "virksomhed",
        "naar": "altid",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "job drøftes altid",
    },
    {
        "fagomraade": "familie",
        "naar": "boernesag",
        "alder": None,
        "virkning": "advarsel",
        "hvorfor": "børnesag i familien",
    },
]
# kode: (varigheder, pensionsgraense_aar, deltagerkrav, forbehold, maa_forlaenges)
SAET = {
    "R2013": (
        PR_5_AAR,
        None,
        FAST_TEAM,
        [
            "Paragraffer mærket [OK] i domain.md er ikke slået op i loven.",
            "Særlige regler for personer over 40 år er ikke slået op.",
        ],
        True,
    ),
    "R2018": (
        PR_5_AAR,
        None,
        FAST_TEAM,
        [
            "Paragraffer mærket [OK] i domain.md er ikke slået op i loven.",
            "Særlige regler for personer over 40 år er ikke slået op.",
        ],
        True,
    ),
    "R2022": (
        PR_3_AAR,
        6,
        FAST_TEAM,
        [
            "Paragraffer mærket [OK] i domain.md er ikke slået op i loven.",
            "Om grænsen ved 50 år regnes fra fødselsdagen, er ikke slået op (domain.md 1.1).",
            "Folkepensionsalderen er efter § 1 a i lov om social pension og er ikke slået op.",
        ],
        True,
    ),
    "R2025": (
        PR_3_AAR,
        6,
        FLEKSIBELT_TEAM,
        [
            "Paragraffer mærket [OK] i domain.md er ikke slået op i loven.",
            "Ikrafttrædelsen er 1. januar eller 1. juli 2025 (domain.md 1.1 og 9, nr. 2).",
        ],
        True,
    ),
    "R2026": (
        PR_3_AAR,
        6,
        FLEKSIBELT_TEAM,
        [
            "Paragraffer mærket [OK] i domain.md er ikke slået op i loven.",
            "Datoen er 1. februar eller 1. juli 2026 (domain.md 0, nr. 2).",
            "Om et løbende forløb kan forlænges, er ikke afklaret (domain.md 0, nr. 2).",
            "Hvad der sker med sager, der er forelagt, men ikke afgjort, er ikke afklaret.",
        ],
        False,
    ),
}


def fyld(apps, schema_editor):
    regelsaet = apps.get_model("ressource", "Regelsaet")
    for kode, (varigheder, graense, krav, forbehold, forlaenges) in SAET.items():
        # Only what nobody has filled in since.
        regelsaet.objects.filter(kode=kode, varigheder=[]).update(
            varigheder=varigheder,
            folkepensionsaldre=FOLKEPENSION,
            pensionsgraense_aar=graense,
            maalgruppebetingelser=MAALGRUPPE,
            deltagerkrav=krav,
            forbehold=forbehold,
            maa_forlaenges=forlaenges,
        )


class Migration(migrations.Migration):
    dependencies = [("ressource", "0010_regelsaet_med_versioner")]

    operations = [migrations.RunPython(fyld, migrations.RunPython.noop)]
