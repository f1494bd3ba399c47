// In the stand-in's frames: a card is given, or the bank asked, by the calls the provider's own script makes.
"use strict";

const WORDS = {
  fr: { number: "Numéro de carte", expiry: "Expiration", cvc: "Code de sécurité", approve: "Approuver", refuse: "Refuser" },
  en: { number: "Card number", expiry: "Expiry date", cvc: "Security code", approve: "Approve", refuse: "Refuse" },
};

const call = async (path, form) => {
  const answer = await fetch(`https://api.stripe.com/v1/${path}`, { method: "POST", body: new URLSearchParams(form) });
  const told = await answer.json();
  return told.error ? { error: told.error } : told;
};

const field = (name) => document.querySelector(`#${name}`).value.replaceAll(" ", "");

/** The bank asks whether it is they. */
const asked = (locale) =>
  new Promise((resolve) => {
    document.documentElement.lang = locale;
    const buttons = ["approve", "refuse"].map((said) =>
      Object.assign(document.createElement("button"), { textContent: WORDS[locale][said], onclick: () => resolve(said === "approve") }));
    document.body.replaceChildren(...buttons);
  });

const acts = {
  draw({ locale, theme }) {
    for (const label of document.querySelectorAll("label")) label.firstChild.data = WORDS[locale][label.htmlFor];
    document.documentElement.lang = locale;
    document.documentElement.style.colorScheme = theme === "night" ? "dark" : "light";
    return {};
  },

  async give({ secret, key, locale }) {
    const [month, year] = field("expiry").split("/");
    const card = { number: field("number"), exp_month: month, exp_year: year, cvc: field("cvc") };
    const form = { key, client_secret: secret, "payment_method_data[type]": "card" };
    for (const [name, value] of Object.entries(card)) form[`payment_method_data[card][${name}]`] = value;
    const told = await call(`setup_intents/${secret.split("_secret")[0]}/confirm`, form);
    if (told.status !== "requires_action") return told;
    const next = (await asked(locale)) ? "confirm" : "cancel";
    return call(`setup_intents/${told.id}/${next}`, { key, client_secret: secret });
  },

  async prove({ secret, key, locale }) {
    const said = await asked(locale);
    const told = await call(`payment_intents/${secret.split("_secret")[0]}/_authenticate?success=${said}`, { key, client_secret: secret });
    return told.error ? told : { paymentIntent: told };
  },
};

addEventListener("message", async ({ data, ports: [port] }) => port.postMessage(await acts[data.act](data)));
