# Quarantine.
quarantine-see = See the quarantine
quarantine-lead = Files the agents took out of harm’s way: encrypted on their device, restorable exactly.
quarantine-empty = Nothing in quarantine
quarantine-empty-text = Files the agent takes out of harm’s way appear here, with what it takes to restore them exactly.
quarantine-of-device = Latest files quarantined on this device
quarantine-of-device-all = All its quarantine
quarantine-of-device-none = No file of this device is in quarantine.
quarantine-of-device-kept = This device keeps its quarantine to itself.
quarantine-left = What has left it
quarantine-none = No file matches these filters. Remove one.
quarantine-filter = Filter the quarantine
quarantine-state = State
quarantine-state-in = In quarantine
quarantine-size-owner = Size, owner
quarantine-device-retired = retired, out of reach
quarantine-restore = Restore…
quarantine-delete = Delete…
quarantine-close = Close without changing anything
quarantine-keep = Leave in quarantine
quarantine-when = A device that is off does it when it is back, if that is within 30 days.
quarantine-restore-title = { $n ->
    [one] Restore this file?
   *[other] Restore { $n } files?
 }
quarantine-restore-consequence = { $n ->
    [one] It goes back to its place, as it was. If it is malicious it can do harm: restore it only when you are sure what it is. The next scan will find it again.
   *[other] They go back to their places, as they were. If they are malicious they can do harm: restore them only when you are sure what they are. The next scan will find them again.
 }
quarantine-restore-verb = { $n ->
    [one] Restore the file
   *[other] Restore { $n } files
 }
quarantine-delete-title = { $n ->
    [one] Delete this file?
   *[other] Delete { $n } files?
 }
quarantine-delete-consequence = { $n ->
    [one] It is destroyed for good. Nobody will be able to restore it.
   *[other] They are destroyed for good. Nobody will be able to restore them.
 }
quarantine-delete-verb = { $n ->
    [one] Delete the file
   *[other] Delete { $n } files
 }
said-quarantine-restore = Requested. The device restores the file as soon as it is online.
said-quarantine-delete = Requested. The device deletes the file as soon as it is online.
quarantine-item-lead = Taken out of harm’s way on { $device } on { $when }.
quarantine-waiting = { $device } was asked to. If it is off, it does so when it is back.
quarantine-still-held = The file is still in quarantine, intact.
quarantine-facts = The file
quarantine-path = Its place
quarantine-why = Why
quarantine-size = Size
quarantine-owner = Owner
quarantine-since = In quarantine since
quarantine-changed = Last change
item-state-held = In quarantine
item-state-restoring = Restore requested
item-state-deleting = Deletion requested
item-state-restored = Restored
item-state-deleted = Deleted
quarantine-story = Its story
