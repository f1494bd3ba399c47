# Workspaces.
workspace-word = Workspace
stone-0 = granit
stone-1 = grès
stone-2 = ardoise
stone-3 = basalte
stone-4 = marbre
stone-5 = schiste
stone-6 = silex
stone-7 = tuffeau
stone-8 = quartz
stone-9 = calcaire
