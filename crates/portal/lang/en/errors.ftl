# One sentence for each error code.
error-internal = Something broke on our side. Nothing was changed. Try again; if it persists, give the reference to the operator.
error-unavailable = The database cannot be used right now. Nothing was changed. Try again in a moment.
error-not-found = There is nothing at this address, or nothing you may see.
error-method-not-allowed = This address cannot be asked that way.
error-sign-in-required = Sign in first.
error-forbidden = Your role in this workspace does not allow this. Ask its owner.
error-cross-origin = This form was sent from another site. Nothing was changed.
error-malformed-body = The body of the request cannot be read.
error-unsupported-media-type = Send JSON, with the header “Content-Type: application/json”.
error-body-too-large = This is larger than what is accepted here.
error-timed-out = This took too long. Try again.
error-invalid-field = A field is missing or has the wrong form.
error-too-many-attempts = Too many attempts. Try again in { $wait }.
error-email-invalid = This is not an e-mail address: it needs a name, an “@” and a domain.
error-email-taken = This address already has an account. Sign in with it, then open this link again.
error-credentials-invalid = The address or the password does not match.
error-email-unconfirmed = Confirm your address first: a link has just been sent to you again.
error-password-weak = This password would be guessed too soon. { $reason }
error-password-wrong = This is not your current password.
error-link-invalid = This link was already used, has expired or never existed. Ask for a new one.
error-person-name-invalid = Give a name of 1 to 80 characters.
error-language-unknown = Choose French or English.
error-account-closed = This account is closed. Sign in to open it again.
error-account-open = This account is not closed.
error-account-owns-workspaces = { $n ->
    [one] You own a workspace. Delete it first.
   *[other] You own { $n } workspaces. Delete them first.
 }
error-operator-last = You are the only operator of this server: this account cannot be closed.
error-workspace-name-length = A workspace name has 2 to 64 characters; this one has { $length }.
error-workspace-name-character = “{ $character }” is not allowed. Letters, digits, spaces and ( ) - _ . ' & only.
error-workspace-name-taken = This name is already used on this portal. These three are free:
error-mode-unknown = Choose one of the three modes.
error-confirmation-mismatch = This is not the workspace’s name. Copy it exactly.
error-workspace-deleted = This workspace is deleted. Its owner can still bring it back.
error-key-length = A key has 25 symbols, in five groups of five; this one has { $length }.
error-key-symbol = “{ $symbol }” in group { $group } is in no key. 0 and O, 1 and I never are.
error-key-group = Group { $group } does not fit. Read it again: one symbol is wrong or two are swapped.
error-key-unknown = This key is well formed, but no licence belongs to it. Check it with whoever sold it to you.
error-key-taken = This key already belongs to another account.
error-key-lapsed = This key was to be used before { $date }. Ask whoever sold it to you.
error-licence-in-use = This licence is attached to the workspace “{ $workspace }”. Moving it would leave { $devices } devices there without one.
error-workspace-has-licence = This workspace already has a licence. Detach it first.
error-workspace-without-licence = The workspace “{ $workspace }” has no licence. Attach one in the portal, then try again.
error-licence-unusable = This licence is suspended or revoked.
error-licence-expired = The licence of the workspace “{ $workspace }” has expired. Extend it, or attach another one in the portal.
error-licence-too-small = This licence has { $seats } seats for devices; this workspace has { $devices } devices.
error-trial-used = This workspace already had its 30-day trial.
error-trial-bound = The trial belongs to this workspace and is not detached from it. Assign a licence: it will replace the trial.
error-product-unknown = No product on this server has this code.
error-product-code-invalid = Give a code of 2 to 32 letters, digits and dashes.
error-product-code-taken = Another product already has this code.
error-product-name-invalid = Give one line of 80 characters at most; a product must have a name.
error-product-withdrawn = { $product } is no longer sold.
error-entitlement-invalid = “{ $code }” cannot stand here: a code is up to 64 lower-case letters, digits, dots and dashes, each once, a hundred in all; its name is one line of up to 80 characters.
error-seat-limits-invalid = Give two numbers from 1 to 1,000,000, the smaller first.
error-term-limits-invalid = Give two numbers of months from 1 to 36, the smaller first.
error-heartbeat-invalid = Give 60 to 604,800 seconds.
error-seats-not-sold = { $product } is sold with { $min } to { $max } seats.
error-months-not-sold = { $product } is sold for { $min } to { $max } months.
error-currency-unknown = Give a currency by its three letters, such as EUR.
error-currency-mismatch = { $product } has no price in { $currency }. It is sold in: { $known }.
error-term-unknown = { $product } has no price for this term. There is one for these numbers of months: { $known }.
error-price-missing = { $product } has no price now, or none for so few seats.
error-price-amount-invalid = Give an amount without a sign, with a comma or a point before the decimals of its currency.
error-price-period-invalid = A price begins and ends at a moment that is not past, and ends after it began.
error-price-closed = This price has ended already, or ends before that.
error-count-out-of-range = Give 1 to 10,000 keys.
error-batch-owned = Several keys at once belong to whoever types them first: leave the customer’s account empty, or issue one licence.
error-batch-unfinished = These keys are still being written. Try again in a moment.
error-batch-keys-gone = The keys of this batch are erased from this server: only whoever downloaded them has them.
error-redeem-by-past = Give a day that is still to come.
error-key-duplicate = This key is in the file twice, or this server has it already.
error-csv-malformed = This line cannot be read: a quotation mark is missing or too many, or it has more cells than the first line.
error-csv-column = The first line must name the columns: key, and any of product, kind, seats, months, reseller_name, reseller_contact, owner, redeem_by.
error-csv-cell = “{ $text }” is not what the column { $column } holds.
error-licence-unknown = No licence, or more than one, has this number, key, id or owner.
error-reason-invalid = Say why, in 500 characters at most.
error-licence-state-same = This licence is so already.
error-revoked-for-good = This licence is revoked, for good. Issue another one instead.
error-revocation-unconfirmed = This licence is attached to the workspace “{ $workspace }”, devices that use it: { $devices }. Confirm to revoke it all the same.
error-licence-kind-unknown = Choose a subscription or a one-off licence.
error-seats-out-of-range = Give 1 to 1,000,000 seats.
error-months-out-of-range = Give a term of 1 to 120 months.
error-change-unknown = There is no such change of a licence.
error-nothing-changes = It is so already: nothing would change.
error-seats-below-use = { $used ->
    [one] One device holds a seat. Retire it first, or keep a seat for it.
   *[other] { $used } devices hold a seat. Retire some first, or keep as many seats.
 }
