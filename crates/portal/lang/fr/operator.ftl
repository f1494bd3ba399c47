# Exploitation du serveur.
operator-lead = L’état du serveur. Ce que contiennent les Workspaces ne se voit pas d’ici.
operator-accounts = Comptes
operator-jobs-dead = Travaux abandonnés
operator-jobs-waiting = { $n } en attente
operator-server = Serveur
operator-version = Version
operator-database = Base de données
operator-sqlite = SQLite, dans le dossier de données
operator-mail = Mails
operator-outbox = Déposés dans le dossier outbox : aucun SMTP n’est configuré
operator-url = Adresse publique
operator-no-dead-jobs = Aucun. Un travail est abandonné après une journée d’essais.
operator-job = Travail
operator-error = Dernière erreur
operator-attempts = Essais
operator-written = Écrit le
