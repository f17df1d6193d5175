/* Arrow keys in the week of slots, besides Tab: up and down in the day, left and right between days. */
(() => {
  "use strict";

  const RETNING = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  /* The rows of each day; a place without a link is null. */
  const kolonner = (uge) =>
    [...uge.querySelectorAll(".dag")].map((dag) =>
      [...dag.querySelectorAll(".celle")].map((celle) => celle.querySelector("a.tid-slot")));

  const find = (gitter, link) => {
    for (const [dag, raekker] of gitter.entries()) {
      const raekke = raekker.indexOf(link);
      if (raekke >= 0) return [dag, raekke];
    }
    return null;
  };

  /* The next link that way; sideways the nearest row of the next day that has one. */
  const naeste = (gitter, [dag, raekke], [vandret, lodret]) => {
    if (lodret) {
      for (let nr = raekke + lodret; nr >= 0 && nr < gitter[dag].length; nr += lodret) {
        if (gitter[dag][nr]) return gitter[dag][nr];
      }
      return null;
    }
    for (let nr = dag + vandret; nr >= 0 && nr < gitter.length; nr += vandret) {
      const ledige = gitter[nr]
        .map((link, plads) => [link, Math.abs(plads - raekke)])
        .filter(([link]) => link)
        .sort((a, b) => a[1] - b[1]);
      if (ledige.length) return ledige[0][0];
    }
    return null;
  };

  document.addEventListener("keydown", (haendelse) => {
    const retning = RETNING[haendelse.key];
    const link = haendelse.target.closest("[data-pile] a.tid-slot");
    if (!retning || !link || haendelse.altKey || haendelse.ctrlKey || haendelse.metaKey) return;
    const gitter = kolonner(link.closest("[data-pile]"));
    const sted = find(gitter, link);
    const maal = sted && naeste(gitter, sted, retning);
    if (!maal) return;
    haendelse.preventDefault();
    maal.focus();
  });
})();
