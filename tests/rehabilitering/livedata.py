"""The live page's form as a browser would send it."""

from html.parser import HTMLParser

from django.urls import reverse

from rehabilitering.models import Indsatstype


class Formular(HTMLParser):
    """The values of every field on the page, by name."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.felter: dict[str, str] = {}
        self.navn = self.valgt = None
        self.tekst: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "input" and a.get("name") and a.get("type") not in {"search", "submit"}:
            if a.get("type") not in {"radio", "checkbox"} or "checked" in a:
                self.felter[a["name"]] = a.get("value") or ""
        elif tag == "textarea":
            self.navn, self.tekst = a["name"], []
        elif tag == "select":
            self.navn, self.felter[a["name"]] = a["name"], ""
        elif tag == "option" and "selected" in a:
            self.felter[self.navn] = a.get("value") or ""

    def handle_data(self, data):
        if self.tekst is not None:
            self.tekst.append(data)

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.felter[self.navn] = "".join(self.tekst).removeprefix("\n")
            self.tekst = None


def adresse(punkt):
    return reverse("rehabilitering:live", args=[punkt.pk])


def vist(klient, punkt):
    """What stands in the form of the page as it is opened now."""
    return Formular(klient.get(adresse(punkt)).content.decode()).felter


def send(klient, punkt, felter=(), *, fra=None, handling="gem", selv=False):
    """Send the form with `felter` written over what stands; `selv`: as the page saves itself."""
    data = (vist(klient, punkt) if fra is None else fra) | dict(felter)
    if selv:
        return klient.post(adresse(punkt), data, headers={"HX-Request": "true"})
    return klient.post(adresse(punkt), data | {"handling": handling})


def tilfoej(klient, punkt, kode, **felter):
    """A line of that kind, added by the button and filled; the line's id."""
    send(klient, punkt, {"ny_indsats": type_(kode).pk}, handling="tilfoej")
    pk = punkt.indstilling.linjer.order_by("-pk").first().pk
    send(klient, punkt, {f"linje-{pk}-{felt}": vaerdi for felt, vaerdi in felter.items()})
    return pk


def type_(kode):
    return Indsatstype.objects.get(kode=kode)


def tekst(response):
    return " ".join(response.content.decode().split())