error-only-at-renewal = Seats are removed at the renewal: until then they are paid for.
error-period-over = The period of this licence is over. Extend it first.
error-trial-first = This is a trial. Buy time for it first; then you can change everything else.
error-currency-kept = This licence is paid in { $currency }, and stays so.
error-amount-too-large = This amount is larger than can be billed.
error-preview-over = This preview is older than 15 minutes. Look at a new one: nothing was charged.
error-preview-stale = The licence was changed since this preview. Look at a new one: nothing was charged.
error-order-open = Order { $reference } of this licence waits to be paid. Pay it or give it up first.
error-order-over = This is no longer possible: the order is not in that state.
error-order-not-manual = This order is paid by card: the payment provider says when.
error-order-state-unknown = An order is waiting, paid, cancelled or refunded.
error-order-note-too-long = A note has 200 characters at most.
error-payment-differs = The payment is of another amount than the order.
error-refund-too-large = No more can be given back than is left of the payment.
error-bill-to-too-long = Name and address: eight lines and 500 characters at most.
error-reseller-too-long = Give 200 characters at most.
error-account-unknown = No account has this address.
error-licence-not-attached = This licence is attached to no workspace. Attach it first.
error-file-days-out-of-range = Give a lifetime of 1 to 365 days.
error-file-needs-key = Type the licence key: it encrypts the file and is not kept here.
error-key-of-another = This key belongs to another licence.
error-device-without-seat = This device holds no seat of this licence.
error-licence-suspended = The licence is suspended.
error-licence-revoked = The licence is revoked.
error-token-invalid = This API key does not exist.
error-fingerprint-invalid = Give the machine’s fingerprint, 1 to 255 characters.
error-fingerprint-taken = This licence already has a machine with this fingerprint.
error-machine-text-too-long = A name, host name or platform has at most 255 characters.
error-checkout-ttl-invalid = Give a lifetime of 3,600 to 31,536,000 seconds.
error-checkout-algorithm-invalid = Files are made with base64+ed25519 or aes-256-gcm+ed25519.
error-checkout-include-invalid = “{ $name }” cannot be included.
error-checkout-needs-key = An encrypted file is given only to who shows the licence key, which is not kept here.
error-seats-exhausted = All { $seats } seats of the workspace “{ $workspace }” are taken ({ $used } in use). Add seats, or release that of a device no longer in use.
error-no-seat-to-release = None of these devices holds a seat.
error-low-seats-out-of-range = Give a number of seats, 0 to 1,000,000, or nothing.
error-transfer-to-self = This address is yours. Give that of the person to hand the licence over to.
error-transfer-open = This licence is offered to somebody already. Withdraw that offer first.
error-transfer-too-often = This licence was offered five times in 24 hours. Each offer sends a message: you can make another from { $until }.
error-transfer-over = This offer is no longer good. Ask its owner to make it again.
error-licence-renews = This licence renews by itself, with your payment method. Turn auto-renewal off first.
error-move-over = This move cannot be undone any more: seven days are over, or something was moved since.
error-reminder-not-mutable = The last reminder, at the end of the 14 days, is always sent.
error-token-unknown = This enrolment token does not exist.
error-token-expired = This enrolment token has expired. Make a new one in the portal.
error-token-used-up = This enrolment token has enrolled as many devices as it may.
error-token-revoked = This enrolment token was revoked.
error-credential-revoked = The portal no longer knows this device. Enrol it again.
error-credential-duplicated = These credentials are in use on another machine. Enrol this device for itself.
error-proof-invalid = This device could not prove that it holds its key.
error-device-name-invalid = Give the device a name of 1 to 80 characters.
error-device-limit-invalid = Give a number of devices from 1 to 100,000, or leave it empty for no limit.
error-device-retired = This device is retired.
error-managed-locally = Managed on the device: this workspace is “Local only”.
error-scan-path-invalid = Give an absolute path, such as /home/camille.
error-nothing-chosen = Tick at least one line.
error-scan-over = This scan is already over.
error-item-not-held = This file is no longer in quarantine.
error-card-declined = { $reason ->
    [funds] The bank refused the card for want of funds or because of its limit. Nothing was charged. Try another card, or later.
    [expired] The card has expired. Nothing was charged. Give another one.
    [typed] The bank does not recognise the card: check its number, its date and its security code. Nothing was charged.
    [authentication] The bank wants you to confirm that it is you. Nothing was charged. Try again and follow what it asks.
    [later] The bank cannot answer right now. Nothing was charged. Try again in a few minutes.
    [unsupported] The bank does not allow this kind of payment with this card. Nothing was charged. Try another card.
   *[other] The bank refused the card. Nothing was charged. Try another card, or ask your bank.
}
error-payment-unavailable = The payment provider cannot be reached right now. Try again in a few minutes: nothing is charged twice.
error-payment-not-configured = This server takes no cards. Pay by the invoice instead.
error-payment-method-missing = There is no card to pay with. Give one first.
error-auto-renewal-unavailable = { $reason ->
    [one-off] This licence was sold by a reseller: it does not renew by itself.
    [trial] A trial does not renew by itself.
    [unusable] This licence is suspended or revoked: it does not renew by itself.
    [unstarted] The period of this licence has not started yet.
    [no-card] There is no card to charge. Give one first.
    [expired] This licence has expired. Extend it first, then switch auto-renewal on.
    [card-expires] The card is no longer good when the licence expires. Replace it first.
   *[currency] The payment provider does not charge in this licence’s currency.
}
error-webhook-signature = This webhook is not signed by the payment provider, or was signed too long ago. Nothing was changed.

# Why a device did not do what it was asked to.
failure-order-expired = The device did not come back in time to take this order.
failure-order-unknown = The device no longer knows what it was to stop.
failure-device-gone = The device was retired or enrolled anew before it answered.
failure-managed-locally = This device is managed on the spot: it takes no orders from the portal.
failure-managed-remotely = This device is managed from the portal only.
failure-item-unknown = The device no longer holds this file in quarantine.
failure-item-damaged = The file kept in quarantine is damaged and cannot be decrypted.
failure-restore-blocked = The file could not be put back: another one is there, or the folder has changed.
failure-delete-blocked = The file could not be destroyed.
failure-file-unusable = The device could not open this file.
failure-target-missing = There is nothing at this place on the device.
failure-scan-lost = The device has not spoken of this scan for a week.
