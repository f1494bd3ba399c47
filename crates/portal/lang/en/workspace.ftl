# Workspaces.
workspace-word = Workspace
stone-0 = granite
stone-1 = sandstone
stone-2 = slate
stone-3 = basalt
stone-4 = marble
stone-5 = schist
stone-6 = flint
stone-7 = tuff
stone-8 = quartz
stone-9 = limestone

workspaces-lead = A workspace brings together devices, the people who manage them, and a licence.
workspaces-none = No workspace yet
workspaces-none-help = Create one, assign it a licence, then install Rempart on your first device. It takes two minutes.
workspaces-choose = Choose the workspace that gets this licence.
workspaces-deleted = Deleted recently
workspace-create = Create a workspace
workspace-no-licence = No licence
workspace-gone-on = Gone for good on { $date }
workspace-restore = Restore
left-hours = less than a day left
left-days = { $n ->
    [one] one day left
   *[other] { $n } days left
 }
in-days = { $n ->
    [one] in one day
   *[other] in { $n } days
 }
pages-next = More of the list
your-role = Your role
role-primary-owner = Primary owner
role-admin = Admin
role-protection-manager = Protection manager
role-billing-contact = Billing contact
role-viewer = Viewer

create = Create
close-without-creating = Close without creating
workspace-name = Name of the workspace
workspace-name-help = Letters, digits and punctuation such as parentheses. Each name exists only once on this portal.
another-suggestion = Another suggestion
name-free = This name is free.
name-alternatives = Free names
name-pick-help = One click is enough: the workspace takes this name.
workspace-mode = Where is protection managed?
mode-local-and-remote-help = From this portal and on each device. The last change wins. Most people choose this.
mode-local-only-help = On each device only. This portal cannot manage your installations.
mode-remote-only-help = From this portal only. On the device, the program shows its state and changes nothing.

licence-expiry-date = Expiry date
licence-kind = Kind
licence-reseller = Reseller
settings-no-licence = { $n ->
    [0] This workspace has no licence. It needs one before devices can enrol.
    [one] This workspace has no licence. Its device stays protected, with the rules it already has.
   *[other] This workspace has no licence. Its { $n } devices stay protected, with the rules they already have.
 }
settings-licence-by = The owner, an admin or the billing contact can assign one.
settings-general = General
settings-general-by = The owner and the admins can change this.
settings-about = This workspace
workspace-created = Created on
workspace-rename = Rename
mode-change = Change the mode
mode-change-title = Switch to “{ $mode }”?
mode-to-local-portal = This portal starts no more scans and leaves quarantine alone.
mode-to-local-reports = Devices no longer send it detections or results.
mode-to-local-devices = Everything is set on each device. Updates and the licence still come through here.
mode-to-remote-devices = On the devices, the program shows its state: no scans, no restoring, no settings.
mode-to-remote-portal = Everything is done from this portal, which wins over what had been set locally.
mode-to-both = One can act from this portal and on each device. The last change wins.
mode-devices-told = { $n ->
    [0] No device is concerned yet.
    [one] The device of the workspace is told at once, or as soon as it reconnects.
   *[other] The { $n } devices of the workspace are told at once, or as soon as they reconnect.
 }
mode-back-any-time = You can change again whenever you like.

workspace-delete = Delete the workspace
workspace-delete-text = { $n ->
    [0] The licence is available again in personal licences.
    [one] The licence is available again in personal licences. The device keeps its present rules and is no longer managed from here.
   *[other] The licence is available again in personal licences. The { $n } devices keep their present rules and are no longer managed from here.
 }
workspace-delete-undo = You can undo this for 7 days.
workspace-delete-title = Delete “{ $name }”?
delete-devices = { $n ->
    [0] No device is concerned.
    [one] One device is retired: it stays protected, with the rules it already has, but is no longer managed from here.
   *[other] { $n } devices are retired: they stay protected, with the rules they already have, but are no longer managed from here.
 }
delete-held = { $n ->
    [one] One file stays in quarantine on its device, where it can still be restored.
   *[other] { $n } files stay in quarantine on their devices, where they can still be restored.
 }
delete-licence = { $licence } is available again in personal licences.
delete-licence-of-another = { $licence } is available again in its owner’s personal licences.
delete-seats = { $n ->
    [0] No device held a seat of it.
    [one] One device loses its seat.
   *[other] { $n } devices lose their seats.
 }
delete-machines = { $n ->
    [one] One activated machine keeps its seat, but is not validated while the licence is attached nowhere.
   *[other] { $n } activated machines keep their seats, but are not validated while the licence is attached nowhere.
 }
delete-expires = Its period goes on. It expires on { $date }.
delete-renews = Its auto-renewal stays on: next charge on { $date }.
delete-renews-off = Turn it off first
settings-owner-leaves = The owner of this licence closed their account. It stays here; on { $date } it goes to the owner of the workspace.
delete-order = The order { $reference } still waits to be paid.
delete-trial = The trial is interrupted. Its end does not move.
delete-members = { $n ->
    [one] You are the only person who has access.
   *[other] { $n } people lose access.
 }
delete-until = You can restore everything until { $date }. After that, everything is gone and the name is free.
delete-type = To confirm, type its name: { $name }

said-workspace-created = The workspace is created. All it needs is a licence.
said-workspace-renamed = The workspace has a new name.
said-mode-changed = The mode is changed.
said-workspace-deleted = The workspace is deleted. You can restore it for 7 days.
said-workspace-restored = The workspace is restored, with its licence.
said-workspace-restored-bare = The workspace is restored, without a licence.
