# Ordinateurs.
devices-lead = { $n ->
    [0] Aucun ordinateur.
    [one] { $n } ordinateur.
   *[other] { $n } ordinateurs.
 }
devices-seats = { $used ->
    [0] Aucune place prise
    [one] { $used } place prise
   *[other] { $used } places prises
 } sur { $all }.
devices-filter = Filtrer les ordinateurs
devices-filter-verb = Filtrer
devices-search = Nom, adresse ou système
devices-all = Tous
devices-caption = Ordinateurs du Workspace, triés par nom
devices-empty = Aucun ordinateur pour l’instant
devices-empty-text = Une commande à copier sur le premier, et il apparaît ici dans la seconde. Comptez deux minutes.
devices-empty-ask = Quelqu’un qui gère la protection de ce Workspace peut en ajouter.
devices-none = Aucun ordinateur ne correspond à ces filtres
devices-none-text = Retirez-en un, ou revenez à tous les ordinateurs.
devices-show-all = Voir tous les ordinateurs

device-add = Ajouter un ordinateur
device-name = Nom
device-state = État
device-seen = Vu
device-seen-word = vu
device-address = Adresse
device-agent = Agent
device-one = Ordinateur
device-hostname = Nom de machine
device-os = Système
device-mode = Mode
device-seat = Place
device-seat-held = Attribuée
device-seat-none = Aucune
device-enrolled = Enrôlé le
device-retired-on = Retiré le
device-id = Identifiant

device-protected = Protégé
device-attention = Attention
device-offline = Hors ligne
device-retired = Retiré
device-duplicated = En double
device-why-duplicated = Ses identifiants servent sur deux machines
device-why-settings = Il a refusé ses réglages
device-why-unknown = Il n’a pas encore dit comment il va
device-why-parts = À voir : { $parts }

device-local-title = Géré sur l’ordinateur : ce Workspace est en « Local seulement ».
device-local-text = D’ici, on voit quels ordinateurs sont enrôlés. Les analyses, les réglages et la quarantaine se gèrent sur chacun d’eux.
device-no-seat-title = Cet ordinateur n’a pas de place dans la licence.
device-no-seat-text = Il garde sa protection. Ajoutez des places à la licence, ou retirez un ordinateur qui ne sert plus.

device-settings = Réglages
device-settings-applied = Appliqués
device-settings-applying = En cours d’application
device-settings-failed = Refusés
device-settings-pending = Pas encore reçus

device-health = Santé des composants
device-health-unknown = Cet ordinateur n’a pas encore dit comment il va. Il le dira dès que rempart-agent y tournera.
device-part-scanner = Analyseur
device-part-rules = Règles
device-part-spool = Messages au portail
device-part-quarantine = Quarantaine
device-part-guard = Garde en temps réel
device-part-licence = Licence
device-part-updates = Mises à jour
device-status-idle = Prêt
device-status-scanning = Analyse en cours
device-status-loading = En cours de chargement
device-status-unusable = Inutilisable
device-status-none = Aucune
device-status-empty = Rien en attente
device-status-waiting = En attente d’envoi
device-status-dropping = Des messages ont été perdus
device-status-loaded = { $n ->
    [one] { $n } règle chargée
   *[other] { $n } règles chargées
 }
device-status-held = { $n ->
    [0] Aucun fichier
    [one] { $n } fichier
   *[other] { $n } fichiers
 }
colon = { " : " }

device-orders = Ordres
device-orders-none = Aucun ordre n’a été donné à cet ordinateur.
device-orders-caption = Ordres donnés à cet ordinateur
device-order = Ordre
device-order-asked = Demandé
device-order-expires = Expire
device-order-scan = Analyser
device-order-cancel-scan = Arrêter l’analyse
device-order-restore = Restaurer un fichier
device-order-delete = Supprimer un fichier
device-order-queued = En file
device-order-delivered = Transmis
device-order-running = En cours
device-order-done = Terminé
device-order-failed = Échoué
device-order-cancelled = Annulé
device-order-expired = Expiré

device-scan = Analyser
device-rename = Renommer
device-rename-verb = Renommer
said-device-renamed = C’est fait. L’ordinateur a un nouveau nom.

device-retire = Retirer…
device-retire-title = Retirer un ordinateur
device-retire-question = Retirer « { $name } » ?
device-retire-close = Fermer sans retirer
device-retire-what = Ce qui se passe :
device-retire-seat = Sa place dans la licence est libre tout de suite.
device-retire-credential = Il ne peut plus se connecter au portail, et les ordres qui l’attendaient sont annulés.
device-retire-protection = Le programme y reste et continue de protéger avec les règles présentes.
device-retire-history = Ses analyses et ses détections restent visibles ici. Ses fichiers en quarantaine restent sur l’ordinateur.
device-retire-undo = Pour le faire revenir, enrôlez-le de nouveau : il retrouve sa place dans la liste.
device-retire-verb = Retirer l’ordinateur
device-retired-title = Cet ordinateur est retiré.
device-retired-text = Il n’a plus de place dans la licence et ne peut plus se connecter. Enrôlez-le de nouveau pour le faire revenir.
said-device-retired = L’ordinateur est retiré. Sa place est libre.

