closure-title = Fermer mon compte
closure-card = Fermer le compte
closure-card-text = Tout ce que cela change vous est montré avant. Vous pouvez revenir en arrière pendant 7 jours.
closure-lead = Voici ce qui se passe. Rien n’est effacé avant le { $date } ; d’ici là, votre mot de passe rouvre le compte.
closure-own = { $n ->
    [one] Vous êtes propriétaire d’un Workspace
   *[other] Vous êtes propriétaire de { $n } Workspaces
 }
closure-own-help = Un Workspace a toujours un propriétaire, et il n’en a qu’un. Supprimez-le d’abord : la page dit ce que deviennent ses ordinateurs et sa licence.
closure-delete = Supprimer « { $name } »
closure-last-operator = Vous êtes le seul exploitant de ce serveur. Sans vous, personne ne pourrait l’administrer : ce compte ne peut pas être fermé.
closure-licences = Vos licences
closure-nowhere = Associée à aucun Workspace
closure-at = Associée à « { $workspace } »
closure-fate-stays = Continue de protéger
closure-fate-stays-text = Elle reste associée à « { $workspace } », avec ses places et sa date d’expiration. Le { $date }, elle passe au propriétaire de ce Workspace.
closure-fate-ends = Prend fin avec le compte
closure-fate-ends-text = Elle prend fin le { $date }, sans remboursement. Jusque-là, personne d’autre ne peut utiliser sa clé.
closure-fate-over = Terminée
closure-fate-over-text = Il n’en reste rien à garder.
closure-fate-own = Workspace d’abord
closure-fate-own-text = Quand « { $workspace } » est supprimé, elle vous revient. Cédez-la alors, ou laissez-la prendre fin avec le compte.
closure-held = { $n ->
    [0] Aucun ordinateur ne s’en sert
    [one] Un ordinateur s’en sert
   *[other] { $n } ordinateurs s’en servent
 }
closure-unstarted = Pas encore commencée
closure-hand-over = La céder avant
closure-now = Tout de suite
closure-sessions = { $n ->
    [0] Vous êtes déconnecté de partout.
    [one] Vous êtes déconnecté de ce navigateur.
   *[other] Vous êtes déconnecté de partout : { $n } sessions prennent fin.
 }
closure-api-key = Votre clé d’API est révoquée.
closure-others = { $n ->
    [one] Vous n’avez plus accès à ce Workspace, qui continue sans vous :
   *[other] Vous n’avez plus accès à ces Workspaces, qui continuent sans vous :
 }
closure-deleted = { $n ->
    [one] Ce Workspace supprimé ne peut plus être rétabli, sauf si vous rouvrez le compte à temps :
   *[other] Ces Workspaces supprimés ne peuvent plus être rétablis, sauf si vous rouvrez le compte à temps :
 }
closure-no-charge = Rien ne vous est plus prélevé.
closure-renewals = { $n ->
    [one] La prolongation automatique s’arrête et rien ne vous est plus prélevé. La protection va jusqu’à la date d’expiration :
   *[other] { $n } prolongations automatiques s’arrêtent et rien ne vous est plus prélevé. La protection va jusqu’à la date d’expiration :
 }
closure-orders = { $n ->
    [one] La commande qui attend d’être réglée est annulée :
   *[other] Les { $n } commandes qui attendent d’être réglées sont annulées :
 }
closure-offers = { $n ->
    [one] L’offre de céder cette licence est retirée :
   *[other] Les offres de céder ces licences sont retirées :
 }
closure-later = Ensuite
closure-undo = Jusqu’au { $date }, connectez-vous pour rouvrir le compte. Vos licences et vos accès reviennent ; la prolongation automatique, les offres, les commandes et la clé d’API sont à refaire.
closure-erased = Après, votre nom, votre adresse, votre mot de passe et votre carte sont effacés. L’adresse peut servir à un nouveau compte.
closure-ending = { $n ->
    [one] Une licence qui n’est associée à rien prend fin.
   *[other] { $n } licences qui ne sont associées à rien prennent fin.
 }
closure-invoices = Les factures restent, telles qu’elles ont été émises, comme la loi le demande.
closure-confirm = Confirmer
closed-title = Ce compte est fermé
closed-lead = Le compte { $email } sera effacé le { $date }. D’ici là, vous pouvez le rouvrir : vos licences et vos accès reviennent comme ils étaient.
reopen = Rouvrir mon compte
closed-help = La prolongation automatique, les offres de cession, les commandes annulées et la clé d’API ne reviennent pas d’elles-mêmes.
said-account-closed = Votre compte est fermé. Pour le rouvrir, connectez-vous dans les 7 jours.
said-account-reopened = Votre compte est rouvert. Bon retour.

mail-closed-subject = Votre compte est fermé
mail-closed-text =
    Bonjour,

    Votre compte Rempart est fermé, comme vous l’avez demandé. Vous êtes déconnecté de partout, votre clé d’API est révoquée, et rien ne vous est plus prélevé.

    Rien n’est effacé avant le { $until }. D’ici là, connectez-vous pour le rouvrir :
    { $link }

    Si ce n’était pas vous, rouvrez-le et changez de mot de passe.
mail-reopened-subject = Votre compte est rouvert
mail-reopened-text =
    Bonjour,

    Votre compte Rempart est rouvert. Vos licences et vos accès sont là. La prolongation automatique, les offres de cession et la clé d’API sont à remettre, si vous en voulez.

    Si ce n’était pas vous, choisissez un autre mot de passe tout de suite :
    { $link }
mail-erased-subject = Votre compte est effacé
mail-erased-text =
    Bonjour,

    Les sept jours sont passés : votre compte Rempart est effacé, avec votre nom, votre adresse et votre mot de passe. Les factures restent, comme la loi le demande.

    C’est le dernier message que vous recevez de ce serveur à ce sujet.
mail-left-subject = La licence de « { $workspace } » : { $name } ferme son compte
mail-left-text =
    Bonjour,

    { $name } a fermé son compte. La licence { $product } { $number } reste associée à votre Workspace « { $workspace } » et continue de protéger ses ordinateurs.

    { $what }

    Les réglages du Workspace :
    { $link }
mail-left-until = Elle expire le { $date }.
mail-left-stopped = Elle ne se prolonge plus toute seule : prolongez-la avant cette date, ou donnez un autre moyen de paiement.
mail-left-inherited = Le { $date }, elle passe à votre nom. Vous n’avez rien à faire.
