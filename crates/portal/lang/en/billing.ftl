# Buying, changes of a licence, orders and invoices.
billing-change = Change the licence
billing-ways = Kind of change
billing-way-extend = Extend
billing-way-seats = Add seats
billing-way-term = Change the term
billing-way-product = Switch product
billing-buy = Extend by buying
billing-how-long = Extend by how much?
billing-terms = Length of the coming terms
billing-products = Product
billing-product = Product
billing-before-tax = before tax
billing-price-for = { $price } for { $term },
billing-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
 }
billing-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
 }
billing-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
 }
billing-seats = { $n ->
    [one] { $n } seat
   *[other] { $n } seats
 }
billing-seats-after = How many seats afterwards?
billing-seats-today = { $seats } today, { $used } in use. Seats are removed at the renewal.
billing-when = From when?
billing-now = Now
billing-now-help = You pay for the rest of the period, to the day. The expiry does not change.
billing-renewal = At the renewal
billing-renewal-on = At the renewal, { $date }
billing-renewal-help = Nothing to pay before that date.
billing-not-sold = Nothing is for sale here at the moment. The operator of this portal sets the prices.
billing-preview = See the preview
billing-preview-key = See the preview with this key
billing-key-title = Extend with another key
billing-key-text = The time of a key that was never used is added to this licence. If its product or seats differ, the preview shows the conversion before anything changes.
billing-into = If product or seats differ
billing-into-present = Keep today’s product and seats
billing-into-present-help = The key becomes time of this licence, of equal value.
billing-into-key = Take the key’s product and seats
billing-into-key-help = The time that is left becomes time of the new one, of equal value.
billing-today = Today
billing-was = Before
billing-after = Afterwards
billing-item = Item
billing-credit = Credit
billing-next = At the renewal
billing-keep = Change nothing at the renewal
billing-open = Order { $reference } waits to be paid. No other can be made before.
billing-see-order = See the order

billing-before = Before you confirm
billing-comes-to = What it comes to
billing-line-term = { $product }, { $seats }, { $rest }
billing-line-seats = { $product }, { $seats } more for { $rest }
billing-line-rest = { $product }, { $seats }, for { $rest }
billing-line-given-back = Given back: { $product }, { $seats }, { $rest }
billing-brought = The key is worth, at today’s prices, before tax
billing-credit-used = Credit used
billing-credit-given = Credit, for a later change
billing-tax = VAT
billing-total = Total
billing-total-now = To pay now
billing-later = Next term, at today’s prices, before tax
billing-valid = This preview is good until { $until }. It is exactly what will be charged.
billing-dead = This preview is no longer good: it is older than 15 minutes, or the licence was changed.
billing-again = Ask for a new preview
billing-bill-to = Billed to
billing-bill-to-help = Name and address, as they will stand on the invoice.
billing-confirm = Confirm
billing-order-for = Order for { $total }
billing-notice-nothing = Devices notice nothing: all stay enrolled and protected.
billing-notice-seats = { $n ->
    [one] One device that was waiting gets a seat. The others notice nothing.
   *[other] { $n } devices that were waiting get a seat. The others notice nothing.
 }
billing-notice-product = Devices stay enrolled and protected; they follow the new product when they are next heard of.

billing-orders = Orders and invoices
billing-order = Order { $reference }
billing-order-word = Order
billing-ordered = What is ordered
billing-facts = In short
billing-date = Date
billing-paid-on = Paid on
billing-state = State
billing-invoice = Invoice
billing-invoice-pdf = Download the invoice
billing-no-orders = No orders yet.
billing-to-pay = To pay: { $total }
billing-pay-text = Make a transfer that names the reference. The change is made as soon as the payment is recorded; nothing changes until then.
billing-reference = Reference to name
billing-bank = Where to transfer to
billing-no-bank = The operator of this portal will tell you where to transfer to.
billing-give-up = Give up the order
billing-give-up-text = Nothing is paid and the licence stays as it is.
billing-credited = This order is paid, but the licence had changed meanwhile. Nothing is lost: the whole amount before tax is credit for a later change.
billing-state-all = All
billing-state-waiting = Waiting for payment
billing-state-paid = Paid
billing-state-cancelled = Given up
billing-state-refunded = Refunded

billing-all-orders = Orders
billing-all-lead = Everybody’s orders. Those paid by transfer wait for you to say when the money came.
billing-acts = What to do
billing-note = Note, from the statement say
billing-note-of = Note on order { $reference }
billing-mark-paid = Mark as paid
billing-cancel = Cancel
billing-refund = Refund
billing-refund-amount = Amount; all that is left when empty
billing-refund-why = Why
billing-more = Older orders

billing-renew = Extend…
billing-add-seats = Add seats…
billing-change-term = Change the term…
billing-change-product = Switch product…
billing-actions = Change the licence
billing-next-charge = Next charge
billing-next-charge-on = { $price } before tax on { $date }
billing-no-auto = This licence does not renew by itself: buy time, or use another key.
billing-payment = Payment

billing-mail-subject = Your order { $reference }
billing-mail = Hello,
    {""}
    Your order { $reference } is recorded: { $total } to pay by transfer, naming this reference.
    The invoice and where to pay are here:
    { $url }
    {""}
    The change is made as soon as the payment is recorded.

said-change-done = The change is made.
said-order-paid = The order is paid and the change is made.
said-order-credited = The order is paid. The change was no longer possible: the amount is credit.
said-order-refunded = The refund is recorded.
said-order-cancelled = The order is given up.

invoice-title = Invoice { $number }
invoice-date = Date: { $date }
invoice-order = Order: { $reference }
invoice-licence = Licence: { $number }
invoice-waiting = Waiting for payment
invoice-paid = Paid on { $date }
invoice-cancelled = Cancelled on { $date }
invoice-refunded = Refunded on { $date }
invoice-before-tax = Before tax
invoice-net = Total before tax
invoice-pay = By transfer, with the reference { $reference }.
