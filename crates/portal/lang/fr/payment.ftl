# Le paiement des licences par carte.
payment-title = Informations de paiement
payment-card = Carte de paiement
payment-brand = Carte
payment-last4 = Quatre derniers chiffres
payment-until = Valable jusqu’à
payment-no-card = Aucune carte n’est enregistrée pour cette licence.
payment-not-yours = Cette carte a été enregistrée par une autre personne. Vous pouvez la remplacer par l’une des vôtres : c’est alors vous qui payez les renouvellements.
payment-give = Enregistrer une carte
payment-replace = Actualiser les informations de paiement
payment-save = Enregistrer cette carte
payment-by-hand = Ce serveur ne prend pas les cartes. Les commandes se paient avec la facture qui les accompagne.
payment-elsewhere = Le formulaire ci-dessous est celui du prestataire de paiement, Stripe : le numéro de votre carte lui est envoyé directement et ne passe jamais par ce serveur. Rien n’est débité maintenant.
payment-needs-script = Ce formulaire a besoin de JavaScript : il appartient au prestataire de paiement, pour que le numéro de votre carte ne passe jamais par ce serveur. Tout le reste fonctionne sans.
payment-script-failed = Le formulaire du prestataire de paiement n’a pas pu être chargé. Vérifiez que rien ne bloque js.stripe.com, puis rechargez cette page.
said-card-set = Votre carte est enregistrée.
