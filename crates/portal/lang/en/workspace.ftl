# Workspaces.
workspace-word = Workspace
stone-0 = granite
stone-1 = sandstone
stone-2 = slate
stone-3 = basalt
stone-4 = marble
stone-5 = schist
stone-6 = flint
stone-7 = tuff
stone-8 = quartz
stone-9 = limestone
