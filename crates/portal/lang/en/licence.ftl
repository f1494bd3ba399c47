# Licences.
licence-word = Licence
licence-seats-word = Seats
licence-expiry = Expiry
licence-renewal = Renewal
licence-state-word = State
licence-number = Licence number
licence-product = Rempart { $product }
licence-seats = { $n ->
    [one] { $n } seat
   *[other] { $n } seats
 }
licence-seats-used = { $used ->
    [one] { $used } of { $n } seats taken
   *[other] { $used } of { $n } seats taken
 }
licence-subscription = { $n ->
    [1] Monthly subscription
    [12] Yearly subscription
   *[other] Subscription of { $n } months
 }
licence-one-off = Without subscription
licence-trial = 30-day trial
licence-expires = Expires on { $date }
licence-expired-on = Expired on { $date }
licence-from-first = { $n } months from when it is first assigned
licence-sold-by = Sold by { $name }

licence-unstarted = Not started yet
licence-active = Active
licence-trial-days = { $n ->
    [one] Trial, last day
   *[other] Trial, { $n } days left
 }
licence-expiring = { $n ->
    [one] Expires in one day
   *[other] Expires in { $n } days
 }
licence-grace = Expired, nothing changes before { $date }
licence-expired = Expired
licence-suspended = Suspended
licence-revoked = Revoked
licence-merged = Added to another licence
licence-free = Personal, free
licence-in-use = Already in use
licence-here = Assigned to this workspace

licence-attach = Assign a licence
licence-attach-lead = A workspace has exactly one licence. It sets how many devices are protected, and until when.
steps = Steps
step-workspace = Workspace created
step-licence = Licence
step-device = First device
later = Later
close-unchanged = Close without changing anything
licence-yours = Your personal licences
licence-yours-help = They are yours and assigned to no workspace. In the next step you choose the right one.
licence-none-free = You have no personal licence yet. Import a key, or start the trial.
licence-present = This workspace already has a licence: { $product }, { $number }. Another one would replace it.
licence-elsewhere = { $n ->
    [one] Another of your licences is already assigned to a workspace; you can choose it too.
   *[other] { $n } other licences of yours are already assigned to a workspace; you can choose them too.
 }
licence-reassign = Reassign a licence to this Workspace
licence-reassign-now = Reassign now
licence-import-title = A key to import?
licence-key = Licence key
licence-key-help = Five groups of five symbols. 0 and O, 1 and I are never among them.
licence-key-so-far = { $n ->
    [one] One symbol of 25.
   *[other] { $n } symbols of 25.
 }
licence-key-good = This key is well formed. Import it.
licence-import = Import
trial-title = No licence?
trial-text = Try Rempart for 30 days on ten devices, once per workspace, without key or card.
trial-start = Start the trial

licence-choose = Choose
licence-choose-yours = Choose your licence
licence-choose-help = { $n ->
    [one] There is one licence in your account.
   *[other] There are { $n } licences in your account.
 }
licence-in-use-note = { $n ->
    [0] Assigned to the workspace “{ $workspace }”, where no device uses it; we will ask you to confirm.
    [one] Assigned to the workspace “{ $workspace }”. Reassigning it would leave its device without a licence; we will ask you to confirm.
   *[other] Assigned to the workspace “{ $workspace }”. Reassigning it would leave its { $n } devices without a licence; we will ask you to confirm.
 }
licence-effect = What will happen
licence-renews = Automatic
licence-does-not-renew = No auto-renewal
licence-leaves = { $n ->
    [0] “{ $workspace }” will have no licence. No device was using it.
    [one] “{ $workspace }” will have no licence: one device stays there without.
   *[other] “{ $workspace }” will have no licence: { $n } devices stay there without.
 }
licence-replaces = The present licence, { $number }, is available again in its owner’s personal licences.
licence-ends-trial = The trial of this workspace ends and will not start again.
licence-unseats = It has { $seats } seats for { $devices } devices: { $n } will have none. Those that came first keep theirs.
licence-unseated-means = A device without a licence stays protected, with the rules it already has.
licence-confirm = Reassign this licence?

licence-detach = Detach the licence
licence-detach-title = Detach the licence from this workspace?
licence-detach-frees = It is available again in its owner’s personal licences.
licence-detach-devices = { $n ->
    [0] No device uses it.
    [one] One device stays without a licence. It is protected, with the rules it already has.
   *[other] { $n } devices stay without a licence. They are protected, with the rules they already have.
 }
licence-detach-period = Its period goes on.
licence-detach-now = Detach

personal-lead = The licences of your account that are assigned to no workspace, and where the others are.
personal-free = Free
personal-none = No free licence yet
personal-none-help = Import a key: its licence appears here. A licence also comes back here when its workspace is deleted.
personal-attach = Assign to a workspace…
personal-placed = Assigned to a workspace

