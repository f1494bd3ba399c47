# Accounts.
said-language-set = Done. Your pages and mails are in English.
