# The connection to the portal
enrolled = This computer is enrolled in workspace “{ $workspace }”, as device { $device }.
enrolled-plain = This computer is enrolled, as device { $device }.
enrolled-again = This computer is the same device as before: { $device }.
enrolled-next = Start its protection with: rempart-agent run
enrol-nothing-changed = Nothing has changed on this computer.
ca-unreadable = The file { $path } cannot be read: { $reason }
connection-ended = The connection to the portal has ended for good. Scans at this computer still work.
link-seats_exhausted = { $named ->
    [yes] All seats of workspace “{ $workspace }” are taken. Add seats to its licence, or retire a device no longer in use, then run this command again.
   *[no] All seats of the workspace are taken. Add seats to its licence, or retire a device no longer in use, then run this command again.
 }
link-token_unknown = The portal does not know this enrolment token. Copy the command again from “Download & install protection”.
link-token_expired = This enrolment token has expired. Make another one in the portal, under “Download & install protection”.
link-token_used_up = This enrolment token has enrolled as many devices as it may. Make another one in the portal.
link-token_revoked = This enrolment token was revoked. Make another one in the portal.
link-workspace_without_licence = { $named ->
    [yes] Workspace “{ $workspace }” has no licence. Assign one to it in the portal, then run this command again.
   *[no] The workspace has no licence. Assign one to it in the portal, then run this command again.
 }
link-credential_revoked = The portal has retired this device: its credential no longer counts. To manage it again, enrol it: rempart-agent enrol
link-credential_unknown = The portal does not know this device. To manage it again, enrol it: rempart-agent enrol
link-credential_duplicated = The credential of this device is used on two computers. Enrol this one, and it becomes a device of its own: rempart-agent enrol
link-proof_invalid = This device could not prove that it holds its key. Enrol it again: rempart-agent enrol
link-portal_unreachable = The portal cannot be reached: { $reason }
link-portal_busy = The portal is too busy. Try again in a moment.
link-not_a_portal = What answers there is no portal: { $reason }
link-portal_address_invalid = This is not the address of a portal: { $reason }. It looks like https://portal.example
link-portal_unencrypted = The connection to { $reason } would not be encrypted: anybody on the way could read the token. Use https, or --insecure-http if that is what you want.
link-authorities_unusable = The certificate authorities cannot be used: { $reason }
link-already_running = Another rempart-agent already runs with this folder: { $reason }
link-not_enrolled = This computer is not enrolled. Copy the command from “Download & install protection” in the portal.
order-expired = The order came after its time.
order-too-many = Too many scans are waiting already.
scan-not-running = This scan is not running.

managed-remotely = This computer is managed from the portal: workspace “{ $workspace }”, { $portal }.
managed-locally = This computer is managed at the computer itself: workspace “{ $workspace }” is “Local only”.

# The computer and its owner
result-lost = The results could not be written: { $reason }.
unusable = { $path }: { $reason }
state-not-permitted = The agent’s folder { $path } is closed to you. Run this command as root, or name a folder of your own with --state.
state-damaged = { $path } is damaged ({ $reason }). Nothing was changed; put it back from a copy, or move the folder away and enrol this computer again.
state-not-ours = { $path } holds other files and is no agent’s folder. Nothing was changed; name another folder with --state.
state-newer = { $path } was written by a newer agent. Nothing was changed; install that version again.
reason-not-found = there is no such file or folder
reason-permission = permission denied
reason-exists = the name is taken
reason-full = the disk is full
reason-read-only = the file system can only be read
reason-not-a-folder = not a folder
reason-too-deep = too deep to be followed
reason-not-absolute = not an absolute path
reason-link = a symbolic link is in the way
reason-disk = the disk cannot be read

# Figures
ago = { $unit ->
    [seconds] { $count ->
        [one] { $count } second ago
       *[other] { $count } seconds ago
     }
    [minutes] { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
     }
    [hours] { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
     }
   *[days] { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
     }
 }
month = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 }

