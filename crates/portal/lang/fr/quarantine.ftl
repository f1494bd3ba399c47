# Quarantaine.
quarantine-see = Voir la quarantaine
quarantine-lead = Les fichiers mis à l’écart par les agents : chiffrés sur leur ordinateur, restaurables à l’identique.
quarantine-empty = Rien en quarantaine
quarantine-empty-text = Les fichiers que l’agent met à l’écart apparaissent ici, avec de quoi les restaurer à l’identique.
quarantine-of-device = Derniers fichiers mis en quarantaine sur cet ordinateur
quarantine-of-device-all = Toute sa quarantaine
quarantine-of-device-none = Aucun fichier de cet ordinateur n’est en quarantaine.
quarantine-of-device-kept = Cet ordinateur garde sa quarantaine pour lui.
quarantine-left = Ce qui en est sorti
quarantine-none = Aucun fichier ne correspond à ces filtres. Retirez-en un.
quarantine-filter = Filtrer la quarantaine
quarantine-state = État
quarantine-state-in = En quarantaine
quarantine-size-owner = Taille, propriétaire
quarantine-device-retired = retiré, hors de portée
quarantine-restore = Restaurer…
quarantine-delete = Supprimer…
quarantine-close = Fermer sans rien changer
quarantine-keep = Laisser en quarantaine
quarantine-when = Un ordinateur éteint le fera à son retour, s’il revient dans les 30 jours.
quarantine-restore-title = { $n ->
    [one] Restaurer ce fichier ?
   *[other] Restaurer { $n } fichiers ?
 }
quarantine-restore-consequence = { $n ->
    [one] Il revient à sa place, comme il était. S’il est malveillant, il pourra nuire : ne le restaurez que si vous êtes sûr de ce qu’il est. Une prochaine analyse le trouvera de nouveau.
   *[other] Ils reviennent à leur place, comme ils étaient. S’ils sont malveillants, ils pourront nuire : ne les restaurez que si vous êtes sûr de ce qu’ils sont. Une prochaine analyse les trouvera de nouveau.
 }
quarantine-restore-verb = { $n ->
    [one] Restaurer le fichier
   *[other] Restaurer { $n } fichiers
 }
quarantine-delete-title = { $n ->
    [one] Supprimer ce fichier ?
   *[other] Supprimer { $n } fichiers ?
 }
quarantine-delete-consequence = { $n ->
    [one] Il est détruit pour de bon. Personne ne pourra le restaurer.
   *[other] Ils sont détruits pour de bon. Personne ne pourra les restaurer.
 }
quarantine-delete-verb = { $n ->
    [one] Supprimer le fichier
   *[other] Supprimer { $n } fichiers
 }
said-quarantine-restore = C’est demandé. L’ordinateur restaure le fichier dès qu’il est en ligne.
said-quarantine-delete = C’est demandé. L’ordinateur supprime le fichier dès qu’il est en ligne.
quarantine-item-lead = Mis à l’écart sur { $device } le { $when }.
quarantine-waiting = { $device } a été prié de le faire. S’il est éteint, ce sera à son retour.
quarantine-still-held = Le fichier est toujours en quarantaine, intact.
quarantine-facts = Le fichier
quarantine-path = Sa place
quarantine-why = Pourquoi
quarantine-size = Taille
quarantine-owner = Propriétaire
quarantine-since = En quarantaine depuis
quarantine-changed = Dernier changement
item-state-held = En quarantaine
item-state-restoring = Restauration demandée
item-state-deleting = Suppression demandée
item-state-restored = Restauré
item-state-deleted = Supprimé
quarantine-story = Son histoire
