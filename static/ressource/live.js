/* The live page of a case at the meeting: what the others write comes by itself.

   Every few seconds the page asks `data-nyt` for the stored state, and takes over what is new, field
   by field: never the field somebody is writing in, and never one with text that is not saved yet.
   With a value comes its fingerprint (`<name>-version`), which says what the page has shown; so a
   field that was left alone is never sent back as if it were new (gemselv.js, rehabilitering.rettelse).
   Without this script the page is the same, and news come when it is loaded again. */
(() => {
  "use strict";

  const HVER = 4000;
  const UR = 15000;
  const SVARFRIST = 10000;

  const somIndhold = (html) => {
    const skabelon = document.createElement("template");
    skabelon.innerHTML = html;
    return skabelon.content;
  };

  const tilbage = () => {
    const maerke = document.querySelector("#tilbage");
    if (!maerke || maerke.hidden) return;
    const minutter = Math.ceil((new Date(maerke.dataset.slut) - Date.now()) / 60000);
    maerke.querySelector("span").textContent = minutter > 0 ? `${minutter} min. tilbage` : "Tiden er gået";
  };

  const saet = (felt, vaerdi) => {
    if (felt instanceof RadioNodeList) {
      for (const valg of felt) valg.checked = valg.value === vaerdi;
    } else if (felt.value !== vaerdi) {
      felt.value = vaerdi;
    }
  };

  const har = (element) => element !== null && element.contains(document.activeElement);

  const foelgMed = (form) => {
    let stand = "";
    let svaret = 0;

    form.addEventListener("gem-selv:svar", () => {
      /* An answer under way is older than what was just saved. */
      svaret += 1;
      stand = "";
    });

    const version = (navn) => {
      const id = `${navn}-version`;
      let felt = document.getElementById(id);
      if (!felt) {
        felt = document.createElement("input");
        Object.assign(felt, { type: "hidden", name: id, id });
        form.prepend(felt);
      }
      return felt;
    };

    /* Whether the field now shows what is stored. */
    const tagFelt = (data) => {
      const navn = data.dataset.felt;
      const felt = form.elements.namedItem(navn);
      if (!felt) return true;
      const dele = felt instanceof RadioNodeList ? [...felt] : [felt];
      const ens = felt.value === data.getAttribute("value");
      if (!ens && (dele.some(har) || form.gemSelv.erRoert(navn))) return false;
      saet(felt, data.getAttribute("value"));
      version(navn).value = data.dataset.aftryk;
      return true;
    };

    /* New lines come, lines taken out go, and all stand in the order of the others' pages. */
    const tagLinjer = (nye) => {
      const liste = form.querySelector("#linjer");
      if (!liste) return true;
      const oenskede = [...nye.children];
      const ider = new Set(oenskede.map((linje) => linje.id));
      let alt = true;
      for (const gammel of [...liste.children]) {
        if (ider.has(gammel.id)) continue;
        const navne = [...gammel.querySelectorAll("[name]")].map((felt) => felt.name);
        if (har(gammel) || navne.some((navn) => form.gemSelv.erRoert(navn))) {
          alt = false;
          continue;
        }
        gammel.remove();
        form.gemSelv.overtag(new Set(navne));
      }
      const pladser = oenskede.map((linje) => document.getElementById(linje.id) || linje);
      for (const linje of pladser) linje.querySelector(".nr").textContent =
        oenskede.find((ny) => ny.id === linje.id).querySelector(".nr").textContent;
      const staar = [...liste.children].filter((linje) => ider.has(linje.id)).map((l) => l.id).join();
      if (staar === pladser.map((linje) => linje.id).join()) return alt;
      /* A line that is moved loses the cursor: the others move around the one somebody writes in. */
      const fast = pladser.findIndex(har);
      if (fast < 0) {
        liste.append(...pladser);
      } else {
        for (const linje of pladser.slice(0, fast)) pladser[fast].before(linje);
        liste.append(...pladser.slice(fast + 1));
      }
      return alt;
    };

    const tag = (indhold) => {
      /* The lines are needed twice: as rows, and out of the way of the fields' names. */
      const linjer = indhold.querySelector("#nyt-linjer");
      linjer.remove();
      let alt = tagLinjer(linjer);
      const navne = new Set();
      for (const data of indhold.querySelectorAll("[data-felt]")) {
        if (tagFelt(data)) navne.add(data.dataset.felt);
        else alt = false;
      }
      form.gemSelv.overtag(navne);
      if (alt) form.querySelector("#laas").value = indhold.querySelector("#nyt-laas").getAttribute("value");
      for (const nyt of indhold.querySelectorAll("[hx-swap-oob]")) {
        nyt.removeAttribute("hx-swap-oob");
        const gammelt = document.getElementById(nyt.id);
        if (gammelt && !har(gammelt) && gammelt.innerHTML !== nyt.innerHTML) gammelt.replaceWith(nyt);
      }
      const gemt = indhold.querySelector("#nyt-gemt");
      const sted = document.querySelector(form.dataset.gemSelv);
      const siger = sted.querySelector(".form-error-message");
      if (!siger && gemt.textContent && sted.textContent.trim() !== gemt.textContent.trim()) {
        sted.replaceChildren(...gemt.childNodes);
      }
      return alt;
    };

    const spoerg = async () => {
      if (document.hidden || form.gemSelv.optaget()) return;
      const foer = svaret;
      try {
        const svar = await fetch(`${form.dataset.nyt}?stand=${stand}`, {
          headers: { "HX-Request": "true" },
          redirect: "manual",
          signal: AbortSignal.timeout(SVARFRIST),
        });
        if (svar.status !== 200 || !svar.headers.has("Stand")) return;
        const indhold = somIndhold(await svar.text());
        if (form.gemSelv.optaget() || foer !== svaret) return;
        stand = tag(indhold) ? svar.headers.get("Stand") : "";
      } catch (fejl) {
        if (!(fejl instanceof TypeError || fejl.name === "TimeoutError")) throw fejl;
      }
    };

    const igen = async () => {
      await spoerg();
      window.setTimeout(igen, HVER);
    };
    window.setTimeout(igen, HVER);
  };

  document.addEventListener("DOMContentLoaded", () => {
    tilbage();
    window.setInterval(tilbage, UR);
    const form = document.querySelector("form[data-nyt]");
    if (form?.gemSelv) foelgMed(form);
  });
})();