# rempart-agent scan
scan-usual-places = the usual places
scan-begins = Scanning { $target } with { $shown } { $rules ->
    [one] rule
   *[other] rules
 }
scan-rule-left-out = A rule was left out: { $problem }
scan-counting = { $files } files
scan-of = { $files } / { $expected } files
scan-rate = { $rate }/s
scan-quarantined = quarantined as { $item }
scan-stays = still there: { $reason }
scan-reported = left in place
scan-unreadable = unreadable
scan-clean = Nothing was found.
scan-found = { $found ->
    [one] { $shown } detection.
   *[other] { $shown } detections.
 }
scan-moved = { $moved ->
    [one] { $shown } file is in quarantine.
   *[other] { $shown } files are in quarantine.
 }
scan-stopped = Stopped before the end.
scan-not-begun = { $target } cannot be scanned: { $reason }
scan-figures = { $shown } { $files ->
    [one] file
   *[other] files
 } · { $bytes } · { $took }
scan-figure-unreadable = { $shown } unreadable
scan-figure-partial = { $shown } looked into only in part
scan-figure-skipped = { $skipped ->
    [one] { $shown } is no file
   *[other] { $shown } are no files
 }

# rempart-agent quarantine
item-unknown = No item { $item } is in quarantine.
item-ambiguous = Several items begin or end with { $item }. Type more of the id.
item-damaged = { $path } is damaged: it cannot be restored. It can be deleted.
file-changed = { $path } is no longer the file that was scanned. It was left as it is.
file-too-big = { $path } is too big for quarantine ({ $size }). It was left as it is.
restore-name-taken = { $path } exists and is not overwritten. The file is still in quarantine: move the other one away, or restore elsewhere with --to.
restore-no-folder = The file cannot go back to { $path }: { $reason }. It is still in quarantine: make the folder again, or restore elsewhere with --to.
restore-not-exact = { $path } cannot be restored exactly as it was: { $what }, { $reason }. It is still in quarantine: try as root.
restored = Restored: { $path }
deleted = Deleted for good: { $item }
to-needs-one = --to takes one item only.
quarantine-empty = Nothing is in quarantine.
quarantine-id = Id
quarantine-taken = Taken
quarantine-size = Size
quarantine-file = File and what it matched
quarantine-damaged = { $damaged ->
    [one] One item is damaged and can only be deleted:
   *[other] { $shown } items are damaged and can only be deleted:
 }

# rempart-agent status
status-running = The agent is running.
status-stopped = The agent is not running: what the portal orders waits. Start it with: rempart-agent run
status-stopped-alone = The agent is not running. Scans by hand work: rempart-agent scan
status-computer = Computer
status-managed = Managed
status-managed-local_and_remote = here and from the portal; the last change wins
status-managed-local_only = here only; the portal gives no orders and hears no reports
status-managed-remote_only = from the portal only; here the program shows its state and changes nothing
status-managed-alone = here
status-workspace = Workspace
status-not-enrolled = none: this computer is not enrolled
status-settings-awaited = told when the portal is first reached
status-portal = Portal
status-heard = { $portal } · heard { $ago }
status-never-heard = { $portal } · not heard yet
status-licence = Licence
status-licence-seatless = { $product }: this device holds none of its seats; it goes on protecting
status-licence-none = none: this workspace has no licence
status-licence-until = { $product }, until { $day }
status-licence-forever = { $product }
status-licence-expired = { $product }, expired on { $day }; scans continue with the rules in place
status-licence-grace = { $product }, expired on { $day }; nothing changes before { $until }
status-licence-suspended = { $product }, suspended; protection continues with the rules in place
status-licence-revoked = { $product }, revoked; protection continues with the rules in place
licence-refused-form = This is no licence file, or it was damaged. Download it again from the portal.
licence-refused-algorithm = This file is made with { $name }, which is not read here.
licence-refused-signature = This file is not signed by your portal, or was changed since.
licence-refused-locked = This file is encrypted: give the licence key with --key, or in REMPART_AGENT_LICENCE_KEY.
licence-refused-key = This file does not open with this key on this device.
licence-refused-future = This file was made on { $day }, which is not here yet: check this device’s clock.
licence-refused-expired = This file was good until { $day } only. Download another from the portal.
licence-refused-machine = This file is made for another device.
licence-no-issuer = This device does not know your portal’s keys. Give them with --issuer-keys: the file is at /.well-known/rempart/issuer-keys.
licence-older = The file that is here is newer: it was made on { $day }.
licence-keys-unreadable = The file of the portal’s keys cannot be read: { $reason }
licence-imported = Licence { $number } is taken from this file.
licence-file-until = known from a file, good until { $day }
licence-number = number { $number }
licence-none = This device has no licence.
licence-from-portal = known from the portal
status-rules = Rules
status-rules-loaded = { $rules ->
    [one] { $shown } rule
   *[other] { $shown } rules
 }
