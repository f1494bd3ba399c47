# Scans.
scan-start = Start a scan
scan-start-close = Close without scanning
scan-verb = Scan
scan-again = Scan again
scan-cancel = Stop the scan
scan-where = Where to look?
scan-target-usual = The usual places
scan-target-usual-help = Home folders, temporary folders and autostart: where threats arrive.
scan-target-path = A folder
scan-target-path-help = A given folder or file, and everything in it.
scan-target-unknown = Place not reported
scan-path = Path of the folder
scan-path-help = Absolute, like /home/camille.
scan-which = On which devices?
scan-all-devices = All { $n } devices of the workspace.
scan-choose-some = To scan only some, tick them in the list:
scan-no-devices = This workspace has no device yet. Add one in the list:
scan-offline-help = A device that is off begins when it is back, if that is within 24 hours.
said-scan-started = Scan requested.
said-scans-started = Scans requested.
said-scan-cancelled = Noted. The scan is stopping.
scans-lead = What was requested here and what was started on the devices.
scans-empty = No scans yet
scans-empty-text = Start one here, or on the device with “rempart-agent scan”. You can follow it on this page.
scans-of-device = Latest scans of this device
scans-of-device-all = All its scans
scans-of-device-none = This device has not been scanned yet.
scan-device = Device
scan-target = Place
scan-state = State
scan-files = Files looked at
scan-bytes = Bytes read
scan-found = Found
scan-asked = Requested
scan-began = Began
scan-ended = Ended
scan-took = in { $time }
scan-by-device = at the device
scan-of-device = Scan of { $device }
scan-facts = This scan
scan-progress = Progress
scan-of = of { $n }
scan-current = Reading
scan-waiting = The device has not begun yet. If it is off, it begins when it is back, until { $when } at the latest.
scan-waiting-stop = The device was told to stop; waiting for its answer.
scan-waiting-word = The device has begun. Its first news is on the way.
scan-what-found = What was found
scan-all-found = See all
scan-nothing-found = Nothing malicious.
scan-unreadable = Unreadable
scan-unreadable-text = { $n ->
    [one] One place could not be read. It was not looked at.
   *[other] { $n } places could not be read. They were not looked at.
 }
scan-unreadable-show = { $n ->
    [one] See which
   *[other] See { $n } of them
 }
scan-partial = Read in part
scan-partial-help = Archives that are damaged, encrypted or too large
scan-skipped = Skipped
scan-state-queued = Queued
scan-state-running = Running
scan-state-cancelling = Stopping
scan-state-completed = Completed
scan-state-cancelled = Cancelled
scan-state-failed = Failed
scan-state-expired = Expired
scan-lead-clean = { $n ->
    [0] There were no files to look at.
    [one] Nothing found: the one file looked at is clean.
   *[other] Nothing found: the { $n } files looked at are clean.
 }
scan-lead-found = { $n ->
    [one] One malicious file was found.
   *[other] { $n } malicious files were found.
 }
scan-lead-queued = The device begins as soon as it gets the request.
scan-lead-running = The device is looking.
scan-lead-cancelling = The device was asked to stop.
scan-lead-cancelled = The scan was stopped before its end.
scan-lead-failed = The scan could not be done.
scan-lead-expired = The device did not come back within 24 hours. Start the scan again when it is there.
