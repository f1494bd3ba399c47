# Comptes.
said-language-set = C’est fait. Vos pages et vos mails sont en français.
said-signed-out = Vous êtes déconnecté.
said-email-confirmed = Votre adresse est confirmée. Connectez-vous.
said-password-reset = Votre mot de passe est changé, et vos sessions sont terminées. Connectez-vous.
said-profile-saved = C’est enregistré.
said-password-changed = Votre mot de passe est changé. Vos autres sessions sont terminées.
said-session-ended = La session est terminée.
said-sessions-ended = Vos autres sessions sont terminées.
said-api-key-revoked = La clé d’API est révoquée. Elle n’ouvre plus rien.
said-operator-made = Vous êtes l’exploitant de ce serveur.

language-name = Français
gate-pitch = Vos ordinateurs protégés, vos licences en ordre.
email-address = Adresse e-mail
password = Mot de passe
new-password = Nouveau mot de passe
your-name = Votre nom
forgot-password = Mot de passe oublié ?
sign-in-lead = Avec l’adresse de votre compte Rempart.
no-account-yet = Pas encore de compte ?
make-one = En créer un
sign-up = Créer un compte
sign-up-lead = Un lien arrive par e-mail pour confirmer votre adresse.
sign-up-now = Créer le compte
have-account = Déjà un compte ?
password-help = Quatre mots sans rapport entre eux font un bon mot de passe. Toutes les écritures sont admises.
sent-title = Regardez votre boîte
sign-up-sent = Un mail vient de partir à l’adresse que vous avez donnée. Suivez son lien dans les 24 heures pour confirmer le compte.
forgot-sent = Si cette adresse a un compte, un lien vient de partir. Il sert une fois, pendant 30 minutes.
sent-wait = Rien après quelques minutes ? Regardez aussi parmi les indésirables.
nothing-came = Rien n’est arrivé ?
resend-link = Renvoyer le lien
resend-title = Renvoyer le lien
resend-lead = Pour un compte créé mais pas encore confirmé.
send-link = Envoyer un lien
back-to-sign-in = Revenir à la connexion
confirm-title = Confirmer votre adresse
confirm-lead = Vous avez demandé un compte Rempart pour { $email }.
confirm-now = Confirmer mon adresse
confirm-not-me = Ce n’était pas vous ? Fermez cette page : sans confirmation, le compte n’existe pas.
confirm-dead = Si vous avez déjà confirmé votre adresse, connectez-vous. Sinon, faites-vous envoyer un autre lien.
link-dead-title = Ce lien ne sert plus
forgot-lead = Donnez l’adresse de votre compte. Un lien arrive pour choisir un nouveau mot de passe.
reset-title = Choisir un nouveau mot de passe
reset-lead = Pour le compte { $email }. Toutes ses sessions se terminent.
reset-now = Changer le mot de passe
reset-dead = Un lien sert une fois, pendant 30 minutes. Demandez-en un autre : il arrive aussitôt.
ask-new-link = Demander un autre lien
welcome-title = Exploiter ce serveur
welcome-lead = Ce serveur n’a pas encore d’exploitant. L’exploitant délivre les licences et veille sur le serveur ; il ne voit pas le contenu des Workspaces.
welcome-signed-in = Ce serveur n’a pas encore d’exploitant. Le compte { $email } le devient.
welcome-now = Devenir l’exploitant
welcome-dead = Il sert une fois, pendant 24 heures, et tant que le serveur n’a pas d’exploitant. Sur le serveur, cette commande en donne un autre :