status-known-bad = { $known ->
    [one] { $shown } known-bad file
   *[other] { $shown } known-bad files
 }
status-rules-left-out = { $problems ->
    [one] One rule file has a mistake and was left out
   *[other] { $shown } rule files have mistakes and were left out
 }
status-pending = To tell
status-pending-nothing = nothing
status-pending-events = { $count ->
    [one] { $shown } event waits for the portal
   *[other] { $shown } events wait for the portal
 }
status-dropped = { $count ->
    [one] { $shown } event was dropped when the spool was full
   *[other] { $shown } events were dropped when the spool was full
 }
status-quarantine = Quarantine
status-quarantine-empty = empty
status-quarantine-files = { $count ->
    [one] { $shown } file
   *[other] { $shown } files
 }
status-device = Device

# The help
help-usage = Usage:
help-commands = Commands
help-of-help = Print help
help-of-version = Print version
help = Protects this computer
help--state = The agent's data folder
help--lang = Language: fr or en; otherwise that of the environment
help-enrol = Makes this computer a device of a workspace
help-enrol--portal = Address of the portal, as in the browser
help-enrol--token = Enrolment token; better given in the environment, where other people's lists of programs do not show it
help-enrol--name = Name of the device; otherwise the computer's
help-enrol--ca = File with certificate authorities to trust besides the computer's own (PEM)
help-enrol--insecure_http = Allow an unencrypted connection to another computer
help-run = Protects this computer until stopped, and keeps the portal informed
help-run--once = Connect, tell and fetch what there is, carry out what is ordered, and end
help-run--rules = Folder with more rules (*.yar)
help-run--known_bad = File with known-bad SHA-256 sums, one a line
help-scan = Looks for threats, and takes what it finds out of harm's way
help-scan--paths = Files and folders; without any, the places where threats usually land
help-scan--json = One JSON object instead of words
help-scan--no_quarantine = Only look: leave what is found where it is
help-scan--rules = Folder with more rules (*.yar)
help-scan--known_bad = File with known-bad SHA-256 sums, one a line
help-quarantine = Files taken out of harm's way
help-quarantine-list = Shows what is held
help-quarantine-list--json = One JSON object instead of a table
help-quarantine-restore = Puts files back exactly as they were
help-quarantine-restore--ids = The id, or enough of its beginning or end
help-quarantine-restore--to = Restore here instead: a new name, or a folder
help-quarantine-restore--json = One JSON object instead of sentences
help-quarantine-delete = Destroys held files for good
help-quarantine-delete--ids = The id, or enough of its beginning or end
help-quarantine-delete--json = One JSON object instead of sentences
help-licence = The licence of this computer
help-licence-import = Takes in a licence file, for a computer without a network
help-licence-import--file = The file, as the portal gave it
help-licence-import--key = Licence key, for an encrypted file; better given in the environment
help-licence-import--issuer_keys = File with the portal's issuer keys, as at /.well-known/rempart/issuer-keys; enrolled computers know them
help-licence-show = Shows the licence that counts, and where that is known from
help-licence-show--json = One JSON object instead of words
help-status = Shows what this agent is, who manages it and how it is
help-status--json = One JSON object instead of a screen
