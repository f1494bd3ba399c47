# Devices.
devices-lead = { $n ->
    [0] No devices.
    [one] { $n } device.
   *[other] { $n } devices.
 }
devices-seats = { $used } of { $all } seats taken.
devices-filter = Filter devices
devices-filter-verb = Filter
devices-search = Name, address or system
devices-all = All
devices-caption = Devices of the workspace, by name
devices-empty = No devices yet
devices-empty-text = Copy one command to the first, and it is here within a second. Allow two minutes.
devices-empty-ask = Somebody who manages the protection of this workspace can add one.
devices-none = No device matches these filters
devices-none-text = Remove one, or go back to all devices.
devices-show-all = Show all devices

device-add = Add a device
device-name = Name
device-state = State
device-seen = Seen
device-seen-word = seen
device-address = Address
device-agent = Agent
device-one = Device
device-hostname = Host name
device-os = System
device-mode = Mode
device-seat = Seat
device-seat-held = Taken
device-seat-none = None
device-enrolled = Enrolled on
device-retired-on = Retired on
device-id = Identifier

device-protected = Protected
device-attention = Attention
device-offline = Offline
device-retired = Retired
device-duplicated = Duplicated
device-why-duplicated = Its credentials are in use on two machines
device-why-settings = It refused its settings
device-why-unknown = It has not said how it is yet
device-why-parts = Look at: { $parts }

device-local-title = Managed on the device: this workspace is “Local only”.
device-local-text = From here you see which devices are enrolled. Scans, settings and quarantine are managed on each of them.
device-no-seat-title = This device has no seat of the licence.
device-no-seat-text = It keeps its protection. Add seats to the licence, or retire a device no longer in use.

device-settings = Settings
device-settings-applied = Applied
device-settings-applying = Being applied
device-settings-failed = Refused
device-settings-pending = Not received yet

device-health = Health of its parts
device-health-unknown = This device has not said how it is yet. It will as soon as rempart-agent runs on it.
device-part-scanner = Scanner
device-part-rules = Rules
device-part-spool = Messages to the portal
device-part-quarantine = Quarantine
device-part-guard = Real-time guard
device-part-licence = Licence
device-part-updates = Updates
device-status-idle = Ready
device-status-scanning = Scanning
device-status-loading = Loading
device-status-unusable = Unusable
device-status-none = None
device-status-empty = Nothing waiting
device-status-waiting = Waiting to be sent
device-status-dropping = Messages were lost
device-status-loaded = { $n ->
    [one] { $n } rule loaded
   *[other] { $n } rules loaded
 }
device-status-held = { $n ->
    [0] No files
    [one] { $n } file
   *[other] { $n } files
 }
colon = { ": " }

device-orders = Orders
device-orders-none = This device has been given no orders.
device-orders-caption = Orders given to this device
device-order = Order
device-order-asked = Asked
device-order-expires = Expires
device-order-scan = Scan
device-order-cancel-scan = Stop the scan
device-order-restore = Restore a file
device-order-delete = Delete a file
device-order-queued = Queued
device-order-delivered = Delivered
device-order-running = Running
device-order-done = Done
device-order-failed = Failed
device-order-cancelled = Cancelled
device-order-expired = Expired

device-scan = Scan
device-rename = Rename
device-rename-verb = Rename
said-device-renamed = Done. The device has a new name.

device-retire = Retire…
device-retire-title = Retire a device
device-retire-question = Retire “{ $name }”?
device-retire-close = Close without retiring
device-retire-what = What happens:
device-retire-seat = Its seat of the licence is free at once.
device-retire-credential = It can no longer connect to the portal, and orders that waited for it are cancelled.
device-retire-protection = The program stays on it and goes on protecting with the rules in place.
device-retire-history = Its scans and detections stay visible here. Its files in quarantine stay on the device.
device-retire-undo = To bring it back, enrol it again: it takes its place in the list again.
device-retire-verb = Retire the device
device-retired-title = This device is retired.
device-retired-text = It has no seat of the licence any more and cannot connect. Enrol it again to bring it back.
said-device-retired = The device is retired. Its seat is free.

