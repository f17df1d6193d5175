/* Nothing typed is lost: forms that save themselves, and the token that every form is sent with.

   <form method="post" action="…" data-gem-selv="#gemt">

   The form is sent within a second of the last key and at least every other second while somebody
   types, as htmx sends it (`HX-Request`), so that the view answers with a part of the page: what
   the place named by `data-gem-selv` shall say (with id and role="status"), and out of band
   (`hx-swap-oob="true"`) what else is new, first of all the form's version number. 200 is saved;
   409 and 422 are refused with a reason. The same form sent by its button is answered as any other.

   What is not saved stands in its field, and nowhere else: nothing is kept in the browser. */
(() => {
  "use strict";

  /* Together with the time a save takes, this is what a killed server can cost: under two seconds. */
  const PAUSE = 700;
  const LAENGST = 1400;
  const SVARFRIST = 10000;
  const VENT = [1000, 2000, 4000, 8000, 15000];
  const VIS_GEMMER_EFTER = 300;
  /* A browser carries no more than this on from a page that is being closed. */
  const KEEPALIVE = 60000;

  const TAVS = "Serveren svarer ikke. Det, du har skrevet, står der stadig.";

  const GEMT = "gemt";
  const AFVIST = "afvist";
  const UDE = "ude";

  const formularer = [];

  /* Signing in, also in another tab, renews the token; the cookie always holds the one that counts. */
  const brik = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];

  const tilServeren = async (form, body, signal) => {
    const headers = {
      "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
      "HX-Request": "true",
      "HX-Current-URL": window.location.href,
      "Gem-Selv-Bruger": document.body.dataset.bruger || "",
    };
    if (brik()) headers["X-CSRFToken"] = brik();
    const keepalive = new Blob([body]).size < KEEPALIVE;
    const adresse = form.getAttribute("action") || window.location.href;
    const valg = { method: "POST", headers, body, signal, keepalive, redirect: "manual" };
    const svar = await fetch(adresse, valg);
    return { svar, html: await svar.text() };
  };

  /* What is new on the page, each element by its id; never the one somebody is writing in. */
  const skiftUd = (indhold) => {
    for (const nyt of indhold.querySelectorAll("[hx-swap-oob]")) {
      nyt.remove();
      nyt.removeAttribute("hx-swap-oob");
      const gammelt = document.getElementById(nyt.id);
      if (!gammelt || gammelt.contains(document.activeElement)) continue;
      gammelt.replaceWith(nyt);
      if (window.htmx) window.htmx.process(nyt);
    }
  };

  const somIndhold = (html) => {
    const skabelon = document.createElement("template");
    skabelon.innerHTML = html;
    return skabelon.content;
  };

  const fejltekst = (tekst) => {
    const span = document.createElement("span");
    span.className = "form-error-message";
    span.textContent = tekst;
    return span;
  };

  /* The message above the form, or on a page without a place for one, right before it. */
  const advar = (form, tekst) => {
    let sted = document.querySelector("#fejlbesked");
    if (!sted) {
      sted = document.createElement("div");
      sted.id = "fejlbesked";
      form.before(sted);
    }
    const boks = document.createElement("div");
    boks.className = "besked besked--fejl";
    boks.setAttribute("role", "alert");
    boks.append(document.createElement("p"));
    boks.firstChild.textContent = tekst;
    sig(sted, boks);
    return sted;
  };

  /* Two answers that say the same are one to a screen reader. */
  const sig = (sted, indhold) => {
    if (sted && sted.textContent.trim() !== indhold.textContent.trim()) {
      sted.replaceChildren(indhold);
    }
  };

  const gemSelv = (form) => {
    const sted = document.querySelector(form.dataset.gemSelv);
    /* All of it is saved, so going back shall show what is stored and not what stood here then:
       beside new version numbers the old text would undo what others have written since. */
    form.autocomplete = "off";
    /* By name, so that fields that come, go and change places on the page are still the same. */
    const ordnet = (par) => JSON.stringify(par.sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
    /* Values as the user sees them; the version number and the token are not the user's text. */
    const synligt = () => {
      const skjulte = new Set([...form.querySelectorAll("input[type=hidden]")].map((f) => f.name));
      const alt = [...new FormData(form)];
      return ordnet(alt.filter(([navn, v]) => !skjulte.has(navn) && typeof v === "string"));
    };
    const pakke = () => {
      /* A token in the body would be judged before the cookie's, and grows old on the page. */
      const tekst = [...new FormData(form)].filter(
        ([navn, v]) => typeof v === "string" && !(navn === "csrfmiddlewaretoken" && brik()),
      );
      return { body: new URLSearchParams(tekst).toString(), synligt: synligt() };
    };

    /* A page that shows what was refused names those fields: `data-ugemte`. */
    const ugemt = new Set(form.dataset.ugemte?.split(" "));
    let gemt = ordnet(JSON.parse(synligt()).filter(([navn]) => !ugemt.has(navn)));
    let afvist = synligt();
    /* Sent without an answer, so perhaps stored. It goes again word for word before anything newer:
       stored twice is harmless, but newer text on its old version number would be a conflict with
       oneself. */
    let uvist = null;
    let iGang = null;
    let forsoeg = 0;
    let ur = null;
    let ugemtSiden = null;
    let meddelelse = null;

    const af = (tekst, navn) => JSON.parse(tekst).filter(([n]) => n === navn);
    /* For a page that shows what others write (live.js): whether a field holds unsaved text, and
       that the fields named now hold what is stored. */
    form.gemSelv = {
      optaget: () => iGang !== null || uvist !== null,
      erRoert: (navn) => JSON.stringify(af(synligt(), navn)) !== JSON.stringify(af(gemt, navn)),
      overtag: (navne) => {
        const rest = JSON.parse(gemt).filter(([n]) => !navne.has(n));
        gemt = ordnet([...rest, ...JSON.parse(synligt()).filter(([n]) => navne.has(n))]);
      },
    };

    const erUgemt = () => uvist !== null || synligt() !== gemt;
    const skalSendes = () => uvist !== null || ![gemt, afvist].includes(synligt());

    const ryd = () => {
      if (meddelelse) meddelelse.replaceChildren();
      meddelelse = null;
    };

    const lykkedes = (sendt, html) => {
      const varUde = forsoeg > 0;
      [gemt, afvist, uvist, forsoeg, ugemtSiden] = [sendt.synligt, null, null, 0, null];
      ryd();
      const indhold = somIndhold(html);
      skiftUd(indhold);
      form.dispatchEvent(new Event("gem-selv:svar"));
      /* Not «saved» yet, when there is newer text from the time without an answer. */
      if (!varUde || !erUgemt()) sig(sted, indhold);
      return GEMT;
    };

    const blevAfvist = (sendt, svar, html) => {
      [afvist, uvist, forsoeg, ugemtSiden] = [sendt.synligt, null, 0, null];
      const indhold = somIndhold(html);
      skiftUd(indhold);
      form.dispatchEvent(new Event("gem-selv:svar"));
      const andetsteds = svar.headers.get("HX-Retarget");
      if (andetsteds) {
        ryd();
        meddelelse = document.querySelector(andetsteds);
        sig(meddelelse, indhold);
        sig(sted, fejltekst("Ikke gemt"));
      } else {
        sig(sted, indhold);
      }
      return AFVIST;
    };

    const proevIgen = (tekst) => {
      const vent = VENT[Math.min(forsoeg, VENT.length - 1)];
      forsoeg += 1;
      window.clearTimeout(ur);
      ur = window.setTimeout(gem, vent);
      sig(sted, fejltekst(tekst));
      return UDE;
    };

    /* Signed out, or somebody else signed in: it may pass, and what was typed goes when it does. */
    const lukketUde = (aarsag, html) => {
      ryd();
      meddelelse = document.querySelector("#fejlbesked");
      sig(meddelelse, somIndhold(html));
      return proevIgen(aarsag === "log-ind" ? "Ikke gemt – du er logget ud" : "Ikke gemt");
    };

    const send = async (sendt) => {
      const afbryd = new AbortController();
      const frist = window.setTimeout(() => afbryd.abort(), SVARFRIST);
      const langsomt = window.setTimeout(() => {
        if (!forsoeg) sig(sted, document.createTextNode("Gemmer …"));
      }, VIS_GEMMER_EFTER);
      try {
        const { svar, html } = await tilServeren(form, sendt.body, afbryd.signal);
        if (svar.ok) return lykkedes(sendt, html);
        const aarsag = svar.headers.get("Gem-Selv");
        if (aarsag) return lukketUde(aarsag, html);
        if (svar.status >= 400 && svar.status < 500 && svar.status !== 429) return blevAfvist(sendt, svar, html);
      } catch (fejl) {
        if (!(fejl instanceof TypeError || fejl.name === "AbortError")) throw fejl;
      } finally {
        window.clearTimeout(frist);
        window.clearTimeout(langsomt);
      }
      uvist = sendt;
      if (forsoeg) {
        meddelelse = advar(form, `${TAVS} Det bliver gemt, så snart den svarer. Luk ikke siden.`);
      }
      return proevIgen("Ikke gemt – prøver igen");
    };

    const koer = async () => {
      window.clearTimeout(ur);
      if (uvist && (await send(uvist)) === UDE) return UDE;
      if (!skalSendes()) return erUgemt() ? AFVIST : GEMT;
      return send(pakke());
    };

    /* One save at a time: each needs the version number that the one before it brought. */
    const gem = () => {
      iGang ??= koer().finally(() => {
        iGang = null;
        if (!forsoeg && skalSendes()) planlaeg();
      });
      return iGang;
    };

    const planlaeg = () => {
      if (iGang || forsoeg || !skalSendes()) return;
      ugemtSiden ??= Date.now();
      window.clearTimeout(ur);
      ur = window.setTimeout(gem, Math.max(0, Math.min(PAUSE, ugemtSiden + LAENGST - Date.now())));
    };

    form.addEventListener("input", planlaeg);
    form.addEventListener("change", planlaeg);

    return {
      erUgemt,
      /* Everything typed until now is saved or refused, or the server is out of reach. */
      aflever: async () => {
        if (iGang) await iGang;
        return skalSendes() ? gem() : erUgemt() ? AFVIST : GEMT;
      },
      straks: () => {
        if (skalSendes()) gem();
      },
    };
  };

  const ugemte = () => formularer.filter((formular) => formular.erUgemt());

  /* Text that is sent to a dead server is gone with the page, so first hear whether it is there. */
  const svarer = async (form) => {
    try {
      const signal = AbortSignal.timeout(SVARFRIST);
      const { status } = await fetch("/sundhed/live", { signal, cache: "no-store" });
      if (status < 500) return GEMT;
    } catch (fejl) {
      if (!(fejl instanceof TypeError || fejl.name === "TimeoutError")) throw fejl;
    }
    advar(form, `${TAVS} Prøv igen om lidt.`);
    return UDE;
  };

  const harTekst = (form) => form.querySelector("textarea, input[type=file]") !== null;

  /* First save, then do what was asked for. Out of reach: send nothing, the page says why. */
  let gaarVidere = false;
  let venter = false;
  const foerst = async (haendelse, videre, form = null) => {
    const ikkeGemt = ugemte();
    const proev = form && !form.matches("[data-gem-selv]") && harTekst(form);
    if (gaarVidere || !(ikkeGemt.length || proev)) return;
    haendelse.preventDefault();
    haendelse.stopImmediatePropagation();
    if (venter) return;
    venter = true;
    const svar = ikkeGemt.map((formular) => formular.aflever());
    if (proev) svar.push(svarer(form));
    const udfald = await Promise.all(svar).finally(() => {
      venter = false;
    });
    /* Whoever follows a link is warned instead, and may choose to leave. */
    if (form && udfald.includes(UDE)) return;
    /* Not within the event itself: a form that is being submitted ignores being submitted. */
    window.setTimeout(() => {
      gaarVidere = true;
      videre();
      gaarVidere = false;
    });
  };

  let sendes = false;
  document.addEventListener("submit", (haendelse) => {
    const form = haendelse.target;
    if (form.method !== "post" || form.matches("[hx-post]")) return;
    const { submitter } = haendelse;
    foerst(haendelse, () => form.requestSubmit(submitter), form);
    if (haendelse.defaultPrevented) return;
    const felt = form.elements.namedItem("csrfmiddlewaretoken");
    if (felt && brik()) felt.value = brik();
    /* The form's own answer shows what was refused, text and all. */
    sendes = form.matches("[data-gem-selv]");
  }, true);

  document.addEventListener("click", (haendelse) => {
    const link = haendelse.target.closest("a[href]");
    const egen = haendelse.button || haendelse.ctrlKey || haendelse.metaKey || haendelse.shiftKey;
    if (!link || egen || link.target || link.matches("[download], [hx-get], [hx-post]")) return;
    if (link.getAttribute("href").startsWith("#")) return;
    foerst(haendelse, () => link.click());
  }, true);

  document.addEventListener("htmx:before:request", (haendelse) => {
    if (brik()) haendelse.detail.ctx.request.headers["X-CSRFToken"] = brik();
  });

  window.addEventListener("beforeunload", (haendelse) => {
    if (sendes || !ugemte().length) return;
    haendelse.preventDefault();
    formularer.forEach((formular) => formular.straks());
  });

  const straks = () => formularer.forEach((formular) => formular.straks());
  window.addEventListener("online", straks);
  window.addEventListener("focus", straks);
  window.addEventListener("pagehide", straks);
  document.addEventListener("visibilitychange", straks);

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-gem-selv]").forEach((form) => formularer.push(gemSelv(form)));
  });
})();
