# Licences.
licence-word = Licence
licence-seats-word = Places
licence-expiry = Expiration
licence-renewal = Prolongation
licence-state-word = État
licence-number = Numéro de licence
licence-product = Rempart { $product }
licence-seats = { $n ->
    [one] { $n } place
   *[other] { $n } places
 }
licence-seats-used = { $used ->
    [one] { $used } place occupée sur { $n }
   *[other] { $used } places occupées sur { $n }
 }
licence-subscription = { $n ->
    [1] Abonnement mensuel
    [12] Abonnement annuel
   *[other] Abonnement de { $n } mois
 }
licence-one-off = Sans abonnement
licence-trial = Essai de 30 jours
licence-expires = Expire le { $date }
licence-expired-on = A expiré le { $date }
licence-from-first = { $n } mois à partir de la première association
licence-sold-by = Vendue par { $name }

licence-unstarted = Pas encore commencée
licence-active = Active
licence-trial-days = { $n ->
    [one] Essai, dernier jour
   *[other] Essai, encore { $n } jours
 }
licence-expiring = { $n ->
    [one] Expire dans un jour
   *[other] Expire dans { $n } jours
 }
licence-grace = Expirée, rien ne change avant le { $date }
licence-expired = Expirée
licence-suspended = Suspendue
licence-revoked = Révoquée
licence-merged = Ajoutée à une autre licence
licence-free = Personnelle, libre
licence-in-use = Déjà utilisée
licence-here = Associée à ce Workspace

licence-attach = Associer une licence
licence-attach-lead = Un Workspace est associé à une seule licence. Elle fixe le nombre d’ordinateurs protégés et la date d’expiration.
steps = Étapes
step-workspace = Workspace créé
step-licence = Licence
step-device = Premier ordinateur
later = Plus tard
close-unchanged = Fermer sans rien changer
licence-yours = Vos licences personnelles
licence-yours-help = Elles sont à vous et ne sont associées à aucun Workspace. À l’étape suivante, vous choisissez celle qui convient.
licence-none-free = Vous n’avez pas de licence personnelle pour l’instant. Importez une clé, ou commencez l’essai.
licence-present = Ce Workspace a déjà une licence : { $product }, { $number }. Une autre la remplacerait.
licence-elsewhere = { $n ->
    [one] Une autre de vos licences est déjà associée à un Workspace ; vous pourrez la choisir aussi.
   *[other] { $n } autres de vos licences sont déjà associées à un Workspace ; vous pourrez les choisir aussi.
 }
licence-reassign = Réassigner une licence à ce Workspace
licence-reassign-now = Réassigner maintenant
licence-import-title = Une clé à importer ?
licence-key = Clé de licence
licence-key-help = Cinq groupes de cinq signes. 0 et O, 1 et I ne s’y trouvent jamais.
licence-key-so-far = { $n ->
    [one] Un signe sur 25.
   *[other] { $n } signes sur 25.
 }
licence-key-good = Cette clé est bien écrite. Importez-la.
licence-import = Importer
trial-title = Pas de licence ?
trial-text = Essayez Rempart 30 jours sur dix ordinateurs, une fois par Workspace, sans clé ni carte.
trial-start = Commencer l’essai

licence-choose = Choisir
licence-choose-yours = Choisissez votre licence
licence-choose-help = { $n ->
    [one] Une licence est dans votre compte.
   *[other] { $n } licences sont dans votre compte.
 }
licence-in-use-note = { $n ->
    [0] Associée au Workspace « { $workspace } », où aucun ordinateur ne s’en sert ; nous vous demanderons de confirmer.
    [one] Associée au Workspace « { $workspace } ». La réassigner laisserait son ordinateur sans licence ; nous vous demanderons de confirmer.
   *[other] Associée au Workspace « { $workspace } ». La réassigner laisserait ses { $n } ordinateurs sans licence ; nous vous demanderons de confirmer.
 }
licence-effect = Ce qui va se passer
licence-renews = Automatique
licence-does-not-renew = Pas de prolongation automatique
licence-leaves = { $n ->
    [0] « { $workspace } » n’aura plus de licence. Aucun ordinateur ne s’en servait.
    [one] « { $workspace } » n’aura plus de licence : un ordinateur y restera sans.
   *[other] « { $workspace } » n’aura plus de licence : { $n } ordinateurs y resteront sans.
 }
licence-replaces = La licence actuelle, { $number }, redevient disponible dans les Licences personnelles de son propriétaire.
licence-ends-trial = L’essai de ce Workspace prend fin et ne recommencera pas.
licence-unseats = Elle a { $seats } places pour { $devices } ordinateurs : { $n } resteront sans place. Les premiers arrivés gardent la leur.
licence-unseated-means = Un ordinateur sans licence reste protégé, avec les règles qu’il a déjà.
licence-confirm = Réassigner cette licence ?