issue-title = Issue a licence
issue-lead = The key appears once, right after. Its period starts when it is first assigned.
issue-product = Product
issue-seats = Seats
issue-months = Term, in months
issue-kind = Kind of licence
issue-one-off-help = Bought once, often from a reseller.
issue-subscription = Subscription
issue-subscription-help = Renews by itself, through the customer’s payment method.
issue-owner = The customer’s account, if there is one
issue-owner-help = The licence is theirs at once. Otherwise it belongs to whoever types the key first.
issue-reseller = Reseller, if there is one
issue-contact = How to reach them
issue-now = Issue the licence
issue-done = Licence { $number } issued
issue-once = Copy its key now: it is kept nowhere and cannot be shown again.
issue-copy = Copy the key
issue-copied = Copied
issue-count = Number of keys
issue-count-help = More than one makes a batch: up to 10,000 licences that differ only in number and key.
issue-redeem-by = Last day to type the key
issue-redeem-by-help = Empty: 12 months from now if a reseller sells it, no limit otherwise.

batches = Batches of keys
batches-lead = Licences issued together. Their keys can be downloaded for a day, then nobody can see them any more.
batches-none = None yet. Give a number of keys when you issue a licence.
batch-title = Batch
batch-of = { $n } licences { $product }
batch-of-one = One licence { $product }
batch-redeem-by = To be typed before
batch-ordered = Ordered on
batch-count = Licences
batch-keys = Keys
batch-what = Each licence
batch-writing = Being written
batch-ready = Ready
batch-taken = Downloaded
batch-erased = Keys erased
batch-progress = { $done } of { $all } licences written.
batch-progress-label = Licences written
batch-ready-means = The keys are kept sealed until { $when }, then erased. Fifteen minutes after the first download they are erased too.
batch-taken-means = The keys were downloaded. Until { $when } they can be downloaded once more, then they are erased.
batch-erased-means = The keys were erased from this server on { $when }. Only whoever downloaded them has them.
batch-no-lapse = No limit
batch-csv = Download as a table (CSV)
batch-json = Download as JSON
batch-erase = Erase the keys now
said-keys-erased = The keys are erased from this server.

said-key-imported = The licence is yours. It is in your personal licences.
said-licence-assigned = The licence is assigned to this workspace.
said-licence-detached = The licence is detached. It is in its owner’s personal licences.
said-trial-started = The trial has started: 30 days, ten devices.

seats-choose = Choose the devices
seats-see-silent = See these devices
seats-by = Somebody who manages the protection of this workspace can release seats.

licence-move = Move
licence-history = History
licence-nowhere = None: it is in your personal licences
personal-in = Attached to the workspace

history-title = History
history-none = Nothing has happened to it yet.
history-before = Before:
history-after = After:
history-nothing = none
history-yes = yes
history-no = no
history-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
 }
history-by-operator = the portal’s operator
history-by-device = a device
history-by-server = the portal
history-by-gone = somebody who has no account any more
history-other = Changed
history-licence-issue = Issued
history-licence-issue-batch = Issued, in a batch
history-licence-suspend = Suspended by the operator
history-licence-reinstate = Reinstated by the operator
history-licence-revoke = Revoked by the operator
history-licence-import = Imported by its key
history-licence-assign = Attached to a workspace
history-licence-detach = Detached from its workspace
history-licence-start-trial = Trial started
history-licence-set-aside = Detached: its workspace was deleted
history-licence-owner-left = Its owner closed their account
history-licence-owner-back = Its owner opened their account again
history-licence-inherit = Went to the owner of its workspace
history-licence-end-with-owner = Ended with its owner’s account
history-licence-bring-back = Back in its workspace, which was restored
history-licence-file = Licence file downloaded
history-device-release-seats = Seats released
history-field-product = Product
history-field-seats = Seats
history-field-seats-used = Seats in use
history-field-term-months = Term
history-field-auto-renew = Auto-renewal
history-field-expires-at = Expiry
history-field-workspace = Workspace
history-field-suspended = Suspended
history-field-revoked = Revoked
history-field-owner = Owner

permits-title = What each state permits
permits-question = What happens when a licence expires?
permits-here = This licence is one of these: { $state }.
permits-protection = The device scans, watches and quarantines.
permits-protection-not = The device does not protect itself any more.
permits-console = The console shows the devices and manages them.
permits-console-not = The console does not manage the devices any more.
permits-rules = The devices get new rules.
permits-rules-not = The devices keep their rules and get no new ones.
permits-devices = Other devices can be added.
permits-devices-not = No other device can be added.
permits-valid = A program that checks it is told it is valid.
permits-valid-not = A program that checks it is told it is not valid.
permits-never = A licence that expires never turns protection off: scans, watching and quarantine go on with the rules in place.
licence-state-unstarted = Not started
licence-state-trial = Trial
licence-state-active = Active
licence-state-expiring = Expires within 30 days
licence-state-grace = Expired less than 14 days ago
licence-state-expired = Expired
licence-state-suspended = Suspended
licence-state-revoked = Revoked
licence-state-merged = Added to another

