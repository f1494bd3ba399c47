# La connexion au portail
enrolled = Cet ordinateur est enrôlé dans le Workspace « { $workspace } », sous l’identifiant { $device }.
enrolled-plain = Cet ordinateur est enrôlé, sous l’identifiant { $device }.
enrolled-again = C’est le même ordinateur qu’auparavant : { $device }.
enrolled-next = Lancez sa protection avec : rempart-agent run
enrol-nothing-changed = Rien n’a changé sur cet ordinateur.
ca-unreadable = Le fichier { $path } ne peut pas être lu : { $reason }
connection-ended = La connexion au portail a pris fin pour de bon. Les analyses sur cet ordinateur restent possibles.
link-seats_exhausted = { $named ->
    [yes] Toutes les places du Workspace « { $workspace } » sont prises. Ajoutez des places à sa licence, ou retirez un ordinateur qui ne sert plus, puis relancez cette commande.
   *[no] Toutes les places du Workspace sont prises. Ajoutez des places à sa licence, ou retirez un ordinateur qui ne sert plus, puis relancez cette commande.
 }
link-token_unknown = Le portail ne connaît pas ce jeton d’enrôlement. Recopiez la commande depuis « Télécharger et installer la protection ».
link-token_expired = Ce jeton d’enrôlement a expiré. Créez-en un autre dans le portail, sous « Télécharger et installer la protection ».
link-token_used_up = Ce jeton d’enrôlement a déjà servi pour autant d’ordinateurs qu’il le permet. Créez-en un autre dans le portail.
link-token_revoked = Ce jeton d’enrôlement a été révoqué. Créez-en un autre dans le portail.
link-workspace_without_licence = { $named ->
    [yes] Le Workspace « { $workspace } » n’a pas de licence. Réassignez-lui une licence dans le portail, puis relancez cette commande.
   *[no] Le Workspace n’a pas de licence. Réassignez-lui une licence dans le portail, puis relancez cette commande.
 }
link-credential_revoked = Le portail a retiré cet ordinateur : son accès ne vaut plus. Pour le gérer à nouveau, enrôlez-le : rempart-agent enrol
link-credential_unknown = Le portail ne connaît pas cet ordinateur. Pour le gérer à nouveau, enrôlez-le : rempart-agent enrol
link-credential_duplicated = L’accès de cet ordinateur sert sur deux machines. Enrôlez celle-ci, et elle deviendra un ordinateur à part entière : rempart-agent enrol
link-proof_invalid = Cet ordinateur n’a pas pu prouver qu’il détient sa clé. Enrôlez-le à nouveau : rempart-agent enrol
link-portal_unreachable = Le portail est injoignable : { $reason }
link-portal_busy = Le portail est trop sollicité. Réessayez dans un instant.
link-not_a_portal = Ce qui répond à cette adresse n’est pas un portail : { $reason }
link-portal_address_invalid = Ce n’est pas l’adresse d’un portail : { $reason }. Elle ressemble à https://portal.example
link-portal_unencrypted = La connexion à { $reason } ne serait pas chiffrée : n’importe qui sur le chemin pourrait lire le jeton. Utilisez https, ou --insecure-http si c’est voulu.
link-authorities_unusable = Les autorités de certification ne peuvent pas servir : { $reason }
link-already_running = Un autre rempart-agent fonctionne déjà avec ce dossier : { $reason }
link-not_enrolled = Cet ordinateur n’est pas enrôlé. Copiez la commande de « Télécharger et installer la protection » dans le portail.
order-expired = L’ordre est arrivé après son échéance.
order-too-many = Trop d’analyses attendent déjà.
scan-not-running = Cette analyse n’est pas en cours.

managed-remotely = Cet ordinateur est géré depuis le portail : Workspace « { $workspace } », { $portal }.
managed-locally = Géré sur l’ordinateur : le Workspace « { $workspace } » est en « Local seulement ».