account-lead = Ce que voient les autres, où vous êtes connecté, et la clé de vos programmes.
profile = Profil
email-help = C’est elle qui vous connecte. Elle ne peut pas encore être changée.
language = Langue
language-help = Celle des pages et des mails.
save-profile = Enregistrer
present-password = Mot de passe actuel
change-password = Changer le mot de passe
change-password-help = Vos autres sessions se terminent, et un mail vous le dit.
sessions = Sessions
browser = Navigateur
network-address = Adresse
last-seen = Vue
since = Depuis
actions = Actions
this-session = Celle-ci
end-session = Terminer
end-other-sessions = Terminer les autres
browser-on = { $program } sous { $system }
browser-unknown = Navigateur inconnu
api-key = Clé d’API
api-key-lead = Avec elle, un programme fait en votre nom tout ce que vous pouvez faire ici. Un compte a une clé.
api-key-used = Créée le { $made }, utilisée { $used }.
api-key-unused = Créée le { $made }, jamais utilisée.
make-api-key = Créer une clé
replace-api-key = Remplacer la clé
replace-api-key-help = La remplacer arrête aussitôt celle qui sert.
revoke-api-key = Révoquer la clé
api-key-made-title = Votre nouvelle clé
api-key-made-lead = Copiez-la maintenant : elle n’est montrée qu’une fois.
api-key-try = Un programme l’envoie ainsi :
api-key-kept = Je l’ai copiée
copy = Copier
copied = Copié
demo-mail-lead = Cette démonstration n’envoie rien. Voici ce qui serait parti, le plus récent d’abord.
demo-mail-to = À { $to }
demo-mail-none = Aucun mail pour l’instant
demo-mail-none-lead = Créez un compte, ou demandez un nouveau mot de passe : le mail arrive ici.

wait-seconds = { $n ->
    [one] { $n } seconde
   *[other] { $n } secondes
 }
wait-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
 }

strength-0 = Très faible.
strength-1 = Faible.
strength-2 = Moyen.
strength-3 = Bon.
strength-4 = Solide.
password-too-long = Il dépasse 1 000 caractères.
password-keys-in-a-row = Des touches qui se suivent se devinent vite.
password-keys-in-a-pattern = Un dessin sur le clavier se devine vite.
password-repeats = Les répétitions se devinent vite.
password-common = Il est parmi les premiers qu’on essaie.
password-nearly-common = Il ressemble trop à un mot de passe courant.
password-sequence = Les suites comme abc ou 6543 se devinent vite.
password-year = Les années récentes se devinent vite.
password-one-word = Un mot seul se devine vite.
password-date = Les dates se devinent souvent.
password-name = Les noms et prénoms se devinent vite.
password-few-words = Prenez quelques mots qui ne vont pas ensemble.
password-more-words = Ajoutez un ou deux mots peu courants.
password-capitals = Les majuscules n’aident guère : ajoutez plutôt un mot.
password-reversed = Écrire à l’envers n’aide guère : ajoutez plutôt un mot.
password-substitutions = Mettre « @ » pour « a » n’aide guère : ajoutez plutôt un mot.

mail-confirm-subject = Confirmez votre adresse
mail-confirm-text =
    Bonjour,

    Un compte Rempart a été demandé pour cette adresse. Pour le créer, ouvrez ce lien et confirmez :

    { $link }

    Il sert une fois, pendant 24 heures.

    Si ce n’était pas vous, ne faites rien : sans confirmation, le compte n’existe pas.
mail-already-subject = Vous avez déjà un compte
mail-already-text =
    Bonjour,

    Un compte Rempart a été demandé pour cette adresse, mais elle en a déjà un. Rien n’a été changé.

    Pour vous connecter :
    { $signin }

    Si vous ne savez plus votre mot de passe :
    { $forgot }

    Si ce n’était pas vous, ne faites rien.
mail-reset-subject = Choisissez un nouveau mot de passe
mail-reset-text =
    Bonjour,

    Un nouveau mot de passe a été demandé pour votre compte Rempart. Pour le choisir, ouvrez ce lien :

    { $link }

    Il sert une fois, pendant 30 minutes. Vos sessions se terminent alors partout.

    Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.
mail-changed-subject = Votre mot de passe a été changé
mail-changed-text =
    Bonjour,

    Le mot de passe de votre compte Rempart a été changé le { $at }. Vos autres sessions sont terminées. Votre clé d’API, si vous en avez une, sert toujours.

    Si ce n’était pas vous, choisissez-en un autre tout de suite :
    { $forgot }
