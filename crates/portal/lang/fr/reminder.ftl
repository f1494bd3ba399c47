# Rappels : ce qui va arriver à une licence.
reminders = Rappels
reminders-lead = Des courriels qui disent à temps ce qui va arriver à vos licences. Chacun part une fois, jamais tous les jours.
reminders-wanted = Me prévenir
reminder-days-30 = 30 jours avant l’expiration
reminder-days-14 = 14 jours avant
reminder-days-3 = 3 jours avant
reminder-expired = à l’expiration
reminder-grace-end = à la fin des 14 jours qui suivent
reminder-low-seats = quand il reste peu de places
reminders-last = Le rappel de la fin des 14 jours part toujours : c’est le dernier avant que les nouvelles règles n’arrivent plus.
reminders-seats = Le nombre de places à partir duquel prévenir se choisit sur la page de chaque licence.
reminders-save = Enregistrer les rappels
reminders-card = Quels courriels vous recevez avant qu’une licence expire, ou quand ses places s’épuisent.
reminders-choose = Choisir les rappels
said-reminders-set = C’est noté. Vos rappels suivront ce choix.

low-seats-title = Places bientôt épuisées
low-seats-label = Me prévenir quand il reste au plus… places libres
low-seats-help = Laissez vide pour ne pas être prévenu. Un seul courriel part, jusqu’à ce qu’il y ait de nouveau de la marge.
low-seats-save = Enregistrer
said-low-seats-set = C’est noté.
history-licence-set-low-seats = Seuil de places basses changé
history-field-low-seats = Seuil de places basses
history-reminder-days-30 = Rappel envoyé, 30 jours avant l’expiration
history-reminder-days-14 = Rappel envoyé, 14 jours avant l’expiration
history-reminder-days-3 = Rappel envoyé, 3 jours avant l’expiration
history-reminder-expired = Rappel envoyé à l’expiration
history-reminder-grace-end = Rappel envoyé à la fin des 14 jours
history-reminder-low-seats = Rappel envoyé : peu de places libres

mail-reminder-in = associée au Workspace « { $name } »
mail-reminder-nowhere = associée à aucun Workspace
mail-reminder-ends-subject = { $n ->
    [one] Votre licence { $product } expire dans un jour
   *[other] Votre licence { $product } expire dans { $n } jours
 }
mail-reminder-ends-text =
    Bonjour,

    Votre licence { $product } ({ $number }), { $workspace }, expire le { $date }. Elle ne se prolonge pas toute seule.

    Pour la prolonger, ouvrez sa page :

    { $link }

    Si vous ne faites rien, tout continue jusqu’au { $until }. Ensuite, vos ordinateurs restent protégés avec les règles qu’ils ont, sans en recevoir de nouvelles.
mail-reminder-renews-subject = Votre licence { $product } se prolonge le { $date }
mail-reminder-renews-text =
    Bonjour,

    Votre licence { $product } ({ $number }), { $workspace }, se prolonge d’elle-même le { $date }. Vous n’avez rien à faire.

    Pour voir ce qui sera débité, changer de moyen de paiement ou arrêter la prolongation, ouvrez sa page :

    { $link }
mail-reminder-expired-subject = Votre licence { $product } a expiré
mail-reminder-expired-text =
    Bonjour,

    Votre licence { $product } ({ $number }), { $workspace }, a expiré le { $date }. Rien ne change avant le { $until } ; ensuite, vos ordinateurs restent protégés avec les règles qu’ils ont, sans en recevoir de nouvelles.

    Pour la prolonger, ouvrez sa page :

    { $link }
mail-reminder-grace-end-subject = Vos ordinateurs ne reçoivent plus de nouvelles règles
mail-reminder-grace-end-text =
    Bonjour,

    Votre licence { $product } ({ $number }), { $workspace }, a expiré le { $date } et les 14 jours qui suivaient sont passés. Vos ordinateurs restent protégés avec les règles qu’ils ont. Ils n’en reçoivent plus de nouvelles et aucun autre ne peut s’ajouter, jusqu’à ce qu’elle soit prolongée.

    Pour la prolonger, ouvrez sa page :

    { $link }
mail-reminder-low-seats-subject = { $free ->
    [0] Toutes les places de votre licence { $product } sont prises
    [one] Il reste une place dans votre licence { $product }
   *[other] Il reste { $free } places dans votre licence { $product }
 }
mail-reminder-low-seats-text =
    Bonjour,

    Dans votre licence { $product } ({ $number }), { $workspace }, places libres : { $free } sur { $seats }.

    Pour ajouter des places, ou voir quels ordinateurs les occupent, ouvrez sa page :

    { $link }
mail-reminder-foot = Pour ne plus recevoir ces rappels : { $mute }
mail-reminder-foot-last = Ce rappel est le dernier et part toujours. Les autres se choisissent ici : { $mute }