desk-find = Find a licence
desk-wanted = Number, key, or the owner’s e-mail address
desk-wanted-help = For example RB-2027-4839-2074.
desk-look = Find
desk-found = Found
desk-found-none = No licence belongs to that. Check it sign by sign.
desk-owner = Owner
desk-nobody = Nobody yet: its key was not typed
desk-issued = Issued on
desk-decide = Decide
desk-reason = Reason
desk-reason-help = It stays in the licence’s history, which its owner sees.
desk-suspend = Suspend
desk-suspend-means = While it is suspended, nothing this licence is for works; its period goes on. Its devices are told at once and stay protected with the rules they have.
desk-reinstate = Reinstate
desk-reinstate-means = This licence is suspended. Reinstated, it works again at once, until the end of its period.
desk-revoke = Revoke…
desk-revoke-question = Revoke this licence for good?
desk-revoke-workspace = { $n ->
    [0] It is attached to the workspace “{ $workspace }”, where no device uses it.
    [one] It is attached to the workspace “{ $workspace }”, where one device uses it.
   *[other] It is attached to the workspace “{ $workspace }”, where { $n } devices use it.
 }
desk-revoke-devices = Its devices are told at once. They stay protected with the rules they have and get no new ones.
desk-revoke-owner = It belongs to { $name } ({ $email }).
desk-revoke-final = A revoked licence never works again. Only another one can take its place.
desk-revoke-now = Revoke the licence
said-licence-suspended = The licence is suspended. Its devices are told.
said-licence-reinstated = The licence works again. Its devices are told.
said-licence-revoked = The licence is revoked. Its devices are told.

transfer-title = Hand the licence over
transfer-lead = Offer it to an address. Nothing changes before the person accepts.
transfer-offered-title = A licence is offered to you
transfer-offered-lead = { $from } offers to hand it over to you. Nothing changes before you accept.
transfer-effects = If the offer is accepted:
transfer-owner-them = The licence is the other person’s, with its seats. You do not see it any more.
transfer-owner-you = The licence is yours, with its seats.
transfer-leaves = { $n ->
    [0] “{ $workspace }” will have no licence. No device uses it. It stays there only if the person manages the licence of that workspace.
    [one] “{ $workspace }” will have no licence: one device stays without, protected with the rules it has. It stays there only if the person manages the licence of that workspace.
   *[other] “{ $workspace }” will have no licence: { $n } devices stay without, protected with the rules they have. It stays there only if the person manages the licence of that workspace.
 }
transfer-stays = It stays attached to “{ $workspace }”, whose licence you manage.
transfer-time = Its period goes on, with the same expiry date.
transfer-back-them = To have it back later, the other person will have to hand it over to you.
transfer-back-you = You will be able to give it back in the same way.
transfer-until-you = The offer is good until { $until }.
transfer-until-them = Offered to { $email }, until { $until }.
transfer-email = The person’s address
transfer-email-help = They get a link, good for seven days. Somebody who has no account makes one with this address.
transfer-offer = Offer the licence
transfer-accept = Accept the licence
transfer-decline = Decline
transfer-withdraw = Withdraw the offer
transfer-offers = { $n ->
    [one] A licence is offered to you
   *[other] { $n } licences are offered to you
 }
transfer-see = See the offer
transfer-from = from { $from }
said-transfer-offered = The offer is on its way. Nothing changes before it is accepted.
said-transfer-accepted = The licence is yours.
said-transfer-ended = The offer is over. Nothing has changed.
move-undo-text = It was taken from “{ $workspace }”. The move can be undone until { $until }.
move-undo = Undo the move
said-move-undone = The move is undone. The licence is back where it was.
history-licence-transfer-offer = Offered to somebody else
history-licence-transfer-accept = Handed over
history-licence-transfer-decline = Offer declined
history-licence-transfer-withdraw = Offer withdrawn
history-licence-undo-move = Move undone
history-field-offered-to = Offered to
mail-transfer-subject = A { $product } licence is offered to you
mail-transfer-text =
    Hello,

    { $from } offers to hand a { $product } licence of Rempart over to you. Nothing changes before you accept.

    To see what will happen, accept or decline, open this link and sign in with this address:

    { $link }

    The offer is good until { $until }. If you expected nothing, do nothing.
history-billing-order = Change ordered
history-billing-cancel = Order cancelled
history-billing-mark-paid = Order paid
history-billing-refund = Payment refunded
history-payment-pay = Order paid by card
history-payment-renew = Renewed by itself
history-payment-renew-refused = Renewal refused by the bank
history-payment-renew-stopped = Auto-renewal stopped: the bank refused
history-payment-renew-on = Auto-renewal switched on
history-payment-renew-off = Auto-renewal switched off
history-payment-refund = Card payment refunded
history-payment-make-payer = Paid by somebody else from now on
history-payment-set-card = Card saved
history-payment-subscribe = Next payment arranged
history-field-next-seats = Seats in the next period
history-field-next-term-months = Term of the next period
history-field-next-product = Product of the next period