licence-detach = Détacher la licence
licence-detach-title = Détacher la licence de ce Workspace ?
licence-detach-frees = Elle redevient disponible dans les Licences personnelles de son propriétaire.
licence-detach-devices = { $n ->
    [0] Aucun ordinateur ne s’en sert.
    [one] Un ordinateur reste sans licence. Il est protégé, avec les règles qu’il a déjà.
   *[other] { $n } ordinateurs restent sans licence. Ils sont protégés, avec les règles qu’ils ont déjà.
 }
licence-detach-period = Sa période continue de courir.
licence-detach-now = Détacher

personal-lead = Les licences de votre compte qui ne sont associées à aucun Workspace, et où se trouvent les autres.
personal-free = Libres
personal-none = Aucune licence libre pour l’instant
personal-none-help = Importez une clé : sa licence apparaît ici. Une licence revient ici aussi quand son Workspace est supprimé.
personal-attach = Associer à un Workspace…
personal-placed = Associées à un Workspace

issue-title = Émettre une licence
issue-lead = La clé n’apparaît qu’une fois, juste après. Sa période commence quand elle est associée pour la première fois.
issue-product = Produit
issue-seats = Places
issue-months = Durée, en mois
issue-kind = Sorte de licence
issue-one-off-help = Achetée une fois, souvent auprès d’un revendeur.
issue-subscription = Abonnement
issue-subscription-help = Se prolonge d’elle-même, par le moyen de paiement du client.
issue-owner = Compte du client, s’il en a un
issue-owner-help = La licence est alors à lui tout de suite. Sinon, à qui tape la clé le premier.
issue-reseller = Revendeur, s’il y en a un
issue-contact = Comment le joindre
issue-now = Émettre la licence
issue-done = Licence { $number } émise
issue-once = Copiez sa clé maintenant : elle n’est gardée nulle part et ne peut pas être montrée de nouveau.
issue-copy = Copier la clé
issue-copied = Copiée
issue-count = Nombre de clés
issue-count-help = À partir de deux, c’est un lot : jusqu’à 10 000 licences qui ne diffèrent que par leur numéro et leur clé.
issue-redeem-by = Dernier jour pour taper la clé
issue-redeem-by-help = Vide : dans 12 mois si un revendeur la vend, sans limite sinon.

batches = Lots de clés
batches-lead = Des licences émises ensemble. Leurs clés se téléchargent pendant un jour ; ensuite, plus personne ne peut les voir.
batches-none = Aucun pour l’instant. Donnez un nombre de clés en émettant une licence.
batch-title = Lot
batch-of = { $n } licences { $product }
batch-of-one = Une licence { $product }
batch-redeem-by = À taper avant le
batch-ordered = Commandé le
batch-count = Licences
batch-keys = Clés
batch-what = Chaque licence
batch-writing = En cours d’écriture
batch-ready = Prêtes
batch-taken = Téléchargées
batch-erased = Clés effacées
batch-progress = { $done } licences écrites sur { $all }.
batch-progress-label = Licences écrites
batch-ready-means = Les clés sont gardées scellées jusqu’au { $when }, puis effacées. Elles le sont aussi un quart d’heure après le premier téléchargement.
batch-taken-means = Les clés ont été téléchargées. Jusqu’au { $when } elles peuvent l’être encore, puis elles sont effacées.
batch-erased-means = Les clés ont été effacées de ce serveur le { $when }. Seul qui les a téléchargées les a.
batch-no-lapse = Sans limite
batch-csv = Télécharger en tableau (CSV)
batch-json = Télécharger en JSON
batch-erase = Effacer les clés maintenant
said-keys-erased = Les clés sont effacées de ce serveur.

said-key-imported = La licence est à vous. Elle est dans vos licences personnelles.
said-licence-assigned = La licence est associée à ce Workspace.
said-licence-detached = La licence est détachée. Elle est dans les Licences personnelles de son propriétaire.
said-trial-started = L’essai a commencé : 30 jours, dix ordinateurs.

seats-choose = Choisir les ordinateurs
seats-see-silent = Voir ces ordinateurs
seats-by = Quelqu’un qui gère la protection de ce Workspace peut libérer des places.

licence-move = Déplacer
licence-history = Historique
licence-nowhere = Aucun : elle est dans vos Licences personnelles
personal-in = Associée au Workspace

