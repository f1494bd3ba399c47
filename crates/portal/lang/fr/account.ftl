# Comptes.
said-language-set = C’est fait. Vos pages et vos mails sont en français.
