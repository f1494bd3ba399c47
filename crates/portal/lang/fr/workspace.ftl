# Workspaces.
workspace-word = Workspace
stone-0 = granit
stone-1 = grès
stone-2 = ardoise
stone-3 = basalte
stone-4 = marbre
stone-5 = schiste
stone-6 = silex
stone-7 = tuffeau
stone-8 = quartz
stone-9 = calcaire

workspaces-lead = Un Workspace réunit des ordinateurs, les personnes qui les gèrent et une licence.
workspaces-none = Aucun Workspace pour l’instant
workspaces-none-help = Créez-en un, associez-lui une licence, puis installez Rempart sur votre premier ordinateur. Comptez deux minutes.
workspaces-choose = Choisissez le Workspace qui recevra cette licence.
workspaces-deleted = Supprimés récemment
workspace-create = Créer un Workspace
workspace-no-licence = Sans licence
workspace-gone-on = Disparaît définitivement le { $date }
workspace-restore = Rétablir
left-hours = moins d’un jour
left-days = { $n ->
    [one] encore un jour
   *[other] encore { $n } jours
 }
in-days = { $n ->
    [one] dans un jour
   *[other] dans { $n } jours
 }
pages-next = Suite de la liste
your-role = Votre rôle
role-primary-owner = Propriétaire principal
role-admin = Administrateur
role-protection-manager = Responsable de la protection
role-billing-contact = Contact de facturation
role-viewer = Lecteur

create = Créer
close-without-creating = Fermer sans créer
workspace-name = Nom du Workspace
workspace-name-help = Lettres, chiffres et ponctuation, comme les parenthèses. Chaque nom n’existe qu’une fois sur ce portail.
another-suggestion = Autre suggestion
name-free = Ce nom est libre.
name-alternatives = Noms libres
name-pick-help = Un clic suffit : le Workspace prend ce nom.
workspace-mode = Où gérer la protection ?
mode-local-and-remote-help = Depuis ce portail et sur chaque ordinateur. Le dernier changement l’emporte. La plupart des gens choisissent ceci.
mode-local-only-help = Sur chaque ordinateur uniquement. Ce portail ne peut pas gérer vos installations.
mode-remote-only-help = Depuis ce portail uniquement. Sur l’ordinateur, le programme montre son état, sans rien y changer.

licence-expiry-date = Date d’expiration
licence-kind = Sorte
licence-reseller = Revendeur
settings-no-licence = { $n ->
    [0] Ce Workspace n’a pas de licence. Il en faut une pour enrôler des ordinateurs.
    [one] Ce Workspace n’a pas de licence. Son ordinateur reste protégé, avec les règles qu’il a déjà.
   *[other] Ce Workspace n’a pas de licence. Ses { $n } ordinateurs restent protégés, avec les règles qu’ils ont déjà.
 }
settings-licence-by = Le propriétaire, un administrateur ou le contact de facturation peuvent lui en associer une.
settings-general = Général
settings-general-by = Le propriétaire et les administrateurs peuvent changer cela.
settings-about = Ce Workspace
workspace-created = Créé le
workspace-rename = Renommer
mode-change = Changer de mode
mode-change-title = Passer en « { $mode } » ?
mode-to-local-portal = Ce portail ne lance plus d’analyse et ne touche plus à la quarantaine.
mode-to-local-reports = Les ordinateurs ne lui envoient plus ni détections ni résultats.
mode-to-local-devices = Tout se règle sur chaque ordinateur. Les mises à jour et la licence continuent de passer par ici.
mode-to-remote-devices = Sur les ordinateurs, le programme montre son état, sans analyse, restauration ni réglage.
mode-to-remote-portal = Tout se fait depuis ce portail, qui l’emporte sur ce qui avait été réglé sur place.
mode-to-both = On peut agir depuis ce portail et sur chaque ordinateur. Le dernier changement l’emporte.
mode-devices-told = { $n ->
    [0] Aucun ordinateur n’est concerné pour l’instant.
    [one] L’ordinateur du Workspace est prévenu tout de suite, ou dès qu’il se reconnecte.
   *[other] Les { $n } ordinateurs du Workspace sont prévenus tout de suite, ou dès qu’ils se reconnectent.
 }
mode-back-any-time = Vous pourrez changer de nouveau quand vous voudrez.

workspace-delete = Supprimer le Workspace
workspace-delete-text = { $n ->
    [0] La licence redevient disponible dans Licences personnelles.
    [one] La licence redevient disponible dans Licences personnelles. L’ordinateur garde ses règles actuelles et n’est plus géré d’ici.
   *[other] La licence redevient disponible dans Licences personnelles. Les { $n } ordinateurs gardent leurs règles actuelles et ne sont plus gérés d’ici.
 }
workspace-delete-undo = Vous pourrez annuler pendant 7 jours.
workspace-delete-title = Supprimer « { $name } » ?
delete-devices = { $n ->
    [0] Aucun ordinateur n’est concerné.
    [one] Un ordinateur est retiré : il reste protégé, avec les règles qu’il a déjà, mais n’est plus géré d’ici.
   *[other] { $n } ordinateurs sont retirés : ils restent protégés, avec les règles qu’ils ont déjà, mais ne sont plus gérés d’ici.
 }
delete-held = { $n ->
    [one] Un fichier reste en quarantaine sur son ordinateur, d’où il peut encore être restauré.
   *[other] { $n } fichiers restent en quarantaine sur leurs ordinateurs, d’où ils peuvent encore être restaurés.
 }
delete-licence = { $licence } redevient disponible dans Licences personnelles.
delete-licence-of-another = { $licence } redevient disponible dans les Licences personnelles de son propriétaire.
delete-seats = { $n ->
    [0] Aucun ordinateur n’y occupait de place.
    [one] Un ordinateur y perd sa place.
   *[other] { $n } ordinateurs y perdent leur place.
 }
delete-machines = { $n ->
    [one] Une machine activée garde sa place, mais n’est plus validée tant que la licence n’est associée nulle part.
   *[other] { $n } machines activées gardent leur place, mais ne sont plus validées tant que la licence n’est associée nulle part.
 }
delete-expires = Sa période continue de courir. Elle expire le { $date }.
delete-renews = Sa prolongation automatique reste active : prochain prélèvement le { $date }.
delete-renews-off = L’arrêter d’abord
settings-owner-leaves = Le propriétaire de cette licence a fermé son compte. Elle reste ici ; le { $date }, elle passe au propriétaire du Workspace.
delete-order = La commande { $reference } reste à régler.
delete-trial = L’essai s’interrompt. Sa date de fin ne change pas.
delete-members = { $n ->
    [one] Vous êtes la seule personne à y avoir accès.
   *[other] { $n } personnes n’y ont plus accès.
 }
delete-until = Vous pouvez tout rétablir jusqu’au { $date }. Ensuite, tout disparaît et le nom redevient libre.
delete-type = Pour confirmer, recopiez son nom : { $name }

said-workspace-created = Le Workspace est créé. Il ne lui manque qu’une licence.
said-workspace-renamed = Le Workspace a un nouveau nom.
said-mode-changed = Le mode est changé.
said-workspace-deleted = Le Workspace est supprimé. Vous pouvez le rétablir pendant 7 jours.
said-workspace-restored = Le Workspace est rétabli, avec sa licence.
said-workspace-restored-bare = Le Workspace est rétabli, sans licence.
