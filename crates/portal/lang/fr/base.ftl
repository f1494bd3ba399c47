# Le cadre : navigation, dates, et mots de tous les écrans.
skip-to-content = Aller au contenu
menu = Menu
main-navigation = Navigation principale
personal-licences = Licences personnelles
workspaces = Workspaces
open-workspace = Workspace ouvert
switch-workspace = , changer de Workspace
overview = Vue d’ensemble
devices = Ordinateurs
scans = Analyses
detections = Détections
quarantine = Quarantaine
settings = Paramètres
my-account = Mon compte
operator = Exploitation
demo-mail = Courrier de démonstration
sign-in = Se connecter
sign-out = Se déconnecter
back-home = Revenir à l’accueil
error-reference = Référence pour l’exploitant :
cancel = Annuler
breadcrumb = Fil d’Ariane

mode-local-and-remote = Local et à distance
mode-local-only = Local seulement
mode-remote-only = À distance seulement

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.

ago-now = à l’instant
ago-minutes = il y a { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
 }
ago-hours = il y a { $n ->
    [one] { $n } heure
   *[other] { $n } heures
 }
ago-days = il y a { $n ->
    [one] { $n } jour
   *[other] { $n } jours
 }

by-you = par vous
by-person = par { $name }
filter = Filtrer
filter-all = Toutes
filter-on = Filtre actif :
filter-remove = , retirer
pages = Pages
page-next = Suivante
page-first = Revenir au début
reload = Actualiser
tick = Choisir
tick-one = Choisir { $name }
ticked-actions = Actions sur les lignes cochées
ticked-devices = Pour les ordinateurs cochés
ticked-files = Pour les fichiers cochés
protection-not-reported = Ce Workspace est en « Local seulement » : ses ordinateurs gardent pour eux ce qu’ils analysent et trouvent. Rien de nouveau n’arrive ici.

person-gone = compte fermé
