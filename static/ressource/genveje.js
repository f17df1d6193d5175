/* Keyboard shortcuts. They repeat what links and buttons do, and can be switched off (WCAG 2.1.4). */
(() => {
  "use strict";

  const GENVEJE = [
    ["j", "Næste række i listen"],
    ["k", "Forrige række i listen"],
    ["Enter", "Åbn rækken"],
    ["/", "Søg efter en sag"],
    ["g o", "Gå til Overblik"],
    ["?", "Vis genvejene"],
  ];
  const VENT = 1000;

  const bruger = document.body.dataset.bruger;
  if (!bruger) return;
  const noegle = `genveje-fra-${bruger}`;
  const erTil = () => {
    try {
      return window.localStorage.getItem(noegle) === null;
    } catch {
      return true;
    }
  };
  const husk = (til) => {
    try {
      if (til) window.localStorage.removeItem(noegle);
      else window.localStorage.setItem(noegle, "1");
    } catch {
      /* A browser that keeps nothing asks again next time. */
    }
  };

  const element = (navn, tekst = "", egenskaber = {}) => {
    const nyt = document.createElement(navn);
    nyt.textContent = tekst;
    Object.assign(nyt, egenskaber);
    return nyt;
  };

  let dialog = null;
  const lavDialog = () => {
    const ny = element("dialog", "", { className: "genveje" });
    ny.setAttribute("aria-labelledby", "genveje-titel");
    const liste = element("dl");
    GENVEJE.forEach(([taster, hvad]) => {
      const dt = element("dt");
      taster.split(" ").forEach((tast) => dt.append(element("kbd", tast), " "));
      liste.append(dt, element("dd", hvad));
    });
    const kontakt = element("input", "", {
      type: "checkbox",
      id: "genveje-til",
      className: "form-checkbox",
      checked: erTil(),
    });
    kontakt.addEventListener("change", () => husk(kontakt.checked));
    const gruppe = element("div", "", { className: "form-group form-group-checkbox" });
    gruppe.append(kontakt, element("label", "Brug genveje", { className: "form-label", htmlFor: "genveje-til" }));
    const luk = element("button", "Luk", { type: "button", className: "button button-secondary" });
    luk.addEventListener("click", () => ny.close());
    ny.append(element("h2", "Genveje på tastaturet", { id: "genveje-titel" }), liste, gruppe, luk);
    document.body.append(ny);
    return ny;
  };
  const vis = () => {
    dialog = dialog || lavDialog();
    if (!dialog.open) dialog.showModal();
  };

  /* The way to the list of shortcuts, also when they are off: under the user's own name. */
  document.querySelectorAll(".brugermenu-flade .liste").forEach((menu) => {
    const punkt = element("li");
    const knap = element("button", "Genveje på tastaturet", {
      type: "button",
      className: "knap-som-link",
    });
    knap.addEventListener("click", vis);
    punkt.append(knap);
    menu.append(punkt);
  });

  const raekker = () =>
    [...document.querySelectorAll("table[data-genveje] tbody tr")].filter((tr) =>
      tr.querySelector("th a[href]"),
    );
  const flyt = (skridt) => {
    const alle = raekker();
    if (!alle.length) return false;
    const nu = alle.findIndex((tr) => tr.contains(document.activeElement));
    const maal = nu < 0 ? (skridt > 0 ? 0 : alle.length - 1) : nu + skridt;
    const raekke = alle[Math.min(Math.max(maal, 0), alle.length - 1)];
    document.querySelectorAll("tr.valgt").forEach((tr) => tr.classList.remove("valgt"));
    raekke.classList.add("valgt");
    raekke.querySelector("th a[href]").focus();
    return true;
  };
  const soeg = () => {
    const felt = [...document.querySelectorAll(".app-soeg input[name='q']")].find(
      (et) => et.offsetParent !== null,
    );
    if (felt) felt.focus();
    return Boolean(felt);
  };
  const hjem = () => {
    const link = document.querySelector("a.app-navn");
    if (link) link.click();
    return Boolean(link);
  };

  /* Never while something is typed or chosen, or a dialog is open. */
  const skriver = (hvor) =>
    Boolean(hvor.closest("input, textarea, select, dialog, [contenteditable], [role='radiogroup']"));

  let gTrykket = 0;
  document.addEventListener("keydown", (haendelse) => {
    const { key, target } = haendelse;
    if (haendelse.ctrlKey || haendelse.metaKey || haendelse.altKey || haendelse.isComposing) return;
    if (!erTil() || skriver(target)) return;
    const efterG = Date.now() - gTrykket < VENT;
    gTrykket = key === "g" ? Date.now() : 0;
    const gjort =
      (key === "j" && flyt(1)) ||
      (key === "k" && flyt(-1)) ||
      (key === "/" && soeg()) ||
      (key === "o" && efterG && hjem()) ||
      (key === "?" && (vis(), true));
    if (gjort) haendelse.preventDefault();
  });
})();
