// Stands in for the payment provider's script in the stories: the calls our pages make of it, with the card typed in a
// frame of its own, as the real one has it (https://docs.stripe.com/js). The frame asks the provider's stand-in.
"use strict";

globalThis.Stripe = (key, { locale }) => {
  const home = "https://js.stripe.com";

  const ask = (frame, question) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      frame.contentWindow.postMessage({ ...question, key, locale }, home, [port2]);
    });

  const frameIn = (parent, page, title, height) => {
    const frame = Object.assign(document.createElement("iframe"), { src: `${home}/${page}`, title });
    // The element's own style is not what the page's policy forbids.
    Object.assign(frame.style, { width: "100%", height, border: "0" });
    parent.append(frame);
    return new Promise((resolve) => { frame.onload = () => resolve(frame); });
  };

  return {
    elements: ({ clientSecret, appearance }) => {
      const elements = { clientSecret };
      elements.update = (changed) => ask(elements.frame, { act: "draw", ...changed.appearance });
      elements.create = () => {
        const heard = {};
        return {
          on: (event, hears) => { heard[event] = hears; },
          mount: async (place) => {
            elements.frame = await frameIn(document.querySelector(place), "card.html", "Secure payment input frame", "13rem");
            await ask(elements.frame, { act: "draw", ...appearance });
            heard.ready?.();
          },
        };
      };
      return elements;
    },

    confirmSetup: async ({ elements, confirmParams }) => {
      const told = await ask(elements.frame, { act: "give", secret: elements.clientSecret });
      if (told.error) return told;
      const back = new URL(confirmParams.return_url);
      back.searchParams.set("setup_intent", told.id);
      back.searchParams.set("setup_intent_client_secret", elements.clientSecret);
      back.searchParams.set("redirect_status", told.status);
      location.assign(back);
      return new Promise(() => {});
    },

    confirmCardPayment: async (clientSecret) => {
      const frame = await frameIn(document.querySelector("main"), "bank.html", "3D Secure", "13rem");
      const told = await ask(frame, { act: "prove", secret: clientSecret });
      return told;
    },
  };
};
