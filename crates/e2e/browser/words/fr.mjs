// The words on the screen, in French: the seed's, where it has them.
export const fr = {
  // Account
  signIn: 'Se connecter',
  signOut: 'Se déconnecter',
  signUp: 'Créer un compte',
  email: 'Adresse e-mail',
  password: 'Mot de passe',
  forgotten: 'Mot de passe oublié ?',
  // The wall
  personalLicences: 'Licences personnelles',
  workspaces: 'Workspaces',
  settings: 'Paramètres',
  // Workspaces
  create: 'Créer',
  localAndRemote: 'Local et à distance',
  localOnly: 'Local seulement',
  remoteOnly: 'À distance seulement',
  // Licence
  reassign: 'Réassigner une licence à ce Workspace',
  reassignNow: 'Réassigner maintenant',
  updatePayment: 'Actualiser les informations de paiement',
};
