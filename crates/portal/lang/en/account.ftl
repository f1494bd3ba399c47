# Accounts.
said-language-set = Done. Your pages and mails are in English.
said-signed-out = You are signed out.
said-email-confirmed = Your address is confirmed. Sign in.
said-password-reset = Your password is changed and your sessions have ended. Sign in.
said-profile-saved = Saved.
said-password-changed = Your password is changed. Your other sessions have ended.
said-session-ended = The session has ended.
said-sessions-ended = Your other sessions have ended.
said-api-key-revoked = The API key is revoked. It opens nothing any more.
said-operator-made = You are the operator of this server.

language-name = English
gate-pitch = Your computers protected, your licences in order.
email-address = E-mail address
password = Password
new-password = New password
your-name = Your name
forgot-password = Forgot your password?
sign-in-lead = With the address of your Rempart account.
no-account-yet = No account yet?
make-one = Create one
sign-up = Create an account
sign-up-lead = A link comes by e-mail to confirm your address.
sign-up-now = Create the account
have-account = Already have an account?
password-help = Four words that have nothing to do with each other make a good password. Any script will do.
sent-title = Look in your mailbox
sign-up-sent = A mail is on its way to the address you gave. Follow its link within 24 hours to confirm the account.
forgot-sent = If this address has an account, a link is on its way. It works once, for 30 minutes.
sent-wait = Nothing after a few minutes? Look among the junk as well.
nothing-came = Nothing came?
resend-link = Send the link again
resend-title = Send the link again
resend-lead = For an account that was created but not confirmed yet.
send-link = Send a link
back-to-sign-in = Back to sign in
confirm-title = Confirm your address
confirm-lead = You asked for a Rempart account for { $email }.
confirm-now = Confirm my address
confirm-not-me = Not you? Close this page: without confirmation there is no account.
confirm-dead = If you have confirmed your address already, sign in. If not, have another link sent.
link-dead-title = This link no longer works
forgot-lead = Give the address of your account. A link comes to choose a new password.
reset-title = Choose a new password
reset-lead = For the account { $email }. All its sessions end.
reset-now = Change the password
reset-dead = A link works once, for 30 minutes. Ask for another: it comes at once.
ask-new-link = Ask for another link
welcome-title = Operate this server
welcome-lead = This server has no operator yet. The operator issues licences and looks after the server, and does not see what is in workspaces.
welcome-signed-in = This server has no operator yet. The account { $email } becomes it.
welcome-now = Become the operator
welcome-dead = It works once, for 24 hours, and as long as the server has no operator. On the server, this command gives another:

account-lead = What others see, where you are signed in, and the key of your programs.
profile = Profile
email-help = It signs you in. It cannot be changed yet.
language = Language
language-help = Of pages and mails.
save-profile = Save
present-password = Current password
change-password = Change the password
change-password-help = Your other sessions end, and a mail says so.
sessions = Sessions
browser = Browser
network-address = Address
last-seen = Seen
since = Since
actions = Actions
this-session = This one
end-session = End
end-other-sessions = End the others
browser-on = { $program } on { $system }
browser-unknown = Unknown browser
api-key = API key
api-key-lead = With it, a program does in your name whatever you can do here. An account has one key.
api-key-used = Created on { $made }, used { $used }.
api-key-unused = Created on { $made }, never used.
make-api-key = Create a key
replace-api-key = Replace the key
replace-api-key-help = Replacing it stops the one in use at once.
revoke-api-key = Revoke the key
api-key-made-title = Your new key
api-key-made-lead = Copy it now: it is shown only once.
api-key-try = A program sends it like this:
api-key-kept = I have copied it
copy = Copy
copied = Copied
demo-mail-lead = This demonstration sends nothing. Here is what would have left, newest first.
demo-mail-to = To { $to }
demo-mail-none = No mail yet
demo-mail-none-lead = Create an account or ask for a new password: the mail arrives here.

wait-seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
 }
wait-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
 }

strength-0 = Very weak.
strength-1 = Weak.
strength-2 = Fair.
strength-3 = Good.
strength-4 = Strong.
password-too-long = It has more than 1,000 characters.
password-keys-in-a-row = Keys in a row are guessed soon.
password-keys-in-a-pattern = A pattern on the keyboard is guessed soon.
password-repeats = Repeats are guessed soon.
password-common = It is among the passwords tried first.
password-nearly-common = It is too much like a common password.
password-sequence = Sequences like abc or 6543 are guessed soon.
password-year = Recent years are guessed soon.
password-one-word = A word by itself is guessed soon.
password-date = Dates are often guessed.
password-name = Names and surnames are guessed soon.
password-few-words = Take a few words that do not belong together.
password-more-words = Add one or two uncommon words.
password-capitals = Capitals hardly help: add a word instead.
password-reversed = Writing it backwards hardly helps: add a word instead.
password-substitutions = “@” for “a” hardly helps: add a word instead.

mail-confirm-subject = Confirm your address
mail-confirm-text =
    Hello,

    A Rempart account was asked for with this address. To create it, open this link and confirm:

    { $link }

    It works once, for 24 hours.

    If this was not you, do nothing: without confirmation there is no account.
mail-already-subject = You already have an account
mail-already-text =
    Hello,

    A Rempart account was asked for with this address, but it already has one. Nothing was changed.

    To sign in:
    { $signin }

    If you no longer know your password:
    { $forgot }

    If this was not you, do nothing.
mail-reset-subject = Choose a new password
mail-reset-text =
    Hello,

    A new password was asked for your Rempart account. To choose it, open this link:

    { $link }

    It works once, for 30 minutes. Your sessions then end everywhere.

    If this was not you, do nothing: your password stays the same.
mail-changed-subject = Your password was changed
mail-changed-text =
    Hello,

    The password of your Rempart account was changed on { $at }. Your other sessions have ended. Your API key, if you have one, still works.

    If this was not you, choose another at once:
    { $forgot }
