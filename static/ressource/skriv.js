/* The writing page: Alt+↑ and Alt+↓ to the section before and after, by the links that lead there. */
(() => {
  "use strict";

  const LINKS = { ArrowUp: "a[data-forrige]", ArrowDown: "a[data-naeste]" };

  document.addEventListener("keydown", (haendelse) => {
    /* Alt+↓ opens a list of choices. */
    if (!haendelse.altKey || haendelse.target.matches("select")) return;
    const link = document.querySelector(LINKS[haendelse.key] ?? ":not(*)");
    if (!link) return;
    haendelse.preventDefault();
    link.click();
  });
})();
