// The payment provider's card form, on the one page that has it. The card goes to the provider, never to us.
"use strict";

const form = document.querySelector("#payment-form");
const button = document.querySelector("#payment-give");
const error = document.querySelector("#payment-error");

function say(words) {
  error.textContent = words;
  error.hidden = !words;
}

if (typeof Stripe === "undefined") {
  say(form.dataset.failed);
} else {
  const stripe = Stripe(form.dataset.key, { locale: form.dataset.language });
  // Its words stand on our ground, which is dark where the person's system is.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const appearance = () => ({ theme: dark.matches ? "night" : "stripe" });
  const elements = stripe.elements({ clientSecret: form.dataset.secret, appearance: appearance() });
  dark.addEventListener("change", () => elements.update({ appearance: appearance() }));
  const card = elements.create("payment");
  card.on("ready", () => { button.hidden = false; });
  card.on("loaderror", () => say(form.dataset.failed));
  card.mount("#payment-element");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    say("");
    const outcome = await stripe.confirmSetup({ elements, confirmParams: { return_url: form.dataset.returns } });
    // It comes back only when it was refused; otherwise it leads away.
    say(outcome.error.message);
    button.disabled = false;
  });
}
