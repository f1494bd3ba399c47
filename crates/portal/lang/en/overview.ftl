# Overview.
overview-lead-no-licence = Give this workspace a licence first: it lets you add devices.
overview-lead-no-devices = Everything is ready. Add the first device to protect.
overview-lead-protected = { $n ->
    [one] Your device is protected.
   *[other] All { $n } of your devices are protected.
 }
overview-lead-attention = { $n ->
    [one] One device needs your attention.
   *[other] { $n } devices need your attention.
 }
overview-lead-offline = { $n ->
    [one] One device is offline; the others are protected.
   *[other] { $n } devices are offline; the others are protected.
 }
overview-lead-all-offline = { $n ->
    [one] Your device is offline.
   *[other] All { $n } of your devices are offline.
 }
overview-lead-danger-one = { $n ->
    [one] One malicious file is still in place on { $device }.
   *[other] { $n } malicious files are still in place on { $device }.
 }
overview-lead-danger = { $n } malicious files are still in place on { $devices } devices.
overview-add-device = Add a device
overview-attach-licence = Attach a licence
overview-empty-licence = No licence yet
overview-empty-licence-text = Attach one of your personal licences, type in a key or start the 30-day trial. Devices come next.
overview-empty-devices = No devices yet
overview-empty-devices-text = One command to copy to the device, and it appears here within a second. Two minutes at most.
overview-tiles = State of the devices
overview-protected = Protected
overview-of = of { $n }
overview-protected-note = Connected, all is well
overview-attention = Need attention
overview-attention-note = Health, settings or identity to check
overview-danger = In danger
overview-danger-note = { $n ->
    [one] One malicious file still in place
   *[other] { $n } malicious files still in place
 }
overview-offline = Offline
overview-offline-note = They keep their protection
chart-title = Detections, last 30 days
chart-name = Detections per day, last 30 days
chart-all = See the detections
chart-none = Nothing malicious found in the last 30 days.
chart-total = { $n ->
    [one] One detection in 30 days.
   *[other] { $n } detections in 30 days.
 }
chart-peak = On { $day }: { $n }, the most in one day.
chart-failed = { $n ->
    [0] All of it was dealt with.
    [one] One could not be quarantined.
   *[other] { $n } could not be quarantined.
 }
chart-figures = Show the figures
chart-day = Day
chart-quarantined = Quarantined
chart-reported = Left in place
chart-quarantine-failed = To examine
overview-licence = Licence
overview-licence-none = This workspace has no licence. Its devices keep scanning with the rules they have.
overview-licence-manage = Manage
overview-licence-product = Product
overview-licence-expires = Expires on
overview-licence-days-left = { $n ->
    [0] today
    [one] in a day
   *[other] in { $n } days
 }
overview-licence-days-over = { $n ->
    [0] today
    [one] a day ago
   *[other] { $n } days ago
 }
overview-licence-renewal = Renewal
overview-licence-renewal-on = Automatic
overview-licence-renewal-off = Off
overview-seats-taken = { $used } of { $total } seats taken
overview-seats-used = { $n ->
    [one] { $n } seat taken
   *[other] { $n } seats taken
 }
overview-seats-of = of { $n },
overview-seats-free = { $n ->
    [0] none free
    [one] one free
   *[other] { $n } free
 }
overview-protection-now = Right now
overview-protection-held = Files in quarantine
overview-protection-scans = Scans running or queued
todo-heading = What to do next
todo-nothing = Nothing. All that could be done is done.
todo-settle-detections-title = { $n ->
    [one] One malicious file is still in place
   *[other] { $n } malicious files are still in place
 }
todo-settle-detections-text = { $n ->
    [one] The agent could not move it. Remove it on the device, or scan again.
   *[other] The agent could not move them. Remove them on the device, or scan again.
 }
todo-settle-detections-verb = Examine
todo-attach-licence-title = Attach a licence
todo-attach-licence-text = Without a licence no device can join this workspace.
todo-attach-licence-verb = Choose a licence
todo-renew-licence-title = The licence has expired
todo-renew-licence-text = Scans continue. Devices keep the rules they have; after 14 days, no more updates and no orders from here.
todo-renew-licence-verb = Renew
todo-replace-licence-title = The licence is no longer valid
todo-replace-licence-text = It was suspended or revoked. Attach another one.
todo-replace-licence-verb = Choose a licence
todo-enrol-duplicates-title = { $n ->
    [one] One device is two
   *[other] { $n } devices are two
 }
