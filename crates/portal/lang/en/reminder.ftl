# Reminders: what will happen to a licence.
reminders = Reminders
reminders-lead = Mails that tell you in time what will happen to your licences. Each is sent once, never daily.
reminders-wanted = Tell me
reminder-days-30 = 30 days before expiry
reminder-days-14 = 14 days before
reminder-days-3 = 3 days before
reminder-expired = at expiry
reminder-grace-end = at the end of the 14 days after it
reminder-low-seats = when few seats are left
reminders-last = The reminder at the end of the 14 days is always sent: it is the last before new rules stop coming.
reminders-seats = How many free seats are few is chosen on the page of each licence.
reminders-save = Save reminders
reminders-card = Which mails you get before a licence expires, or when its seats run out.
reminders-choose = Choose reminders
said-reminders-set = Noted. Your reminders will follow this choice.

low-seats-title = Seats running out
low-seats-label = Tell me when no more seats are free than
low-seats-help = Leave it empty not to be told. One mail is sent, until there is room again.
low-seats-save = Save
said-low-seats-set = Noted.
history-licence-set-low-seats = Low-seats threshold changed
history-field-low-seats = Low-seats threshold
history-reminder-days-30 = Reminder sent, 30 days before expiry
history-reminder-days-14 = Reminder sent, 14 days before expiry
history-reminder-days-3 = Reminder sent, 3 days before expiry
history-reminder-expired = Reminder sent at expiry
history-reminder-grace-end = Reminder sent at the end of the 14 days
history-reminder-low-seats = Reminder sent: few seats left

mail-reminder-in = attached to the workspace “{ $name }”
mail-reminder-nowhere = attached to no workspace
mail-reminder-ends-subject = { $n ->
    [one] Your { $product } licence expires in a day
   *[other] Your { $product } licence expires in { $n } days
 }
mail-reminder-ends-text =
    Hello,

    Your { $product } licence ({ $number }), { $workspace }, expires on { $date }. It does not renew by itself.

    To renew it, open its page:

    { $link }

    If you do nothing, everything goes on until { $until }. After that, your devices stay protected with the rules they have, and get no new ones.
mail-reminder-renews-subject = Your { $product } licence renews on { $date }
mail-reminder-renews-text =
    Hello,

    Your { $product } licence ({ $number }), { $workspace }, renews by itself on { $date }. There is nothing for you to do.

    To see what will be charged, change the payment method or stop the renewal, open its page:

    { $link }
mail-reminder-expired-subject = Your { $product } licence has expired
mail-reminder-expired-text =
    Hello,

    Your { $product } licence ({ $number }), { $workspace }, expired on { $date }. Nothing changes before { $until }; after that, your devices stay protected with the rules they have, and get no new ones.

    To renew it, open its page:

    { $link }
mail-reminder-grace-end-subject = Your devices get no new rules any more
mail-reminder-grace-end-text =
    Hello,

    Your { $product } licence ({ $number }), { $workspace }, expired on { $date } and the 14 days after it are over. Your devices stay protected with the rules they have. They get no new ones, and no other device can be added, until it is renewed.

    To renew it, open its page:

    { $link }
mail-reminder-low-seats-subject = { $free ->
    [0] All seats of your { $product } licence are taken
    [one] One seat is left in your { $product } licence
   *[other] { $free } seats are left in your { $product } licence
 }
mail-reminder-low-seats-text =
    Hello,

    In your { $product } licence ({ $number }), { $workspace }, { $free } of { $seats } seats are free.

    To add seats, or see which devices hold them, open its page:

    { $link }
mail-reminder-foot = To get no more of these reminders: { $mute }
mail-reminder-foot-last = This reminder is the last and is always sent. The others are chosen here: { $mute }