history-title = Historique
history-none = Rien ne lui est encore arrivé.
history-before = Avant :
history-after = Après :
history-nothing = aucun
history-yes = oui
history-no = non
history-months = { $n ->
    [one] { $n } mois
   *[other] { $n } mois
 }
history-by-operator = l’exploitant du portail
history-by-device = un ordinateur
history-by-server = le portail
history-by-gone = quelqu’un qui n’a plus de compte
history-other = Modifiée
history-licence-issue = Émise
history-licence-issue-batch = Émise, dans un lot
history-licence-suspend = Suspendue par l’exploitation
history-licence-reinstate = Rétablie par l’exploitation
history-licence-revoke = Révoquée par l’exploitation
history-licence-import = Importée par sa clé
history-licence-assign = Associée à un Workspace
history-licence-detach = Détachée de son Workspace
history-licence-start-trial = Essai commencé
history-licence-set-aside = Détachée : son Workspace a été supprimé
history-licence-owner-left = Son propriétaire a fermé son compte
history-licence-owner-back = Son propriétaire a rouvert son compte
history-licence-inherit = Passée au propriétaire de son Workspace
history-licence-end-with-owner = A pris fin avec le compte de son propriétaire
history-licence-bring-back = Revenue dans son Workspace, restauré
history-licence-file = Fichier de licence téléchargé
history-device-release-seats = Places libérées
history-field-product = Produit
history-field-seats = Places
history-field-seats-used = Places occupées
history-field-term-months = Durée
history-field-auto-renew = Prolongation automatique
history-field-expires-at = Expiration
history-field-workspace = Workspace
history-field-suspended = Suspendue
history-field-revoked = Révoquée
history-field-owner = Propriétaire

permits-title = Ce que permet chaque état
permits-question = Que se passe-t-il quand une licence expire ?
permits-here = C’est le cas de cette licence : { $state }.
permits-protection = L’ordinateur analyse, surveille et met en quarantaine.
permits-protection-not = L’ordinateur ne se protège plus.
permits-console = La console montre les ordinateurs et les gère.
permits-console-not = La console ne gère plus les ordinateurs.
permits-rules = Les ordinateurs reçoivent les nouvelles règles.
permits-rules-not = Les ordinateurs gardent leurs règles, sans en recevoir de nouvelles.
permits-devices = D’autres ordinateurs peuvent s’ajouter.
permits-devices-not = Aucun autre ordinateur ne peut s’ajouter.
permits-valid = Un programme qui la vérifie apprend qu’elle est valable.
permits-valid-not = Un programme qui la vérifie apprend qu’elle ne l’est pas.
permits-never = Une licence qui expire n’éteint jamais la protection : analyses, surveillance et quarantaine continuent avec les règles présentes.
licence-state-unstarted = Pas commencée
licence-state-trial = Essai
licence-state-active = Active
licence-state-expiring = Expire dans 30 jours ou moins
licence-state-grace = Expirée depuis moins de 14 jours
licence-state-expired = Expirée
licence-state-suspended = Suspendue
licence-state-revoked = Révoquée
licence-state-merged = Ajoutée à une autre

desk-find = Trouver une licence
desk-wanted = Numéro, clé, ou adresse e-mail du propriétaire
desk-wanted-help = Par exemple RB-2027-4839-2074.
desk-look = Trouver
desk-found = Trouvées
desk-found-none = Aucune licence ne correspond. Vérifiez signe par signe.
desk-owner = Propriétaire
desk-nobody = Personne encore : sa clé n’a pas été tapée
desk-issued = Émise le
desk-decide = Décider
desk-reason = Raison
desk-reason-help = Elle reste dans l’historique de la licence, que voit son propriétaire.
desk-suspend = Suspendre
desk-suspend-means = Suspendue, une licence ne sert plus à rien ; sa période continue de courir. Ses ordinateurs l’apprennent aussitôt et restent protégés, avec les règles qu’ils ont.
desk-reinstate = Rétablir
desk-reinstate-means = Cette licence est suspendue. Rétablie, elle sert de nouveau aussitôt, jusqu’à la fin de sa période.
desk-revoke = Révoquer…
desk-revoke-question = Révoquer cette licence définitivement ?
desk-revoke-workspace = { $n ->
    [0] Elle est associée au Workspace « { $workspace } », où aucun ordinateur ne s’en sert.
    [one] Elle est associée au Workspace « { $workspace } », où un ordinateur s’en sert.
   *[other] Elle est associée au Workspace « { $workspace } », où { $n } ordinateurs s’en servent.
 }