device-duplicated-title = Les identifiants de cet ordinateur servent sur deux machines.
device-duplicated-text = C’est le cas quand son disque a été copié, ou quand une machine virtuelle a été clonée. La seconde machine a été refusée, la première reste connectée.
device-duplicated-one = Sur la copie, effacez le dossier d’état de rempart-agent, puis enrôlez-la pour elle-même : elle prend sa propre place.
device-duplicated-two = Si vous ne connaissez pas de copie, enrôlez de nouveau cet ordinateur : les anciens identifiants ne serviront plus à personne.
device-settle = C’est réglé
said-device-settled = C’est noté. Si la copie revient, vous le saurez.

device-add-title = Télécharger et installer la protection
device-add-lead = Une commande à copier sur chaque ordinateur l’ajoute à ce Workspace.
device-add-no-licence = Ce Workspace n’a pas encore de licence.
device-add-no-licence-do = Associez-lui une licence, ou commencez l’essai de 30 jours. Vous pourrez ensuite ajouter des ordinateurs.
device-add-no-licence-ask = La personne qui gère la licence de ce Workspace doit d’abord lui en associer une.
device-add-licence = Associer une licence
device-command-make = Obtenir la commande
device-command-another = Obtenir une autre commande
device-command-verb = Obtenir la commande
device-command-title = Votre commande
device-command = Commande d’enrôlement
device-command-where = Sur l’ordinateur, dans un terminal d’administration :
device-command-until = Valable jusqu’au { $when }.
device-command-limit = { $n ->
    [one] Pour un ordinateur.
   *[other] Pour { $n } ordinateurs au plus.
 }
device-command-once = Copiez-la maintenant : elle ne sera plus affichée.
device-command-watch = Voir l’ordinateur arriver dans la liste
device-how = Comment faire
device-how-one = Copiez le programme rempart-agent sur l’ordinateur.
device-how-two = Obtenez la commande et lancez-la dans un terminal d’administration.
device-how-three = L’ordinateur prend une place de la licence et apparaît dans la liste.
device-how-again = Sur un ordinateur déjà enrôlé, la même commande le fait revenir. Il ne prend pas de seconde place.

tokens = Commandes encore valables
token = Jeton
token-lifetime = Durée de validité
token-hour = 1 heure
token-day = 1 jour
token-week = 7 jours
token-month = 30 jours
token-limit = Nombre d’ordinateurs (facultatif)
token-limit-help = Laissez vide pour ne pas limiter.
token-used = Ordinateurs enrôlés
token-used-of = { $used } sur { $all }
token-until = Valable jusqu’au
token-by = Faite par
token-revoke = Révoquer
said-token-revoked = La commande est révoquée. Les ordinateurs qu’elle a enrôlés restent.

devices-seen-any = Peu importe quand
devices-silent = Plus de 60 jours
device-silent = Silencieux
seats-see = Voir qui les occupe
seats-title = Places de la licence
seats-caption = Ordinateurs qui occupent une place, du plus longtemps silencieux au plus récent
seats-no-licence = Ce Workspace n’a pas de licence : aucun ordinateur n’y occupe de place.
seats-over-title = { $n ->
    [one] Un ordinateur de plus que de places
   *[other] { $n } ordinateurs de plus que de places
 }
seats-over-text = Rien ne s’arrête pour ceux qui sont là. Aucun autre ordinateur ne peut s’ajouter tant qu’il y en a trop.
seats-over-choose = Cochez ceux qui rendent leur place.
seats-silent = { $n ->
    [one] Un ordinateur occupe une place sans avoir donné de nouvelles depuis 60 jours.
   *[other] { $n } ordinateurs occupent une place sans avoir donné de nouvelles depuis 60 jours.
 }
seats-only-silent = { "Ne voir qu’eux" }
seats-release-silent = { $n ->
    [one] Libérer la place silencieuse
   *[other] Libérer les { $n } places silencieuses
 }
seats-none = Aucune place n’est occupée
seats-none-text = Un ordinateur en prend une quand il s’ajoute, et la rend quand il est retiré.
seats-none-silent = Aucun ordinateur silencieux n’occupe de place
seats-none-silent-text = Tous ceux qui ont une place ont donné des nouvelles depuis moins de 60 jours.
seats-unseen = { $n ->
    [one] Une autre place est occupée par un ordinateur vu plus récemment.
   *[other] { $n } autres places sont occupées par des ordinateurs vus plus récemment.
 }
release-ticked = Libérer les places
release-title = Libérer des places
release-question = { $n ->
    [one] Libérer une place ?
   *[other] Libérer { $n } places ?
 }
release-seen = vu { $ago }
release-others = { $n ->
    [one] et un autre
   *[other] et { $n } autres
 }
release-frees = { $n ->
    [one] Sa place est libre tout de suite, pour un autre ordinateur.
   *[other] Leurs places sont libres tout de suite, pour d’autres ordinateurs.
 }
release-still-over = { $n ->
    [one] Il restera un ordinateur de trop.
   *[other] Il restera { $n } ordinateurs de trop.
 }
release-protects = { $n ->
    [one] Il reste enrôlé et continue de protéger avec les règles qu’il a.
   *[other] Ils restent enrôlés et continuent de protéger avec les règles qu’ils ont.
 }
release-returns = Un ordinateur qui se reconnecte reprend une place s’il en reste une. Sinon, il est dit ici et sur l’ordinateur qu’il n’en a pas.
release-or-retire = Un ordinateur ne servira plus du tout ? Retirez-le plutôt, depuis sa page.
release-now = { $n ->
    [one] Libérer la place
   *[other] Libérer { $n } places
 }
said-seats-released = Les places sont libres. Les ordinateurs restent enrôlés.
