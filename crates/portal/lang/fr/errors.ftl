# Une phrase par code d’erreur.
error-internal = Quelque chose s’est cassé de notre côté. Rien n’a été changé. Réessayez ; si cela persiste, donnez la référence à l’exploitant.
error-unavailable = La base de données ne répond pas en ce moment. Rien n’a été changé. Réessayez dans un instant.
error-not-found = Il n’y a rien à cette adresse, ou rien que vous puissiez voir.
error-method-not-allowed = Cette adresse ne se demande pas de cette façon.
error-sign-in-required = Connectez-vous d’abord.
error-forbidden = Votre rôle dans ce Workspace ne permet pas cela. Demandez à son propriétaire.
error-cross-origin = Ce formulaire a été envoyé depuis un autre site. Rien n’a été changé.
error-malformed-body = Le corps de la requête est illisible.
error-unsupported-media-type = Envoyez du JSON, avec l’en-tête « Content-Type: application/json ».
error-body-too-large = C’est plus grand que ce qui est accepté ici.
error-timed-out = Cela a pris trop de temps. Réessayez.
error-invalid-field = Un champ manque ou n’a pas la bonne forme.
error-too-many-attempts = Trop d’essais. Réessayez dans { $wait }.
error-email-invalid = Ce n’est pas une adresse e-mail : il faut un nom, un « @ » et un domaine.
error-email-taken = Cette adresse a déjà un compte. Connectez-vous avec elle, puis ouvrez de nouveau ce lien.
error-credentials-invalid = L’adresse ou le mot de passe ne correspond pas.
error-email-unconfirmed = Confirmez d’abord votre adresse : un lien vient de vous être envoyé de nouveau.
error-password-weak = Ce mot de passe se devinerait trop vite. { $reason }
error-password-wrong = Ce n’est pas votre mot de passe actuel.
error-link-invalid = Ce lien a déjà servi, a expiré ou n’a jamais existé. Demandez-en un nouveau.
error-person-name-invalid = Donnez un nom de 1 à 80 caractères.
error-language-unknown = Choisissez le français ou l’anglais.
error-account-closed = Ce compte est fermé. Connectez-vous pour le rouvrir.
error-account-open = Ce compte n’est pas fermé.
error-account-owns-workspaces = { $n ->
    [one] Vous êtes propriétaire d’un Workspace. Supprimez-le d’abord.
   *[other] Vous êtes propriétaire de { $n } Workspaces. Supprimez-les d’abord.
 }
