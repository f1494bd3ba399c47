# Analyses.
scan-start = Lancer une analyse
scan-start-close = Fermer sans analyser
scan-verb = Analyser
scan-again = Analyser de nouveau
scan-cancel = Arrêter l’analyse
scan-where = Où chercher ?
scan-target-usual = Les endroits habituels
scan-target-usual-help = Dossiers personnels, dossiers temporaires et démarrage automatique : là où les menaces arrivent.
scan-target-path = Un dossier
scan-target-path-help = Un dossier ou un fichier précis, et tout ce qu’il contient.
scan-target-unknown = Endroit non rapporté
scan-path = Chemin du dossier
scan-path-help = Absolu, comme /home/camille.
scan-which = Sur quels ordinateurs ?
scan-all-devices = Les { $n } ordinateurs du Workspace.
scan-choose-some = Pour n’en analyser que certains, cochez-les dans la liste :
scan-no-devices = Ce Workspace n’a pas encore d’ordinateur. Ajoutez-en un dans la liste :
scan-offline-help = Un ordinateur éteint commencera à son retour, s’il revient dans les 24 heures.
said-scan-started = Analyse demandée.
said-scans-started = Analyses demandées.
said-scan-cancelled = C’est noté. L’analyse s’arrête.
scans-lead = Ce qui a été demandé d’ici et ce qui a été lancé sur les ordinateurs.
scans-empty = Aucune analyse pour l’instant
scans-empty-text = Lancez-en une d’ici, ou sur l’ordinateur avec « rempart-agent scan ». Elle se suit sur cette page.
scans-of-device = Dernières analyses de cet ordinateur
scans-of-device-all = Toutes ses analyses
scans-of-device-none = Cet ordinateur n’a pas encore été analysé.
scan-device = Ordinateur
scan-target = Endroit
scan-state = État
scan-files = Fichiers examinés
scan-bytes = Octets lus
scan-found = Trouvés
scan-asked = Demandée
scan-began = Commencée
scan-ended = Finie
scan-took = en { $time }
scan-by-device = sur l’ordinateur
scan-of-device = Analyse de { $device }
scan-facts = Cette analyse
scan-progress = Progression
scan-of = sur { $n }
scan-current = En train de lire
scan-waiting = L’ordinateur n’a pas encore commencé. S’il est éteint, il commencera à son retour, au plus tard le { $when }.
scan-waiting-stop = L’ordinateur a reçu l’ordre d’arrêter ; on attend sa réponse.
scan-waiting-word = L’ordinateur a commencé. Ses premières nouvelles arrivent.
scan-what-found = Ce qui a été trouvé
scan-all-found = Tout voir
scan-nothing-found = Rien de malveillant.
scan-unreadable = Illisibles
scan-unreadable-text = { $n ->
    [one] Un endroit n’a pas pu être lu. Il n’a pas été examiné.
   *[other] { $n } endroits n’ont pas pu être lus. Ils n’ont pas été examinés.
 }
scan-unreadable-show = { $n ->
    [one] Voir lequel
   *[other] En voir { $n }
 }
scan-partial = Lus en partie
scan-partial-help = Archives abîmées, chiffrées ou trop grandes
scan-skipped = Passés
scan-state-queued = En file
scan-state-running = En cours
scan-state-cancelling = S’arrête
scan-state-completed = Terminée
scan-state-cancelled = Arrêtée
scan-state-failed = Échouée
scan-state-expired = Expirée
scan-lead-clean = { $n ->
    [0] Il n’y avait aucun fichier à examiner.
    [one] Rien trouvé : le seul fichier examiné est sain.
   *[other] Rien trouvé : les { $n } fichiers examinés sont sains.
 }
scan-lead-found = { $n ->
    [one] Un fichier malveillant a été trouvé.
   *[other] { $n } fichiers malveillants ont été trouvés.
 }
scan-lead-queued = L’ordinateur commencera dès qu’il aura reçu la demande.
scan-lead-running = L’ordinateur cherche.
scan-lead-cancelling = L’ordinateur a été prié d’arrêter.
scan-lead-cancelled = L’analyse a été arrêtée avant la fin.
scan-lead-failed = L’analyse n’a pas pu être faite.
scan-lead-expired = L’ordinateur n’est pas revenu dans les 24 heures. Relancez l’analyse quand il sera là.
