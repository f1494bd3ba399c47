// The words on the screen, in English.
export const en = {
  // Account
  signIn: 'Sign in',
  signOut: 'Sign out',
  signUp: 'Create an account',
  email: 'E-mail address',
  password: 'Password',
  forgotten: 'Forgotten your password?',
  // The wall
  personalLicences: 'Personal licences',
  workspaces: 'Workspaces',
  settings: 'Settings',
  // Workspaces
  create: 'Create',
  localAndRemote: 'Local and remote',
  localOnly: 'Local only',
  remoteOnly: 'Remote only',
  // Licence
  reassign: 'Reassign a licence to this Workspace',
  reassignNow: 'Reassign now',
  updatePayment: 'Update payment information',
};
