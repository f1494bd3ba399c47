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

managed-remotely = Cet ordinateur est géré depuis le portail : Workspace « { $workspace } », { $portal }.
managed-locally = Géré sur l’ordinateur : le Workspace « { $workspace } » est en « Local seulement ».