desk-revoke-devices = Ses ordinateurs l’apprennent aussitôt. Ils restent protégés avec les règles qu’ils ont, et n’en reçoivent plus de nouvelles.
desk-revoke-owner = Elle appartient à { $name } ({ $email }).
desk-revoke-final = Une licence révoquée ne sert plus jamais. Seule une autre peut la remplacer.
desk-revoke-now = Révoquer la licence
said-licence-suspended = La licence est suspendue. Ses ordinateurs en sont avertis.
said-licence-reinstated = La licence sert de nouveau. Ses ordinateurs en sont avertis.
said-licence-revoked = La licence est révoquée. Ses ordinateurs en sont avertis.

transfer-title = Céder la licence
transfer-lead = Proposez-la à une adresse. Rien ne change avant que la personne accepte.
transfer-offered-title = Une licence vous est proposée
transfer-offered-lead = { $from } propose de vous la céder. Rien ne change avant que vous acceptiez.
transfer-effects = Si l’offre est acceptée :
transfer-owner-them = La licence est à l’autre personne, avec ses places. Vous ne la voyez plus.
transfer-owner-you = La licence est à vous, avec ses places.
transfer-leaves = { $n ->
    [0] « { $workspace } » n’aura plus de licence. Aucun ordinateur ne s’en sert. Elle n’y reste que si la personne gère la licence de ce Workspace.
    [one] « { $workspace } » n’aura plus de licence : un ordinateur y restera sans, protégé avec les règles qu’il a. Elle n’y reste que si la personne gère la licence de ce Workspace.
   *[other] « { $workspace } » n’aura plus de licence : { $n } ordinateurs y resteront sans, protégés avec les règles qu’ils ont. Elle n’y reste que si la personne gère la licence de ce Workspace.
 }
transfer-stays = Elle reste associée à « { $workspace } », dont vous gérez la licence.
transfer-time = Sa période continue, avec la même date d’expiration.
transfer-back-them = Pour la reprendre ensuite, il faudra que l’autre personne vous la cède.
transfer-back-you = Vous pourrez la rendre de la même façon.
transfer-until-you = L’offre est valable jusqu’au { $until }.
transfer-until-them = Proposée à { $email }, jusqu’au { $until }.
transfer-email = Adresse de la personne
transfer-email-help = Elle reçoit un lien, valable sept jours. Si elle n’a pas de compte, elle en crée un avec cette adresse.
transfer-offer = Proposer la licence
transfer-accept = Accepter la licence
transfer-decline = Refuser
transfer-withdraw = Retirer l’offre
transfer-offers = { $n ->
    [one] Une licence vous est proposée
   *[other] { $n } licences vous sont proposées
 }
transfer-see = Voir l’offre
transfer-from = de { $from }
said-transfer-offered = L’offre est partie. Rien ne change avant qu’elle soit acceptée.
said-transfer-accepted = La licence est à vous.
said-transfer-ended = L’offre est terminée. Rien n’a changé.
move-undo-text = Elle a été retirée de « { $workspace } ». Le déplacement peut être annulé jusqu’au { $until }.
move-undo = Annuler le déplacement
said-move-undone = Le déplacement est annulé. La licence est revenue où elle était.
history-licence-transfer-offer = Proposée à une autre personne
history-licence-transfer-accept = Cédée
history-licence-transfer-decline = Offre refusée
history-licence-transfer-withdraw = Offre retirée
history-licence-undo-move = Déplacement annulé
history-field-offered-to = Proposée à
mail-transfer-subject = Une licence { $product } vous est proposée
mail-transfer-text =
    Bonjour,

    { $from } propose de vous céder une licence { $product } de Rempart. Rien ne change avant que vous acceptiez.

    Pour voir ce qui se passera, accepter ou refuser, ouvrez ce lien et connectez-vous avec cette adresse :

    { $link }

    L’offre est valable jusqu’au { $until }. Si vous n’attendiez rien, ne faites rien.
history-billing-order = Changement commandé
history-billing-cancel = Commande annulée
history-billing-mark-paid = Commande payée
history-billing-refund = Paiement remboursé
history-payment-pay = Commande payée par carte
history-payment-renew = Prolongée automatiquement
history-payment-renew-refused = Prolongation refusée par la banque
history-payment-renew-stopped = Prolongation automatique arrêtée : la banque a refusé
history-payment-renew-on = Prolongation automatique activée
history-payment-renew-off = Prolongation automatique désactivée
history-payment-refund = Paiement par carte remboursé
history-payment-make-payer = Payée désormais par une autre personne
history-payment-set-card = Carte enregistrée
history-payment-subscribe = Prochain paiement prévu
history-field-next-seats = Places de la prochaine période
history-field-next-term-months = Durée de la prochaine période
history-field-next-product = Produit de la prochaine période
