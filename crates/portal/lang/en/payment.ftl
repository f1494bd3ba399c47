# How licences are paid for by card.
payment-title = Payment details
payment-card = Payment card
payment-brand = Card
payment-last4 = Last four digits
payment-until = Good until
payment-no-card = No card is kept for this licence.
payment-not-yours = Another person gave this card. You can replace it by one of yours: you will then pay for the renewals.
payment-give = Give a card
payment-replace = Update payment details
payment-save = Save this card
payment-by-hand = This server takes no cards. Orders are paid by the invoice they come with.
payment-elsewhere = The form below belongs to the payment provider, Stripe: your card’s number goes there directly and never passes through this server. Nothing is charged now.
payment-needs-script = This form needs JavaScript: it is the payment provider’s own, so that your card’s number never passes through this server. Everything else here works without.
payment-script-failed = The payment provider’s form could not be loaded. Check that nothing blocks js.stripe.com, then load this page again.
said-card-set = Your card is saved.
