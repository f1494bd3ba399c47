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

renewal-title = Auto-renewal
renewal-is-on = On
renewal-is-off = Off
renewal-see = Change…
renewal-next = { $amount } will be charged to this card on { $date }, for { $months ->
    [one] one more month
   *[other] { $months } more months
 }.
renewal-would = Switched on, { $amount } would be charged to this card on { $date }, for { $months ->
    [one] one more month
   *[other] { $months } more months
 }.
renewal-off-until = Your computers are protected until { $date }. For 14 days after that nothing changes, until { $grace }; then updates and remote management stop, protection goes on with the rules it has.
renewal-switch-off = Switch auto-renewal off
renewal-switch-on = Switch auto-renewal on
renewal-failing = { $tries ->
    [one] The last charge was refused.
   *[other] The last charge was refused { $tries } times.
 } It will be tried again on { $date }. Replace the card to have it tried at once.
renewal-failing-last = The last charge was refused and will not be tried again. Replace the card to have it tried at once.
renewal-no-price = This licence’s product is no longer sold for this term, so that it cannot be renewed by itself. Extend it by buying, or switch its product.
renewal-why-one-off = This licence was sold by a reseller and does not renew by itself. Extend it by buying, or with another key.
renewal-why-trial = A trial does not renew. Buy a licence to go on.
renewal-why-unusable = This licence is suspended or revoked.
renewal-why-unstarted = The period of this licence has not started yet: attach it to a Workspace first.
renewal-why-no-card = There is no card to charge. Give one first.
renewal-why-expired = This licence has expired. Extend it first, then switch auto-renewal on.
renewal-why-card-expires = This card is no longer good when the licence expires. Replace it first.
renewal-why-currency = The payment provider does not charge in this licence’s currency.
renewal-why-not-configured = This server takes no cards.
said-renewal-on = Auto-renewal is on.
said-renewal-off = Auto-renewal is off.

pay-title = To pay: { $total }
pay-text = The order’s amount is charged once, and the change is made at once. If your bank asks for it, it lets you confirm that it is you.
pay-by-card = Pay by card
pay-other-card = Use another card
pay-by-transfer = Or pay by transfer
prove-title = Confirm with your bank
prove-text = Your bank wants you to confirm that it is you before the card is charged. Nothing is charged until then.
prove-start = Go on to the bank
prove-later = Back to the order
prove-needs-script = This step needs JavaScript: it belongs to the payment provider and to your bank. The order can be paid by transfer as well.
said-order-paid-by-card = The order is paid by card.
said-order-processing = The payment by card is under way. This page will say so as soon as the bank has answered.

payment-refused-funds = want of funds, or the card’s limit
payment-refused-expired = the card has expired
payment-refused-typed = the card is not recognised
payment-refused-authentication = the bank wants you to confirm that it is you
payment-refused-later = the bank could not answer
payment-refused-unsupported = the bank does not allow this kind of payment
payment-refused-refused = the bank gave no reason

mail-renewed-subject = Rempart { $product } is renewed until { $expiry }
mail-renewed-text = Your licence Rempart { $product } { $number } was renewed.

    { $amount } was charged to your card, for order { $reference }.
    It now runs until { $expiry }.

    Payment details and auto-renewal: { $page }
mail-credited-subject = Rempart { $product }: your payment is kept as credit
mail-credited-text = { $amount } was charged to your card for licence Rempart { $product } { $number }, order { $reference }.

    The licence was changed while the payment was under way, so that it could not be renewed for this amount. All of it is kept as credit and is used first for the next change you make.

    Payment details and auto-renewal: { $page }
mail-renewal-refused-subject = Rempart { $product }: the renewal could not be charged
mail-renewal-refused-text = The renewal of your licence Rempart { $product } { $number } could not be charged: { $reason }.

    Nothing was charged. It is tried again on { $next }.
    Nothing changes for your computers before { $grace }.

    To give another card, which is then charged at once: { $page }
mail-renewal-stopped-subject = Rempart { $product }: auto-renewal is off
mail-renewal-stopped-text = The renewal of your licence Rempart { $product } { $number } could not be charged, and it will not be tried again. Auto-renewal is off.

    The licence runs until { $expiry }, and nothing changes for your computers before { $grace }. Then updates and remote management stop; protection goes on with the rules it has.

    To go on, extend the licence, then switch auto-renewal on again.
mail-refunded-subject = Rempart { $product }: { $amount } goes back to your card
mail-refunded-text = { $amount } of order { $reference }, for licence Rempart { $product } { $number }, goes back to the card it came from. Banks take up to ten days to show it.
