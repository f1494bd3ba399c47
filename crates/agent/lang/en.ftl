managed-remotely = This computer is managed from the portal: workspace “{ $workspace }”, { $portal }.
managed-locally = This computer is managed at the computer itself: workspace “{ $workspace }” is “Local only”.