# L’ordinateur et qui le gère
result-lost = Les résultats n’ont pas pu être écrits : { $reason }.
unusable = { $path } : { $reason }
state-not-permitted = Le dossier de l’agent, { $path }, vous est fermé. Lancez cette commande en tant que root, ou donnez un dossier à vous avec --state.
state-damaged = { $path } est endommagé ({ $reason }). Rien n’a été modifié ; remettez-le depuis une copie, ou écartez le dossier et enrôlez à nouveau cet ordinateur.
state-not-ours = { $path } contient d’autres fichiers : ce n’est pas le dossier d’un agent. Rien n’a été modifié ; donnez un autre dossier avec --state.
state-newer = { $path } a été écrit par un agent plus récent. Rien n’a été modifié ; réinstallez cette version-là.
reason-not-found = ce fichier ou ce dossier n’existe pas
reason-permission = l’accès est refusé
reason-exists = ce nom est déjà pris
reason-full = le disque est plein
reason-read-only = ce système de fichiers est en lecture seule
reason-not-a-folder = ce n’est pas un dossier
reason-too-deep = trop profond pour être suivi
reason-not-absolute = ce n’est pas un chemin absolu
reason-link = un lien symbolique barre le chemin
reason-disk = le disque ne peut pas être lu

# Les chiffres
ago = { $unit ->
    [seconds] il y a { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
     }
    [minutes] il y a { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
     }
    [hours] il y a { $count ->
        [one] { $count } heure
       *[other] { $count } heures
     }
   *[days] il y a { $count ->
        [one] { $count } jour
       *[other] { $count } jours
     }
 }
month = { $number ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
 }

# rempart-agent scan
scan-usual-places = les endroits habituels
scan-begins = Analyse : { $target }, avec { $shown } { $rules ->
    [one] règle
   *[other] règles
 }
scan-rule-left-out = Une règle a été écartée : { $problem }
scan-counting = { $files } fichiers
scan-of = { $files } / { $expected } fichiers
scan-rate = { $rate }/s
scan-quarantined = en quarantaine sous { $item }
scan-stays = toujours là : { $reason }
scan-reported = laissé en place
scan-unreadable = illisible
scan-clean = Rien n’a été trouvé.
scan-found = { $found ->
    [one] { $shown } détection.
   *[other] { $shown } détections.
 }
scan-moved = { $moved ->
    [one] { $shown } fichier est en quarantaine.
   *[other] { $shown } fichiers sont en quarantaine.
 }
scan-stopped = L’analyse a été arrêtée avant la fin.
scan-not-begun = { $target } ne peut pas être analysé : { $reason }
scan-figures = { $shown } { $files ->
    [one] fichier
   *[other] fichiers
 } · { $bytes } · { $took }
scan-figure-unreadable = { $unreadable ->
    [one] { $shown } illisible
   *[other] { $shown } illisibles
 }
scan-figure-partial = { $partial ->
    [one] { $shown } analysé en partie seulement
   *[other] { $shown } analysés en partie seulement
 }
scan-figure-skipped = { $skipped ->
    [one] { $shown } n’est pas un fichier
   *[other] { $shown } ne sont pas des fichiers
 }

# rempart-agent quarantine
item-unknown = Aucun élément { $item } n’est en quarantaine.
item-ambiguous = Plusieurs éléments commencent ou finissent par { $item }. Donnez-en davantage.
item-damaged = { $path } est endommagé : il ne peut pas être restauré. Il peut être supprimé.
file-changed = { $path } n’est plus le fichier qui a été analysé. Il est resté tel quel.
file-too-big = { $path } est trop gros pour la quarantaine ({ $size }). Il est resté tel quel.
restore-name-taken = { $path } existe et n’est pas remplacé. Le fichier est toujours en quarantaine : écartez l’autre, ou restaurez ailleurs avec --to.
restore-no-folder = Le fichier ne peut pas retourner dans { $path } : { $reason }. Il est toujours en quarantaine : recréez le dossier, ou restaurez ailleurs avec --to.
restore-not-exact = { $path } ne peut pas être restauré exactement tel qu’il était : { $what }, { $reason }. Il est toujours en quarantaine : essayez en tant que root.
restored = Restauré : { $path }
deleted = Supprimé pour de bon : { $item }
to-needs-one = --to ne vaut que pour un seul élément.
quarantine-empty = La quarantaine est vide.
quarantine-id = Id
quarantine-taken = Prise
quarantine-size = Taille
quarantine-file = Fichier et règles reconnues
quarantine-damaged = { $damaged ->
    [one] Un élément est endommagé et ne peut être que supprimé :
   *[other] { $shown } éléments sont endommagés et ne peuvent être que supprimés :
 }

