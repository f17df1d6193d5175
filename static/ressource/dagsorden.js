/* The agenda: drag a case to another place, as an extra beside the buttons. Alt+↑ and Alt+↓ in a case
   press its own «Flyt op» and «Flyt ned». What is dropped is sent by the case's own form. The button
   that was pressed has the focus again on the new page, so that a case is moved on without a search. */
(() => {
  "use strict";

  const PIL = { ArrowUp: "op", ArrowDown: "ned" };
  let trukket = null;

  const punkt = (haendelse) => haendelse.target.closest?.("[data-dagsorden] > [data-punkt]");

  const send = (fra, til) => {
    const form = fra.querySelector("form[data-flyt]");
    if (!form || fra === til) return;
    const felt = document.createElement("input");
    felt.type = "hidden";
    felt.name = "plads";
    felt.value = til.dataset.plads;
    form.append(felt);
    form.submit();
  };

  const ryd = () => {
    for (const en of document.querySelectorAll("[data-maal]")) delete en.dataset.maal;
  };

  for (const en of document.querySelectorAll("[data-dagsorden] > [data-punkt]")) {
    if (en.querySelector("form[data-flyt]")) en.draggable = true;
  }

  const GEMT = "dagsorden-fokus";
  const sidst = sessionStorage.getItem(GEMT)?.split(" ");
  sessionStorage.removeItem(GEMT);
  if (sidst) {
    const her = document.getElementById(sidst[0]);
    (her?.querySelector(`button[value="${sidst[1]}"]`) ?? her?.querySelector("button[value]"))?.focus();
  }

  document.addEventListener("submit", (haendelse) => {
    const en = haendelse.target.matches("form[data-flyt]") && punkt(haendelse);
    const retning = haendelse.submitter?.value;
    if (en && retning) sessionStorage.setItem(GEMT, `${en.id} ${retning}`);
  });

  document.addEventListener("dragstart", (haendelse) => {
    trukket = punkt(haendelse) ?? null;
    if (trukket) haendelse.dataTransfer.effectAllowed = "move";
  });

  document.addEventListener("dragover", (haendelse) => {
    const maal = trukket && punkt(haendelse);
    if (!maal) return;
    haendelse.preventDefault();
    ryd();
    if (maal !== trukket) maal.dataset.maal = "";
  });

  document.addEventListener("drop", (haendelse) => {
    const maal = trukket && punkt(haendelse);
    if (!maal) return;
    haendelse.preventDefault();
    send(trukket, maal);
  });

  document.addEventListener("dragend", () => {
    trukket = null;
    ryd();
  });

  document.addEventListener("keydown", (haendelse) => {
    if (!haendelse.altKey || !PIL[haendelse.key]) return;
    const knap = punkt(haendelse)?.querySelector(`button[value="${PIL[haendelse.key]}"]`);
    if (!knap) return;
    haendelse.preventDefault();
    knap.click();
  });
})();