device-duplicated-title = The credentials of this device are in use on two machines.
device-duplicated-text = This happens when its disk was copied, or when a virtual machine was cloned. The second machine was refused, the first one stays connected.
device-duplicated-one = On the copy, delete the state folder of rempart-agent, then enrol it for itself: it takes a seat of its own.
device-duplicated-two = If you know of no copy, enrol this device again: the old credentials will be of no use to anybody.
device-settle = It is settled
said-device-settled = Noted. If the copy comes back, you will know.

device-add-title = Download and install protection
device-add-lead = One command, copied to each device, adds it to this workspace.
device-add-no-licence = This workspace has no licence yet.
device-add-no-licence-do = Attach a licence, or start the 30-day trial. Then you can add devices.
device-add-no-licence-ask = Whoever manages the licence of this workspace has to attach one first.
device-add-licence = Attach a licence
device-command-make = Get the command
device-command-another = Get another command
device-command-verb = Get the command
device-command-title = Your command
device-command = Enrolment command
device-command-where = On the device, in an administrator’s terminal:
device-command-until = Valid until { $when }.
device-command-limit = { $n ->
    [one] For one device.
   *[other] For { $n } devices at most.
 }
device-command-once = Copy it now: it will not be shown again.
device-command-watch = Watch the device arrive in the list
device-how = How it works
device-how-one = Copy the program rempart-agent to the device.
device-how-two = Get the command and run it in an administrator’s terminal.
device-how-three = The device takes a seat of the licence and appears in the list.
device-how-again = On a device that is enrolled already, the same command brings it back. It takes no second seat.

tokens = Commands still valid
token = Token
token-lifetime = Valid for
token-hour = 1 hour
token-day = 1 day
token-week = 7 days
token-month = 30 days
token-limit = Number of devices (optional)
token-limit-help = Leave it empty for no limit.
token-used = Devices enrolled
token-used-of = { $used } of { $all }
token-until = Valid until
token-by = Made by
token-revoke = Revoke
said-token-revoked = The command is revoked. Devices it enrolled stay.

devices-seen-any = Any time
devices-silent = Over 60 days ago
device-silent = Silent
seats-see = See who holds them
seats-title = Seats of the licence
seats-caption = Devices that hold a seat, the longest silent first
seats-no-licence = This workspace has no licence: no device holds a seat.
seats-over-title = { $n ->
    [one] One device more than there are seats
   *[other] { $n } devices more than there are seats
 }
seats-over-text = Nothing stops for those that are there. No other device can be added while there are too many.
seats-over-choose = Tick those that give their seat back.
seats-silent = { $n ->
    [one] One device holds a seat and has not been heard of for 60 days.
   *[other] { $n } devices hold a seat and have not been heard of for 60 days.
 }
seats-only-silent = Show only these
seats-release-silent = { $n ->
    [one] Release the silent seat
   *[other] Release the { $n } silent seats
 }
seats-none = No seat is taken
seats-none-text = A device takes one when it is added, and gives it back when it is retired.
seats-none-silent = No silent device holds a seat
seats-none-silent-text = All that hold one have been heard of in the last 60 days.
seats-unseen = { $n ->
    [one] One more seat is held by a device seen more recently.
   *[other] { $n } more seats are held by devices seen more recently.
 }
release-ticked = Release seats
release-title = Release seats
release-question = { $n ->
    [one] Release one seat?
   *[other] Release { $n } seats?
 }
release-seen = seen { $ago }
release-others = { $n ->
    [one] and one more
   *[other] and { $n } more
 }
release-frees = { $n ->
    [one] Its seat is free at once, for another device.
   *[other] Their seats are free at once, for other devices.
 }
release-still-over = { $n ->
    [one] There will still be one device too many.
   *[other] There will still be { $n } devices too many.
 }
release-protects = { $n ->
    [one] It stays enrolled and goes on protecting with the rules it has.
   *[other] They stay enrolled and go on protecting with the rules they have.
 }
release-returns = A device that connects again takes a seat again, if one is left. If none is, that is said here and on the device.
release-or-retire = A device will not be used at all any more? Retire it instead, from its page.
release-now = { $n ->
    [one] Release the seat
   *[other] Release { $n } seats
 }
said-seats-released = The seats are free. The devices stay enrolled.
