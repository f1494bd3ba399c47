// The bank asks whether it is they: the payment provider's script leads the person to it, on the one page that has it.
"use strict";

const form = document.querySelector("#prove-form");
const button = document.querySelector("#prove-start");

if (typeof Stripe === "undefined") {
  const error = document.querySelector("#prove-error");
  error.textContent = form.dataset.failed;
  error.hidden = false;
} else {
  const stripe = Stripe(form.dataset.key, { locale: form.dataset.language });
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    await stripe.confirmCardPayment(form.dataset.secret);
    // Whatever came of it, the next page asks the provider.
    location.assign(form.dataset.returns);
  });
}
