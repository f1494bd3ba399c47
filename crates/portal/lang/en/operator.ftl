# Operating the server.
operator-lead = How the server is. What is in workspaces cannot be seen from here.
operator-accounts = Accounts
operator-jobs-dead = Jobs given up
operator-jobs-waiting = { $n } waiting
operator-server = Server
operator-version = Version
operator-database = Database
operator-sqlite = SQLite, in the data folder
operator-mail = Mail
operator-outbox = Left in the outbox folder: no SMTP is configured
operator-url = Public address
operator-no-dead-jobs = None. A job is given up after a day of trying.
operator-job = Job
operator-error = Last error
operator-attempts = Tries
operator-written = Written on
