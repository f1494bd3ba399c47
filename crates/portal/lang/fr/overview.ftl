# Vue d’ensemble.
overview-lead-no-licence = Donnez d’abord une licence à ce Workspace : elle permet d’y ajouter des ordinateurs.
overview-lead-no-devices = Tout est prêt. Ajoutez le premier ordinateur à protéger.
overview-lead-protected = { $n ->
    [one] Votre ordinateur est protégé.
   *[other] Vos { $n } ordinateurs sont protégés.
 }
overview-lead-attention = { $n ->
    [one] Un ordinateur demande votre attention.
   *[other] { $n } ordinateurs demandent votre attention.
 }
overview-lead-offline = { $n ->
    [one] Un ordinateur est hors ligne ; les autres sont protégés.
   *[other] { $n } ordinateurs sont hors ligne ; les autres sont protégés.
 }
overview-lead-all-offline = { $n ->
    [one] Votre ordinateur est hors ligne.
   *[other] Vos { $n } ordinateurs sont hors ligne.
 }
overview-lead-danger-one = { $n ->
    [one] Un fichier malveillant est encore en place sur { $device }.
   *[other] { $n } fichiers malveillants sont encore en place sur { $device }.
 }
overview-lead-danger = { $n } fichiers malveillants sont encore en place sur { $devices } ordinateurs.
overview-add-device = Ajouter un ordinateur
overview-attach-licence = Associer une licence
overview-empty-licence = Aucune licence pour l’instant
overview-empty-licence-text = Associez une de vos licences personnelles, saisissez une clé ou commencez l’essai de 30 jours. Les ordinateurs viennent ensuite.
overview-empty-devices = Aucun ordinateur pour l’instant
overview-empty-devices-text = Une commande à copier sur l’ordinateur, et il apparaît ici dans la seconde. Comptez deux minutes.
overview-tiles = État des ordinateurs
overview-protected = Protégés
overview-of = sur { $n }
overview-protected-note = Connectés, tout va bien
overview-attention = Attention requise
overview-attention-note = Santé, réglages ou identité à vérifier
overview-danger = En danger
overview-danger-note = { $n ->
    [one] Un fichier malveillant encore en place
   *[other] { $n } fichiers malveillants encore en place
 }
overview-offline = Hors ligne
overview-offline-note = Ils gardent leur protection
chart-title = Détections, 30 derniers jours
chart-name = Détections par jour, 30 derniers jours
chart-all = Voir les détections
chart-none = Rien de malveillant trouvé ces 30 derniers jours.
chart-total = { $n ->
    [one] Une détection en 30 jours.
   *[other] { $n } détections en 30 jours.
 }
chart-peak = Le { $day } : { $n }, le plus en un jour.
chart-failed = { $n ->
    [0] Tout a pu être traité.
    [one] Une n’a pas pu être mise en quarantaine.
   *[other] { $n } n’ont pas pu être mises en quarantaine.
 }
chart-figures = Voir les chiffres
chart-day = Jour
chart-quarantined = Mises en quarantaine
chart-reported = Laissées en place
chart-quarantine-failed = À examiner
overview-licence = Licence
overview-licence-none = Ce Workspace n’a pas de licence. Ses ordinateurs continuent d’analyser avec les règles qu’ils ont.
overview-licence-manage = Gérer
overview-licence-product = Produit
overview-licence-expires = Expire le
overview-licence-days-left = { $n ->
    [0] aujourd’hui
    [one] dans un jour
   *[other] dans { $n } jours
 }
overview-licence-days-over = { $n ->
    [0] aujourd’hui
    [one] il y a un jour
   *[other] il y a { $n } jours
 }
overview-licence-renewal = Prolongation
overview-licence-renewal-on = Automatique
overview-licence-renewal-off = Désactivée
overview-seats-taken = { $used ->
    [one] { $used } place occupée sur { $total }
   *[other] { $used } places occupées sur { $total }
 }
overview-seats-used = { $n ->
    [one] { $n } place occupée
   *[other] { $n } places occupées
 }
overview-seats-of = sur { $n },
overview-seats-free = { $n ->
    [0] aucune libre
    [one] une libre
   *[other] { $n } libres
 }
overview-protection-now = En ce moment
overview-protection-held = Fichiers en quarantaine
overview-protection-scans = Analyses en cours ou en file
todo-heading = À faire ensuite
todo-nothing = Rien. Tout ce qui pouvait être fait l’est.
todo-settle-detections-title = { $n ->
    [one] Un fichier malveillant est encore en place
   *[other] { $n } fichiers malveillants sont encore en place
 }
todo-settle-detections-text = { $n ->
    [one] L’agent n’a pas pu le déplacer. Supprimez-le sur l’ordinateur, ou relancez une analyse.
   *[other] L’agent n’a pas pu les déplacer. Supprimez-les sur l’ordinateur, ou relancez une analyse.
 }
todo-settle-detections-verb = Examiner
todo-attach-licence-title = Associer une licence
todo-attach-licence-text = Sans licence, aucun ordinateur ne peut rejoindre ce Workspace.
todo-attach-licence-verb = Choisir une licence
todo-renew-licence-title = La licence a expiré
todo-renew-licence-text = Les analyses continuent. Les ordinateurs gardent les règles qu’ils ont ; après 14 jours, plus de mises à jour ni d’ordres d’ici.
todo-renew-licence-verb = Prolonger
todo-replace-licence-title = La licence ne vaut plus
todo-replace-licence-text = Elle a été suspendue ou révoquée. Associez-en une autre.
todo-replace-licence-verb = Choisir une licence
todo-enrol-duplicates-title = { $n ->
    [one] Un ordinateur en cache deux
   *[other] { $n } ordinateurs en cachent deux
 }
