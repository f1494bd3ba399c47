# L’achat, les changements d’une licence, les commandes et les factures.
billing-change = Changer la licence
billing-ways = Type de changement
billing-way-extend = Prolonger
billing-way-seats = Ajouter des places
billing-way-term = Modifier la durée
billing-way-product = Passer à un autre produit
billing-buy = Prolonger en achetant
billing-how-long = Prolonger de combien ?
billing-terms = Durée des prochaines périodes
billing-products = Produit
billing-product = Produit
billing-before-tax = hors taxes
billing-price-for = { $price } pour { $term },
billing-years = { $n ->
    [one] { $n } an
   *[other] { $n } ans
 }
billing-months = { $n } mois
billing-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
 }
billing-seats = { $n ->
    [one] { $n } place
   *[other] { $n } places
 }
billing-seats-after = Combien de places ensuite ?
billing-seats-today = { $seats } aujourd’hui, dont { $used ->
    [0] aucune n’est occupée
    [one] { $used } est occupée
   *[other] { $used } sont occupées
 }. Retirer des places se fait à la prolongation.
billing-when = À partir de quand ?
billing-now = Tout de suite
billing-now-help = Vous payez le reste de la période, au jour près. L’expiration ne change pas.
billing-renewal = À la prolongation
billing-renewal-on = À la prolongation, le { $date }
billing-renewal-help = Rien à payer avant cette date.
billing-not-sold = Rien n’est en vente ici pour l’instant. L’exploitant de ce portail fixe les prix.
billing-preview = Voir l’aperçu
billing-preview-key = Voir l’aperçu avec cette clé
billing-key-title = Prolonger avec une autre clé
billing-key-text = La durée d’une clé encore jamais utilisée s’ajoute à cette licence. Si son produit ou ses places diffèrent, l’aperçu montre la conversion avant tout changement.
billing-into = Si le produit ou les places diffèrent
billing-into-present = Garder le produit et les places d’aujourd’hui
billing-into-present-help = La clé devient du temps de cette licence, à valeur égale.
billing-into-key = Prendre le produit et les places de la clé
billing-into-key-help = Le temps qui reste devient du temps de la nouvelle, à valeur égale.
billing-today = Aujourd’hui
billing-was = Avant
billing-after = Ensuite
billing-item = Élément
billing-credit = Avoir
billing-next = À la prolongation
billing-keep = Ne rien changer à la prolongation
billing-open = La commande { $reference } attend son paiement. Une autre ne peut être passée avant.
billing-see-order = Voir la commande

billing-before = Avant de confirmer
billing-comes-to = Ce que cela donne
billing-line-term = { $product }, { $seats }, { $rest }
billing-line-seats = { $product }, { $seats } de plus pour { $rest }
billing-line-rest = { $product }, { $seats }, pour { $rest }
billing-line-given-back = Repris : { $product }, { $seats }, { $rest }
billing-brought = La clé vaut, aux prix d’aujourd’hui, hors taxes
billing-credit-used = Avoir utilisé
billing-credit-given = Avoir, pour un prochain changement
billing-tax = TVA
billing-total = Total
billing-total-now = À payer maintenant
billing-later = Prochaine période, aux prix d’aujourd’hui, hors taxes
billing-valid = Cet aperçu vaut jusqu’au { $until }. C’est exactement ce qui sera facturé.
billing-dead = Cet aperçu ne vaut plus : il a plus de 15 minutes, ou la licence a changé.
billing-again = Demander un nouvel aperçu
billing-bill-to = Facturé à
billing-bill-to-help = Nom et adresse, tels qu’ils figureront sur la facture.
billing-confirm = Confirmer
billing-order-for = Commander pour { $total }
billing-notice-nothing = Les ordinateurs ne remarquent rien : tous restent enrôlés et protégés.
billing-notice-seats = { $n ->
    [one] Un ordinateur qui attendait reçoit une place. Les autres ne remarquent rien.
   *[other] { $n } ordinateurs qui attendaient reçoivent une place. Les autres ne remarquent rien.
 }
billing-notice-product = Les ordinateurs restent enrôlés et protégés ; ils suivent le nouveau produit dès qu’ils donnent signe de vie.

billing-orders = Commandes et factures
billing-order = Commande { $reference }
billing-order-word = Commande
billing-ordered = Ce qui est commandé
billing-facts = En bref
billing-date = Date
billing-paid-on = Payée le
billing-state = État
billing-invoice = Facture
billing-invoice-pdf = Télécharger la facture
billing-no-orders = Aucune commande pour l’instant.
billing-to-pay = À payer : { $total }
billing-pay-text = Faites un virement en indiquant la référence. Le changement est fait dès que le paiement est enregistré ; rien ne change d’ici là.
billing-reference = Référence à indiquer
billing-bank = Où virer
billing-no-bank = L’exploitant de ce portail vous dira où virer.
billing-give-up = Annuler la commande
billing-give-up-text = Rien n’est payé et la licence reste comme elle est.
billing-credited = Cette commande est payée, mais la licence avait changé entre-temps. Rien n’est perdu : tout le montant hors taxes est un avoir pour un prochain changement.
billing-state-all = Toutes
billing-state-waiting = En attente de paiement
billing-state-paid = Payée
billing-state-cancelled = Annulée
billing-state-refunded = Remboursée

billing-all-orders = Commandes
billing-all-lead = Les commandes de tous. Celles payées par virement attendent que vous disiez quand l’argent est arrivé.
billing-acts = Que faire
billing-note = Note, par exemple du relevé
billing-note-of = Note sur la commande { $reference }
billing-mark-paid = Marquer payée
billing-cancel = Annuler
billing-refund = Rembourser
billing-refund-amount = Montant ; tout ce qui reste si vide
billing-refund-why = Pourquoi
billing-more = Commandes plus anciennes

billing-renew = Prolonger…
billing-add-seats = Ajouter des places…
billing-change-term = Modifier la durée…
billing-change-product = Passer à un autre produit…
billing-actions = Changer la licence
billing-next-charge = Prochain paiement
billing-next-charge-on = { $price } hors taxes le { $date }
billing-no-auto = Cette licence ne se prolonge pas d’elle-même : achetez une durée, ou utilisez une autre clé.
billing-payment = Paiement

billing-mail-subject = Votre commande { $reference }
billing-mail = Bonjour,
    {""}
    Votre commande { $reference } est enregistrée : { $total } à payer par virement, avec cette référence.
    La facture et les coordonnées sont ici :
    { $url }
    {""}
    Le changement est fait dès que le paiement est enregistré.

said-change-done = Le changement est fait.
said-order-paid = La commande est payée et le changement est fait.
said-order-credited = La commande est payée. Le changement n’était plus possible : le montant est un avoir.
said-order-refunded = Le remboursement est enregistré.
said-order-cancelled = La commande est annulée.

invoice-title = Facture { $number }
invoice-date = Date : { $date }
invoice-order = Commande : { $reference }
invoice-licence = Licence : { $number }
invoice-waiting = En attente de paiement
invoice-paid = Payée le { $date }
invoice-cancelled = Annulée le { $date }
invoice-refunded = Remboursée le { $date }
invoice-before-tax = Hors taxes
invoice-net = Total hors taxes
invoice-pay = Par virement, avec la référence { $reference }.
