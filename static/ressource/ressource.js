/* What the pages need beyond the design system and htmx. Every page works without this file. */
(() => {
  "use strict";

  const start = (omraade) => {
    if (window.DKFDS) window.DKFDS.init({ scope: omraade });
  };

  /* The error summary of a refused form takes the focus, also when htmx brought it. */
  const fokuserFejl = (omraade) => {
    const fejl = omraade.querySelector("[data-module='error-summary']");
    if (fejl) fejl.focus();
  };

  /* «Hvorfor denne dato?»: the link's row opens below it; a second click or Escape closes it. */
  const luk = (link) => {
    const boks = document.getElementById(link.getAttribute("aria-controls"));
    if (boks) boks.remove();
    link.setAttribute("aria-expanded", "false");
  };

  document.addEventListener("DOMContentLoaded", () => start(document.body));

  document.addEventListener("htmx:after:swap", (haendelse) => {
    const maal = haendelse.detail?.ctx?.target;
    const omraade = maal && maal.isConnected ? maal : document.body;
    start(omraade);
    fokuserFejl(omraade);
    const kilde = haendelse.detail?.ctx?.sourceElement;
    if (kilde && kilde.matches("a.hvorfor")) kilde.setAttribute("aria-expanded", "true");
  });

  document.addEventListener("click", (haendelse) => {
    const link = haendelse.target.closest("a.hvorfor[hx-get][aria-expanded='true'][aria-controls]");
    if (!link) return;
    haendelse.preventDefault();
    haendelse.stopPropagation();
    luk(link);
  }, true);

  /* A ready sentence goes last in its text at once; without this file the server puts it there. */
  document.addEventListener("click", (haendelse) => {
    const knap = haendelse.target.closest("button[data-saet-ind]");
    const felt = knap && document.getElementById(knap.dataset.saetInd);
    if (!felt) return;
    haendelse.preventDefault();
    felt.value = [felt.value.trimEnd(), knap.dataset.tekst].filter(Boolean).join("\n\n");
    felt.dispatchEvent(new Event("input", { bubbles: true }));
    felt.focus();
  });

  document.addEventListener("keydown", (haendelse) => {
    if (haendelse.key !== "Escape") return;
    document.querySelectorAll("a.hvorfor[hx-get][aria-expanded='true']").forEach(luk);
    const menuer = "details:is(.app-menu, .brugermenu, .listemenu)[open]";
    document.querySelectorAll(menuer).forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