error-operator-last = Vous êtes le seul exploitant de ce serveur : ce compte ne peut pas être fermé.
error-workspace-name-length = Un nom de Workspace a de 2 à 64 caractères ; celui-ci en a { $length }.
error-workspace-name-character = Le signe « { $character } » n’est pas admis. Lettres, chiffres, espaces et ( ) - _ . ' & seulement.
error-workspace-name-taken = Ce nom existe déjà sur ce portail. Ces trois sont libres :
error-mode-unknown = Choisissez l’un des trois modes.
error-confirmation-mismatch = Ce n’est pas le nom du Workspace. Recopiez-le exactement.
error-workspace-deleted = Ce Workspace est supprimé. Son propriétaire peut encore le rétablir.
error-key-length = Une clé a 25 signes, en cinq groupes de cinq ; celle-ci en a { $length }.
error-key-symbol = Le signe « { $symbol } » du groupe { $group } ne se trouve dans aucune clé. 0 et O, 1 et I n’y sont jamais.
error-key-group = Le groupe { $group } ne va pas avec le reste. Relisez-le : un signe est faux ou deux sont inversés.
error-key-unknown = Cette clé est bien formée, mais aucune licence ne lui correspond. Vérifiez-la auprès de qui vous l’a vendue.
error-key-taken = Cette clé appartient déjà à un autre compte.
error-key-lapsed = Cette clé devait être utilisée avant le { $date }. Adressez-vous à qui vous l’a vendue.
error-licence-in-use = Cette licence est associée au Workspace « { $workspace } ». La réassigner y laisserait { $devices } ordinateurs sans licence.
error-workspace-has-licence = Ce Workspace a déjà une licence. Détachez-la d’abord.
error-workspace-without-licence = Le Workspace « { $workspace } » n’a pas de licence. Associez-lui une licence dans le portail, puis recommencez.
error-licence-unusable = Cette licence est suspendue ou révoquée.
error-licence-expired = La licence du Workspace « { $workspace } » a expiré. Prolongez-la, ou associez-en une autre dans le portail.
error-licence-too-small = Cette licence a { $seats } places pour des ordinateurs ; ce Workspace en a { $devices }.
error-trial-used = Ce Workspace a déjà eu son essai de 30 jours.
error-trial-bound = L’essai appartient à ce Workspace et ne s’en détache pas. Associez une licence : elle le remplacera.
error-product-unknown = Aucun produit de ce serveur n’a ce code.
error-product-code-invalid = Donnez un code de 2 à 32 lettres, chiffres et tirets.
error-product-code-taken = Un autre produit a déjà ce code.
error-product-name-invalid = Donnez une seule ligne de 80 caractères au plus ; un produit doit avoir un nom.
error-product-withdrawn = { $product } n’est plus en vente.
error-entitlement-invalid = « { $code } » ne convient pas : un code a au plus 64 lettres minuscules, chiffres, points et tirets, une seule fois chacun, cent en tout ; son nom tient sur une ligne de 80 caractères.
error-seat-limits-invalid = Donnez deux nombres de 1 à 1 000 000, le plus petit d’abord.
error-term-limits-invalid = Donnez deux nombres de mois de 1 à 36, le plus petit d’abord.
error-heartbeat-invalid = Donnez de 60 à 604 800 secondes.
error-seats-not-sold = { $product } se vend avec { $min } à { $max } places.
error-months-not-sold = { $product } se vend pour { $min } à { $max } mois.
error-currency-unknown = Donnez une monnaie par ses trois lettres, comme EUR.
error-currency-mismatch = { $product } n’a pas de prix en { $currency }. Il se vend en : { $known }.
error-term-unknown = { $product } n’a pas de prix pour cette durée. Il en a pour ces nombres de mois : { $known }.
error-price-missing = { $product } n’a pas de prix en ce moment, ou pas pour si peu de places.
error-price-amount-invalid = Donnez un montant sans signe, avec une virgule ou un point avant les décimales de sa monnaie.
error-price-period-invalid = Un prix commence et finit à un moment qui n’est pas passé, et finit après avoir commencé.
error-price-closed = Ce prix est déjà terminé, ou se termine avant.
error-count-out-of-range = Donnez de 1 à 10 000 clés.
error-batch-owned = Plusieurs clés à la fois sont à qui les tape le premier : laissez vide le compte du client, ou émettez une seule licence.
error-batch-unfinished = Ces clés sont en train d’être écrites. Réessayez dans un instant.
error-batch-keys-gone = Les clés de ce lot sont effacées de ce serveur : seul qui les a téléchargées les a.
error-redeem-by-past = Donnez un jour qui n’est pas passé.
error-key-duplicate = Cette clé est deux fois dans le fichier, ou ce serveur l’a déjà.
error-csv-malformed = Cette ligne ne se lit pas : un guillemet manque ou est de trop, ou elle a plus de cases que la première.
error-csv-column = La première ligne doit nommer les colonnes : key, et au choix product, kind, seats, months, reseller_name, reseller_contact, owner, redeem_by.
error-csv-cell = « { $text } » ne convient pas à la colonne { $column }.
error-licence-unknown = Aucune licence, ou plusieurs, n’a ce numéro, cette clé, cet identifiant ou ce propriétaire.
error-reason-invalid = Dites pourquoi, en 500 caractères au plus.
error-licence-state-same = Cette licence l’est déjà.
error-revoked-for-good = Cette licence est révoquée, définitivement. Émettez-en plutôt une autre.
error-revocation-unconfirmed = Cette licence est associée au Workspace « { $workspace } », ordinateurs qui s’en servent : { $devices }. Confirmez pour la révoquer tout de même.
error-licence-kind-unknown = Choisissez un abonnement ou une licence sans abonnement.
error-seats-out-of-range = Donnez de 1 à 1 000 000 places.
error-months-out-of-range = Donnez une durée de 1 à 120 mois.
error-change-unknown = Une licence ne se change pas de cette façon.
error-nothing-changes = C’est déjà le cas : rien ne changerait.
error-seats-below-use = { $used ->
    [one] Un ordinateur occupe une place. Retirez-le d’abord, ou gardez-lui une place.
   *[other] { $used } ordinateurs occupent une place. Retirez-en d’abord, ou gardez autant de places.
 }
