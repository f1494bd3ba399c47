# Le paiement des licences par carte.
payment-title = Informations de paiement
payment-card = Carte de paiement
payment-brand = Carte
payment-last4 = Quatre derniers chiffres
payment-until = Valable jusqu’à
payment-no-card = Aucune carte n’est enregistrée pour cette licence.
payment-not-yours = Cette carte a été enregistrée par une autre personne. Vous pouvez la remplacer par l’une des vôtres : c’est alors vous qui payez les prolongations.
payment-give = Enregistrer une carte
payment-replace = Actualiser les informations de paiement
payment-save = Enregistrer cette carte
payment-by-hand = Ce serveur ne prend pas les cartes. Les commandes se paient avec la facture qui les accompagne.
payment-elsewhere = Le formulaire ci-dessous est celui du prestataire de paiement, Stripe : le numéro de votre carte lui est envoyé directement et ne passe jamais par ce serveur. Rien n’est débité maintenant.
payment-needs-script = Ce formulaire a besoin de JavaScript : il appartient au prestataire de paiement, pour que le numéro de votre carte ne passe jamais par ce serveur. Tout le reste fonctionne sans.
payment-script-failed = Le formulaire du prestataire de paiement n’a pas pu être chargé. Vérifiez que rien ne bloque js.stripe.com, puis rechargez cette page.
said-card-set = Votre carte est enregistrée.

renewal-title = Prolongation automatique
renewal-is-on = Activée
renewal-is-off = Désactivée
renewal-see = Modifier…
renewal-next = { $amount } seront débités de cette carte le { $date }, pour { $months ->
    [one] un mois de plus
   *[other] { $months } mois de plus
 }.
renewal-would = Une fois activée, { $amount } seraient débités de cette carte le { $date }, pour { $months ->
    [one] un mois de plus
   *[other] { $months } mois de plus
 }.
renewal-off-until = Vos ordinateurs sont protégés jusqu’au { $date }. Pendant les 14 jours qui suivent, rien ne change, jusqu’au { $grace } ; ensuite, les mises à jour et la gestion à distance s’arrêtent, la protection continue avec les règles qu’elle a.
renewal-switch-off = Annuler la prolongation automatique
renewal-switch-on = Activer la prolongation automatique
renewal-failing = { $tries ->
    [one] Le dernier débit a été refusé.
   *[other] Le dernier débit a été refusé { $tries } fois.
 } Un nouvel essai aura lieu le { $date }. Remplacez la carte pour un essai immédiat.
renewal-failing-last = Le dernier débit a été refusé et ne sera plus essayé. Remplacez la carte pour un essai immédiat.
renewal-no-price = Le produit de cette licence n’est plus vendu pour cette durée : elle ne peut pas être prolongée automatiquement. Prolongez-la par un achat, ou changez de produit.
renewal-why-one-off = Cette licence a été vendue par un revendeur et n’est pas prolongée automatiquement. Prolongez-la par un achat, ou avec une autre clé.
renewal-why-trial = Un essai ne se prolonge pas. Achetez une licence pour continuer.
renewal-why-unusable = Cette licence est suspendue ou révoquée.
renewal-why-unstarted = La période de cette licence n’a pas encore commencé : associez-la d’abord à un Workspace.
renewal-why-no-card = Il n’y a pas de carte à débiter. Enregistrez-en une d’abord.
renewal-why-expired = Cette licence a expiré. Prolongez-la d’abord, puis activez la prolongation automatique.
renewal-why-card-expires = Cette carte ne sera plus valable quand la licence expirera. Remplacez-la d’abord.
renewal-why-currency = Le prestataire de paiement ne débite pas dans la devise de cette licence.
renewal-why-not-configured = Ce serveur ne prend pas les cartes.
said-renewal-on = La prolongation automatique est activée.
said-renewal-off = La prolongation automatique est désactivée.

pay-title = À payer : { $total }
pay-text = Le montant de la commande est débité une fois, et le changement est fait aussitôt. Si votre banque le demande, elle vous fait confirmer votre identité.
pay-by-card = Payer par carte
pay-other-card = Utiliser une autre carte
pay-by-transfer = Ou payer par virement
prove-title = Confirmer auprès de la banque
prove-text = Votre banque veut que vous confirmiez votre identité avant de débiter la carte. Rien n’est débité d’ici là.
prove-start = Continuer vers la banque
prove-later = Revenir à la commande
prove-needs-script = Cette étape a besoin de JavaScript : elle appartient au prestataire de paiement et à votre banque. La commande peut aussi être payée par virement.
said-order-paid-by-card = La commande est payée par carte.
said-order-processing = Le paiement par carte est en cours. Cette page le dira dès que la banque aura répondu.

payment-refused-funds = provision insuffisante ou plafond de la carte atteint
payment-refused-expired = la carte a expiré
payment-refused-typed = la carte n’est pas reconnue
payment-refused-authentication = la banque veut que vous confirmiez votre identité
payment-refused-later = la banque n’a pas pu répondre
payment-refused-unsupported = la banque n’autorise pas ce type de paiement
payment-refused-refused = la banque n’a pas donné de raison

mail-renewed-subject = Rempart { $product } est prolongée jusqu’au { $expiry }
mail-renewed-text = Votre licence Rempart { $product } { $number } a été prolongée.

    { $amount } ont été débités de votre carte, pour la commande { $reference }.
    Elle court maintenant jusqu’au { $expiry }.

    Informations de paiement et prolongation automatique : { $page }
mail-credited-subject = Rempart { $product } : votre paiement est gardé en crédit
mail-credited-text = { $amount } ont été débités de votre carte pour la licence Rempart { $product } { $number }, commande { $reference }.

    La licence a été modifiée pendant le paiement : elle n’a pas pu être prolongée pour ce montant. Il est entièrement gardé en crédit et sera utilisé en premier pour votre prochaine modification.

    Informations de paiement et prolongation automatique : { $page }
mail-renewal-refused-subject = Rempart { $product } : la prolongation n’a pas pu être débitée
mail-renewal-refused-text = La prolongation de votre licence Rempart { $product } { $number } n’a pas pu être débitée : { $reason }.

    Rien n’a été débité. Un nouvel essai aura lieu le { $next }.
    Rien ne change pour vos ordinateurs avant le { $grace }.

    Pour enregistrer une autre carte, qui sera alors débitée aussitôt : { $page }
mail-renewal-stopped-subject = Rempart { $product } : la prolongation automatique est désactivée
mail-renewal-stopped-text = La prolongation de votre licence Rempart { $product } { $number } n’a pas pu être débitée et ne sera plus tentée. La prolongation automatique est désactivée.

    La licence court jusqu’au { $expiry }, et rien ne change pour vos ordinateurs avant le { $grace }. Ensuite, les mises à jour et la gestion à distance s’arrêtent ; la protection continue avec les règles qu’elle a.

    Pour continuer, prolongez la licence, puis activez de nouveau la prolongation automatique.
mail-refunded-subject = Rempart { $product } : { $amount } retournent sur votre carte
mail-refunded-text = { $amount } de la commande { $reference }, pour la licence Rempart { $product } { $number }, retournent sur la carte dont ils viennent. Les banques mettent jusqu’à dix jours à l’afficher.
