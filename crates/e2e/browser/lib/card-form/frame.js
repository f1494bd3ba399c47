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

const acts = {
  draw({ locale }) {
    for (const label of document.querySelectorAll("label")) label.firstChild.data = WORDS[locale][label.htmlFor];
    document.documentElement.lang = locale;
    return {};
  },

  give({ secret, key }) {
    const [month, year] = field("expiry").split("/");
    const card = { number: field("number"), exp_month: month, exp_year: year, cvc: field("cvc") };
    const form = { key, client_secret: secret, "payment_method_data[type]": "card" };
    for (const [name, value] of Object.entries(card)) form[`payment_method_data[card][${name}]`] = value;
    return call(`setup_intents/${secret.split("_secret")[0]}/confirm`, form);
  },

  async prove({ secret, key, locale }) {
    document.documentElement.lang = locale;
    const said = await new Promise((resolve) => {
      for (const button of document.querySelectorAll("button")) {
        button.textContent = WORDS[locale][button.id];
        button.onclick = () => resolve(button.id === "approve");
      }
    });
    const told = await call(`payment_intents/${secret.split("_secret")[0]}/_authenticate?success=${said}`, { key, client_secret: secret });
    return told.error ? told : { paymentIntent: told };
  },
};

addEventListener("message", async ({ data, ports: [port] }) => port.postMessage(await acts[data.act](data)));