error-only-at-renewal = Des places se retirent à la prolongation : jusque-là, elles sont payées.
error-period-over = La période de cette licence est finie. Prolongez-la d’abord.
error-trial-first = C’est un essai. Achetez-lui d’abord une durée ; vous pourrez changer le reste ensuite.
error-currency-kept = Cette licence se paie en { $currency } et cela ne change pas.
error-amount-too-large = Ce montant dépasse ce qui peut être facturé.
error-preview-over = Cet aperçu a plus de 15 minutes. Demandez-en un nouveau : rien n’a été facturé.
error-preview-stale = La licence a changé depuis cet aperçu. Demandez-en un nouveau : rien n’a été facturé.
error-order-open = La commande { $reference } de cette licence attend son paiement. Payez-la ou annulez-la d’abord.
error-order-over = Ce n’est plus possible : la commande n’est pas dans cet état.
error-order-not-manual = Cette commande se paie par carte : c’est le prestataire de paiement qui dit quand elle l’est.
error-order-state-unknown = Une commande attend, est payée, annulée ou remboursée.
error-order-note-too-long = Une note a 200 caractères au plus.
error-payment-differs = Le paiement n’est pas du montant de la commande.
error-refund-too-large = On ne peut pas rembourser plus que ce qui reste du paiement.
error-bill-to-too-long = Nom et adresse : huit lignes et 500 caractères au plus.
error-reseller-too-long = Donnez 200 caractères au plus.
error-account-unknown = Aucun compte n’a cette adresse.
error-licence-not-attached = Cette licence n’est associée à aucun Workspace. Associez-la d’abord.
error-file-days-out-of-range = Donnez une durée de 1 à 365 jours.
error-file-needs-key = Tapez la clé de la licence : elle chiffre le fichier et n’est pas gardée ici.
error-key-of-another = Cette clé est celle d’une autre licence.
error-device-without-seat = Cet ordinateur n’occupe pas de place de cette licence.
error-seats-exhausted = Les { $seats } places du Workspace « { $workspace } » sont prises ({ $used } occupées). Ajoutez des places, ou libérez celle d’un ordinateur qui ne sert plus.
error-licence-suspended = La licence est suspendue.
error-licence-revoked = La licence est révoquée.
error-token-invalid = Cette clé d’API n’existe pas.
error-fingerprint-invalid = Donnez l’empreinte de la machine, de 1 à 255 caractères.
error-fingerprint-taken = Cette licence a déjà une machine avec cette empreinte.
error-machine-text-too-long = Le nom, l’hôte et la plateforme ont au plus 255 caractères.
error-checkout-ttl-invalid = Donnez une durée de 3 600 à 31 536 000 secondes.
error-checkout-algorithm-invalid = Les fichiers sont faits avec base64+ed25519 ou aes-256-gcm+ed25519.
error-checkout-include-invalid = « { $name } » ne peut pas être joint.
error-checkout-needs-key = Un fichier chiffré n’est donné qu’à qui présente la clé de licence, qui n’est pas gardée ici.
error-no-seat-to-release = Aucun de ces ordinateurs n’occupe de place.
error-low-seats-out-of-range = Donnez un nombre de places, de 0 à 1 000 000, ou rien.
error-transfer-to-self = Cette adresse est la vôtre. Donnez celle de la personne à qui céder la licence.
error-transfer-open = Cette licence est déjà proposée à quelqu’un. Retirez cette offre d’abord.
error-transfer-too-often = Cette licence a été proposée cinq fois en 24 heures. Chaque offre envoie un message : vous pourrez en faire une autre à partir du { $until }.
error-transfer-over = Cette offre n’est plus valable. Demandez à son propriétaire de la refaire.
error-licence-renews = Cette licence se prolonge toute seule, avec votre moyen de paiement. Désactivez d’abord la prolongation automatique.
error-move-over = Ce déplacement ne peut plus être annulé : sept jours ont passé, ou autre chose a été déplacé depuis.
error-reminder-not-mutable = Le dernier rappel, à la fin des 14 jours, part toujours.
error-token-unknown = Ce jeton d’enrôlement n’existe pas.
error-token-expired = Ce jeton d’enrôlement a expiré. Faites-en un nouveau dans le portail.
error-token-used-up = Ce jeton d’enrôlement a déjà servi autant de fois qu’il le pouvait.
error-token-revoked = Ce jeton d’enrôlement a été révoqué.
error-credential-revoked = Cet ordinateur n’est plus reconnu par le portail. Enrôlez-le de nouveau.
error-credential-duplicated = Ces identifiants servent déjà sur une autre machine. Enrôlez cet ordinateur pour lui-même.
error-proof-invalid = Cet ordinateur n’a pas pu prouver qu’il détient sa clé.
error-device-name-invalid = Donnez à l’ordinateur un nom de 1 à 80 caractères.
error-device-limit-invalid = Donnez un nombre d’ordinateurs de 1 à 100 000, ou laissez vide pour ne pas limiter.
error-device-retired = Cet ordinateur est retiré.
error-managed-locally = Géré sur l’ordinateur : ce Workspace est en « Local seulement ».
error-scan-path-invalid = Donnez un chemin absolu, comme /home/camille.
error-nothing-chosen = Cochez au moins une ligne.
error-scan-over = Cette analyse est déjà terminée.
error-item-not-held = Ce fichier n’est plus en quarantaine.
error-card-declined = { $reason ->
    [funds] La banque a refusé la carte : provision insuffisante ou plafond atteint. Rien n’a été débité. Essayez une autre carte, ou plus tard.
    [expired] La carte a expiré. Rien n’a été débité. Indiquez-en une autre.
    [typed] La banque ne reconnaît pas la carte : vérifiez le numéro, la date et le code de sécurité. Rien n’a été débité.
    [authentication] La banque veut que vous confirmiez votre identité. Rien n’a été débité. Recommencez et suivez ses instructions.
    [later] La banque ne peut pas répondre pour l’instant. Rien n’a été débité. Réessayez dans quelques minutes.
    [unsupported] La banque n’autorise pas ce type de paiement avec cette carte. Rien n’a été débité. Essayez une autre carte.
   *[other] La banque a refusé la carte. Rien n’a été débité. Essayez une autre carte, ou demandez à votre banque.
}
error-payment-unavailable = Le prestataire de paiement est injoignable pour l’instant. Réessayez dans quelques minutes : rien n’est débité deux fois.
error-payment-not-configured = Ce serveur ne prend pas les cartes. Payez avec la facture.
error-payment-method-missing = Il n’y a pas de carte pour payer. Enregistrez-en une d’abord.
error-auto-renewal-unavailable = { $reason ->
    [one-off] Cette licence a été vendue par un revendeur : elle n’est pas prolongée automatiquement.
    [trial] Un essai ne se prolonge pas automatiquement.
    [unusable] Cette licence est suspendue ou révoquée : elle n’est pas prolongée automatiquement.
    [unstarted] La période de cette licence n’a pas encore commencé.
    [no-card] Il n’y a pas de carte à débiter. Enregistrez-en une d’abord.
    [expired] Cette licence a expiré. Prolongez-la d’abord, puis activez la prolongation automatique.
    [card-expires] La carte ne sera plus valable quand la licence expirera. Remplacez-la d’abord.
   *[currency] Le prestataire de paiement ne débite pas dans la devise de cette licence.
}
error-webhook-signature = Ce webhook n’est pas signé par le prestataire de paiement, ou l’a été il y a trop longtemps. Rien n’a été modifié.

# Pourquoi un ordinateur n’a pas fait ce qui lui était demandé.
failure-order-expired = L’ordinateur n’est pas revenu à temps pour recevoir cet ordre.
failure-order-unknown = L’ordinateur n’a plus connaissance de ce qu’il devait arrêter.
failure-device-gone = L’ordinateur a été retiré ou enrôlé de nouveau avant de répondre.
failure-managed-locally = Cet ordinateur est géré sur place : il ne prend pas d’ordres du portail.
failure-managed-remotely = Cet ordinateur n’est géré que depuis le portail.
failure-item-unknown = L’ordinateur n’a plus ce fichier en quarantaine.
failure-item-damaged = Le fichier gardé en quarantaine est endommagé et ne peut pas être déchiffré.
failure-restore-blocked = Le fichier n’a pas pu être remis à sa place : un autre y est, ou le dossier a changé.
failure-delete-blocked = Le fichier n’a pas pu être détruit.
failure-file-unusable = L’ordinateur n’a pas pu ouvrir ce fichier.
failure-target-missing = Il n’y a rien à cet endroit sur l’ordinateur.
failure-scan-lost = L’ordinateur n’a plus donné de nouvelles de cette analyse depuis une semaine.
