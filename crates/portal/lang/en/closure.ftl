closure-title = Close my account
closure-card = Close the account
closure-card-text = You see everything it changes before. You can go back on it for 7 days.
closure-lead = This is what happens. Nothing is erased before { $date }; until then, your password opens the account again.
closure-own = { $n ->
    [one] You own a workspace
   *[other] You own { $n } workspaces
 }
closure-own-help = A workspace always has an owner, and only one. Delete it first: the page says what becomes of its devices and its licence.
closure-delete = Delete “{ $name }”
closure-last-operator = You are the only operator of this server. Without you nobody could run it: this account cannot be closed.
closure-licences = Your licences
closure-nowhere = Attached to no workspace
closure-at = Attached to “{ $workspace }”
closure-fate-stays = Goes on protecting
closure-fate-stays-text = It stays attached to “{ $workspace }”, with its seats and its expiry date. On { $date } it goes to the owner of that workspace.
closure-fate-ends = Ends with the account
closure-fate-ends-text = It ends on { $date }, without a refund. Until then nobody else can use its key.
closure-fate-over = Over
closure-fate-over-text = There is nothing left of it to keep.
closure-fate-own = Workspace first
closure-fate-own-text = When “{ $workspace }” is deleted, it comes back to you. Hand it over then, or let it end with the account.
closure-held = { $n ->
    [0] No device uses it
    [one] One device uses it
   *[other] { $n } devices use it
 }
closure-unstarted = Not started yet
closure-hand-over = Hand it over first
closure-now = At once
closure-sessions = { $n ->
    [0] You are signed out everywhere.
    [one] You are signed out of this browser.
   *[other] You are signed out everywhere: { $n } sessions end.
 }
closure-api-key = Your API key is revoked.
closure-others = { $n ->
    [one] You lose access to this workspace, which goes on without you:
   *[other] You lose access to these workspaces, which go on without you:
 }
closure-deleted = { $n ->
    [one] This deleted workspace can no longer be brought back, unless you reopen the account in time:
   *[other] These deleted workspaces can no longer be brought back, unless you reopen the account in time:
 }
closure-no-charge = Nothing is charged to you any more.
closure-renewals = { $n ->
    [one] Auto-renewal stops and nothing is charged to you any more. Protection goes on until the expiry date:
   *[other] { $n } auto-renewals stop and nothing is charged to you any more. Protection goes on until the expiry date:
 }
closure-orders = { $n ->
    [one] The order that waits to be paid is cancelled:
   *[other] The { $n } orders that wait to be paid are cancelled:
 }
closure-offers = { $n ->
    [one] The offer to hand over this licence is withdrawn:
   *[other] The offers to hand over these licences are withdrawn:
 }
closure-later = Afterwards
closure-undo = Until { $date }, sign in to open the account again. Your licences and your access come back; auto-renewal, offers, orders and the API key have to be made anew.
closure-erased = After that, your name, your address, your password and your card are erased. The address can be used for a new account.
closure-ending = { $n ->
    [one] One licence that is attached to nothing ends.
   *[other] { $n } licences that are attached to nothing end.
 }
closure-invoices = Invoices stay as they were issued, as the law requires.
closure-confirm = Confirm
closed-title = This account is closed
closed-lead = The account { $email } will be erased on { $date }. Until then you can open it again: your licences and your access come back as they were.
reopen = Reopen my account
closed-help = Auto-renewal, offers to hand over, cancelled orders and the API key do not come back by themselves.
said-account-closed = Your account is closed. To open it again, sign in within 7 days.
said-account-reopened = Your account is open again. Welcome back.

mail-closed-subject = Your account is closed
mail-closed-text =
    Hello,

    Your Rempart account is closed, as you asked. You are signed out everywhere, your API key is revoked, and nothing is charged to you any more.

    Nothing is erased before { $until }. Until then, sign in to open it again:
    { $link }

    If this was not you, open it again and change your password.
mail-reopened-subject = Your account is open again
mail-reopened-text =
    Hello,

    Your Rempart account is open again. Your licences and your access are there. Auto-renewal, offers to hand over and the API key have to be set up again, if you want them.

    If this was not you, choose another password at once:
    { $link }
mail-erased-subject = Your account is erased
mail-erased-text =
    Hello,

    The seven days are over: your Rempart account is erased, with your name, your address and your password. Invoices stay, as the law requires.

    This is the last message you get from this server about it.
mail-left-subject = The licence of “{ $workspace }”: { $name } closes their account
mail-left-text =
    Hello,

    { $name } closed their account. The licence { $product } { $number } stays attached to your workspace “{ $workspace }” and goes on protecting its devices.

    { $what }

    The settings of the workspace:
    { $link }
mail-left-until = It expires on { $date }.
mail-left-stopped = It no longer renews by itself: extend it before that date, or give another payment method.
mail-left-inherited = On { $date } it becomes yours. There is nothing you have to do.