# rempart-agent status
status-running = L’agent fonctionne.
status-stopped = L’agent ne fonctionne pas : ce que le portail ordonne attend. Lancez-le avec : rempart-agent run
status-stopped-alone = L’agent ne fonctionne pas. Les analyses à la main restent possibles : rempart-agent scan
status-computer = Ordinateur
status-managed = Géré
status-managed-local_and_remote = ici et depuis le portail ; le dernier changement l’emporte
status-managed-local_only = ici seulement ; le portail n’ordonne rien et ne reçoit aucun rapport
status-managed-remote_only = depuis le portail seulement ; ici, le programme montre son état et ne change rien
status-managed-alone = ici
status-workspace = Workspace
status-not-enrolled = aucun : cet ordinateur n’est pas enrôlé
status-settings-awaited = connu dès le premier contact avec le portail
status-portal = Portail
status-heard = { $portal } · entendu { $ago }
status-never-heard = { $portal } · pas encore entendu
status-licence = Licence
status-licence-seatless = { $product } : cet ordinateur n’y occupe pas de place ; il continue de protéger
status-licence-none = aucune : ce Workspace n’a pas de licence
status-licence-until = { $product }, jusqu’au { $day }
status-licence-forever = { $product }
status-licence-expired = { $product }, expirée le { $day } ; les analyses continuent avec les règles présentes
status-licence-grace = { $product }, expirée le { $day } ; rien ne change avant le { $until }
status-licence-suspended = { $product }, suspendue ; la protection continue avec les règles présentes
status-licence-revoked = { $product }, révoquée ; la protection continue avec les règles présentes
licence-refused-form = Ce fichier n’est pas un fichier de licence, ou il a été abîmé. Téléchargez-le à nouveau depuis le portail.
licence-refused-algorithm = Ce fichier est fait avec { $name }, qui n’est pas lu ici.
licence-refused-signature = Ce fichier n’est pas signé par votre portail, ou il a été changé depuis.
licence-refused-locked = Ce fichier est chiffré : donnez la clé de licence avec --key, ou dans REMPART_AGENT_LICENCE_KEY.
licence-refused-key = Ce fichier ne s’ouvre pas avec cette clé sur cet ordinateur.
licence-refused-future = Ce fichier a été fait le { $day }, qui n’est pas encore là : vérifiez l’horloge de cet ordinateur.
licence-refused-expired = Ce fichier n’était bon que jusqu’au { $day }. Téléchargez-en un autre depuis le portail.
licence-refused-machine = Ce fichier est fait pour un autre ordinateur.
licence-no-issuer = Cet ordinateur ne connaît pas les clés de votre portail. Donnez-les avec --issuer-keys : le fichier est à /.well-known/rempart/issuer-keys.
licence-older = Le fichier déjà présent est plus récent : il a été fait le { $day }.
licence-keys-unreadable = Le fichier des clés du portail ne peut pas être lu : { $reason }
licence-imported = La licence { $number } est reprise de ce fichier.
licence-file-until = connue par un fichier, bon jusqu’au { $day }
licence-number = numéro { $number }
licence-none = Cet ordinateur n’a pas de licence.
licence-from-portal = connue par le portail
status-rules = Règles
status-rules-loaded = { $rules ->
    [one] { $shown } règle
   *[other] { $shown } règles
 }
status-known-bad = { $known ->
    [one] { $shown } fichier connu comme nuisible
   *[other] { $shown } fichiers connus comme nuisibles
 }
