managed-remotely = Cet ordinateur est géré depuis le portail : Workspace « { $workspace } », { $portal }.
managed-locally = Géré sur l’ordinateur : le Workspace « { $workspace } » est en « Local seulement ».
