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
