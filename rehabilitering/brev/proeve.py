"""What is wrong with a letter's text, before anybody approves it."""

from rehabilitering.brev import felter, tekst


def fejl(kode: str, overskrift: str, broedtekst: str) -> dict[str, list[str]]:
    """Field → sentences on what stands in the way of using the letter; empty when nothing does.

    A heading holds no fields: it is also the document's title.
    """
    fundne: dict[str, list[str]] = {}
    if "{" in overskrift or "}" in overskrift:
        fundne["overskrift"] = ["Overskriften kan ikke indeholde flettefelter. Skriv den uden { }."]
    elif not overskrift.strip():
        fundne["overskrift"] = ["Skriv en overskrift."]
    kendte = felter.felter(kode)
    ukendte = list(dict.fromkeys(tekst.ukendte(broedtekst, kendte)))
    linjer = [
        f"{felt} kendes ikke i dette brev. Brug et af felterne på listen, eller skriv uden {{ }}."
        for felt in ukendte
    ]
    brugte = tekst.felter_i(broedtekst)
    linjer += [
        f"Brevet skal indeholde {{{navn}}}: {kendte[navn].hvad}."
        for navn in felter.kraevede(kode)
        if navn not in brugte
    ]
    if not broedtekst.strip():
        linjer = ["Skriv brevets tekst."]
    if linjer:
        fundne["tekst"] = linjer
    return fundne