todo-enrol-duplicates-text = Les mêmes identifiants servent sur deux machines. Enrôlez la seconde pour elle-même.
todo-enrol-duplicates-verb = Voir
todo-look-at-devices-title = { $n ->
    [one] Un ordinateur demande votre attention
   *[other] { $n } ordinateurs demandent votre attention
 }
todo-look-at-devices-text = { $n ->
    [one] Un de ses composants ne va pas bien, ou il n’a pas pu appliquer ses réglages.
   *[other] Un composant ne va pas bien, ou les réglages n’ont pas pu être appliqués.
 }
todo-look-at-devices-verb = Voir
todo-look-at-quarantine-title = { $n ->
    [one] Un fichier n’a pas pu quitter la quarantaine
   *[other] { $n } fichiers n’ont pas pu quitter la quarantaine
 }
todo-look-at-quarantine-text = La restauration ou la suppression demandée a échoué. La raison est à côté du fichier.
todo-look-at-quarantine-verb = Voir
todo-add-device-title = Ajouter le premier ordinateur
todo-add-device-text = Une commande à copier sur l’ordinateur, et il apparaît ici.
todo-add-device-verb = Ajouter un ordinateur
todo-first-scan-title = Lancer une première analyse
todo-first-scan-text = Rien n’a encore été analysé d’un bout à l’autre. Les endroits habituels prennent quelques minutes.
todo-first-scan-verb = Analyser
todo-choose-devices-title = { $n ->
    [one] Un ordinateur de plus que de places
   *[other] { $n } ordinateurs de plus que de places
 }
todo-choose-devices-text = Rien ne s’arrête, mais aucun autre ordinateur ne peut s’ajouter. Choisissez ceux qui rendent leur place.
todo-choose-devices-verb = Choisir
todo-release-seats-title = { $n ->
    [one] Un ordinateur occupe une place et se tait depuis 60 jours
   *[other] { $n } ordinateurs occupent une place et se taisent depuis 60 jours
 }
todo-release-seats-text = { $n ->
    [one] Sa place peut servir à un autre. S’il revient, il en reprend une s’il en reste.
   *[other] Leurs places peuvent servir à d’autres. Ceux qui reviennent en reprennent une s’il en reste.
 }
todo-release-seats-verb = Voir
todo-add-seats-title = { $n ->
    [one] La place est prise
   *[other] Les { $n } places sont prises
 }
todo-add-seats-text = Le prochain ordinateur sera refusé. Ajoutez des places, ou retirez un ordinateur qui ne sert plus.
todo-add-seats-verb = Voir la licence
todo-expiring-licence-title = { $n ->
    [one] La licence expire dans un jour
   *[other] La licence expire dans { $n } jours
 }
todo-expiring-licence-text = Elle ne se prolonge pas toute seule. Après l’expiration, rien ne change pendant 14 jours.
todo-expiring-licence-verb = Voir la licence
todo-find-offline-devices-title = { $n ->
    [one] Un ordinateur est hors ligne
   *[other] { $n } ordinateurs sont hors ligne
 }
todo-find-offline-devices-text = { $n ->
    [one] Éteint, ou sans réseau. Les ordres l’attendent et il garde sa protection.
   *[other] Éteints, ou sans réseau. Les ordres les attendent et ils gardent leur protection.
 }
todo-find-offline-devices-verb = Voir
happened = Derniers événements
happened-scan-start = { $n ->
    [one] Analyse demandée
   *[other] Analyses demandées à { $n } ordinateurs
 }
happened-scan-cancel = Analyse arrêtée sur { $device }
happened-quarantine-restore = { $n ->
    [one] Restauration d’un fichier demandée
   *[other] Restauration de { $n } fichiers demandée
 }
happened-quarantine-delete = { $n ->
    [one] Suppression d’un fichier demandée
   *[other] Suppression de { $n } fichiers demandée
 }
happened-quarantined = { $n ->
    [one] Fichier mis en quarantaine sur { $device }
   *[other] { $n } fichiers mis en quarantaine sur { $device }
 }
happened-reported = { $n ->
    [one] Fichier malveillant signalé sur { $device }
   *[other] { $n } fichiers malveillants signalés sur { $device }
 }
happened-quarantine-failed = { $n ->
    [one] Fichier malveillant encore en place sur { $device }
   *[other] { $n } fichiers malveillants encore en place sur { $device }
 }
happened-device-enrol = { $device } a rejoint le Workspace
happened-device-find-duplicate = { $device } : ses identifiants servent sur deux machines
happened-device-rename = Ordinateur renommé { $device }
happened-device-retire = { $device } a été retiré
happened-workspace-create = Workspace créé
happened-workspace-change = Réglages du Workspace changés
happened-workspace-restore = Workspace rétabli
happened-licence-assign = Licence associée
happened-licence-detach = Licence détachée
happened-licence-start-trial = Essai commencé
happened-licence-owner-left = Le propriétaire de la licence ferme son compte ; elle reste ici
happened-licence-owner-back = Le propriétaire de la licence a rouvert son compte
happened-licence-inherit = La licence est passée au propriétaire du Workspace
happened-licence-taken-away = Licence réassignée à un autre Workspace
