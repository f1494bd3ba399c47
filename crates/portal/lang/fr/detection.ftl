# Détections.
detections-lead = Les fichiers malveillants trouvés, et ce qui en a été fait.
detections-empty = Rien n’a été trouvé
detections-empty-text = Ce que les ordinateurs trouvent de malveillant apparaît ici dans la seconde.
detections-of-device-all = Toutes ses détections
detections-of-device-none = Rien de malveillant n’a été trouvé sur cet ordinateur.
detections-of-device-kept = Cet ordinateur garde pour lui ce qu’il trouve.
detections-none = Aucune détection ne correspond à ces filtres. Retirez-en un.
detections-filter = Filtrer les détections
detections-one-scan = Une analyse
detection-file = Fichier
detection-rule = Ce que c’est
detection-outcome = Suite donnée
detection-when = Quand
detection-quarantined = Mise en quarantaine
detection-reported = Laissée en place
detection-quarantine_failed = Quarantaine impossible