status-rules-left-out = { $problems ->
    [one] Un fichier de règles a une faute et a été écarté
   *[other] { $shown } fichiers de règles ont des fautes et ont été écartés
 }
status-pending = À dire
status-pending-nothing = rien
status-pending-events = { $count ->
    [one] { $shown } événement attend le portail
   *[other] { $shown } événements attendent le portail
 }
status-dropped = { $count ->
    [one] { $shown } événement a été abandonné, faute de place
   *[other] { $shown } événements ont été abandonnés, faute de place
 }
status-quarantine = Quarantaine
status-quarantine-empty = vide
status-quarantine-files = { $count ->
    [one] { $shown } fichier
   *[other] { $shown } fichiers
 }
status-device = Identifiant

# L’aide
help-usage = Utilisation :
help-commands = Commandes
help-of-help = Affiche l’aide
help-of-version = Affiche la version
help = Protège cet ordinateur
help--state = Le dossier de données de l’agent
help--lang = La langue : fr ou en ; sinon celle de l’environnement
help-enrol = Fait de cet ordinateur l’un de ceux d’un Workspace
help-enrol--portal = L’adresse du portail, comme dans le navigateur
help-enrol--token = Le jeton d’enrôlement ; mieux vaut le donner dans l’environnement, où la liste des programmes ne le montre à personne
help-enrol--name = Le nom de l’ordinateur dans le portail ; sinon le sien
help-enrol--ca = Un fichier d’autorités de certification à croire en plus de celles de l’ordinateur (PEM)
help-enrol--insecure_http = Permet une connexion non chiffrée à un autre ordinateur
help-run = Protège cet ordinateur jusqu’à ce qu’on l’arrête, et tient le portail informé
help-run--once = Se connecter, dire et prendre ce qu’il y a, exécuter les ordres, puis finir
help-run--rules = Un dossier d’autres règles (*.yar)
help-run--known_bad = Un fichier de sommes SHA-256 connues comme nuisibles, une par ligne
help-scan = Cherche des menaces, et met ce qu’il trouve hors d’état de nuire
help-scan--paths = Fichiers et dossiers ; sans rien, les endroits où les menaces arrivent d’habitude
help-scan--json = Un objet JSON plutôt que des mots
help-scan--no_quarantine = Regarder seulement : laisser en place ce qui est trouvé
help-scan--rules = Un dossier d’autres règles (*.yar)
help-scan--known_bad = Un fichier de sommes SHA-256 connues comme nuisibles, une par ligne
help-quarantine = Les fichiers mis hors d’état de nuire
help-quarantine-list = Montre ce qui est retenu
help-quarantine-list--json = Un objet JSON plutôt qu’un tableau
help-quarantine-restore = Remet des fichiers exactement comme ils étaient
help-quarantine-restore--ids = L’identifiant, ou assez de son début ou de sa fin
help-quarantine-restore--to = Restaurer ici plutôt : un nouveau nom, ou un dossier
help-quarantine-restore--json = Un objet JSON plutôt que des phrases
help-quarantine-delete = Détruit pour de bon des fichiers retenus
help-quarantine-delete--ids = L’identifiant, ou assez de son début ou de sa fin
help-quarantine-delete--json = Un objet JSON plutôt que des phrases
help-licence = La licence de cet ordinateur
help-licence-import = Reprend un fichier de licence, pour un ordinateur sans réseau
help-licence-import--file = Le fichier, tel que le portail l’a donné
help-licence-import--key = La clé de licence, pour un fichier chiffré ; mieux vaut la donner dans l’environnement
help-licence-import--issuer_keys = Un fichier des clés du portail, comme à /.well-known/rempart/issuer-keys ; un ordinateur enrôlé les connaît
help-licence-show = Montre la licence qui compte, et d’où elle est connue
help-licence-show--json = Un objet JSON plutôt que des mots
help-status = Montre ce qu’est cet agent, qui le gère et comment il va
help-status--json = Un objet JSON plutôt qu’un écran
