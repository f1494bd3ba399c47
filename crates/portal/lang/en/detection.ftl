# Detections.
detections-lead = The malicious files found, and what was done about them.
detections-empty = Nothing was found
detections-empty-text = Whatever malicious the devices find appears here within a second.
detections-of-device-all = All its detections
detections-of-device-none = Nothing malicious was found on this device.
detections-of-device-kept = This device keeps to itself what it finds.
detections-none = No detection matches these filters. Remove one.
detections-filter = Filter the detections
detections-one-scan = One scan
detection-file = File
detection-rule = What it is
detection-outcome = Outcome
detection-when = When
detection-quarantined = Quarantined
detection-reported = Left in place
detection-quarantine_failed = Quarantine failed