todo-enrol-duplicates-text = The same credential is used on two machines. Enrol the second one for itself.
todo-enrol-duplicates-verb = See
todo-look-at-devices-title = { $n ->
    [one] One device needs your attention
   *[other] { $n } devices need your attention
 }
todo-look-at-devices-text = { $n ->
    [one] One of its components is not well, or it could not apply its settings.
   *[other] A component is not well, or settings could not be applied.
 }
todo-look-at-devices-verb = See
todo-look-at-quarantine-title = { $n ->
    [one] One file could not leave quarantine
   *[other] { $n } files could not leave quarantine
 }
todo-look-at-quarantine-text = The restore or deletion you asked for failed. The reason is next to the file.
todo-look-at-quarantine-verb = See
todo-add-device-title = Add the first device
todo-add-device-text = One command to copy to the device, and it appears here.
todo-add-device-verb = Add a device
todo-first-scan-title = Start a first scan
todo-first-scan-text = Nothing has been scanned from end to end yet. The usual places take a few minutes.
todo-first-scan-verb = Scan
todo-choose-devices-title = { $n ->
    [one] One device more than there are seats
   *[other] { $n } devices more than there are seats
 }
todo-choose-devices-text = Nothing stops, but no other device can be added. Choose which give their seat back.
todo-choose-devices-verb = Choose
todo-release-seats-title = { $n ->
    [one] One device holds a seat and has been silent for 60 days
   *[other] { $n } devices hold a seat and have been silent for 60 days
 }
todo-release-seats-text = { $n ->
    [one] Its seat can serve another. If it comes back, it takes one again if one is left.
   *[other] Their seats can serve others. Those that come back take one again if one is left.
 }
todo-release-seats-verb = See
todo-add-seats-title = { $n ->
    [one] The seat is taken
   *[other] All { $n } seats are taken
 }
todo-add-seats-text = The next device will be refused. Add seats, or retire a device no longer in use.
todo-add-seats-verb = See the licence
todo-expiring-licence-title = { $n ->
    [one] The licence expires in a day
   *[other] The licence expires in { $n } days
 }
todo-expiring-licence-text = It does not renew by itself. After it expires, nothing changes for 14 days.
todo-expiring-licence-verb = See the licence
todo-find-offline-devices-title = { $n ->
    [one] One device is offline
   *[other] { $n } devices are offline
 }
todo-find-offline-devices-text = { $n ->
    [one] Off, or without network. Orders wait for it and it keeps its protection.
   *[other] Off, or without network. Orders wait for them and they keep their protection.
 }
todo-find-offline-devices-verb = See
happened = Latest events
happened-scan-start = { $n ->
    [one] Scan requested
   *[other] Scans requested of { $n } devices
 }
happened-scan-cancel = Scan stopped on { $device }
happened-quarantine-restore = { $n ->
    [one] Restore of a file requested
   *[other] Restore of { $n } files requested
 }
happened-quarantine-delete = { $n ->
    [one] Deletion of a file requested
   *[other] Deletion of { $n } files requested
 }
happened-quarantined = { $n ->
    [one] File quarantined on { $device }
   *[other] { $n } files quarantined on { $device }
 }
happened-reported = { $n ->
    [one] Malicious file reported on { $device }
   *[other] { $n } malicious files reported on { $device }
 }
happened-quarantine-failed = { $n ->
    [one] Malicious file still in place on { $device }
   *[other] { $n } malicious files still in place on { $device }
 }
happened-device-enrol = { $device } has joined the workspace
happened-device-find-duplicate = { $device }: its credential is used on two machines
happened-device-rename = Device renamed { $device }
happened-device-retire = { $device } was retired
happened-workspace-create = Workspace created
happened-workspace-change = Workspace settings changed
happened-workspace-restore = Workspace brought back
happened-licence-assign = Licence attached
happened-licence-detach = Licence detached
happened-licence-start-trial = Trial started
happened-licence-owner-left = The owner of the licence closes their account; it stays here
happened-licence-owner-back = The owner of the licence opened their account again
happened-licence-inherit = The licence went to the owner of the workspace
happened-licence-taken-away = Licence reassigned to another workspace
