// Small programs that fetch the real one and start it.

rule Rempart_Dropper_CronDownload {
    meta:
        description_en = "Scheduled task (cron) that fetches a script and runs it"
        description_fr = "Tâche planifiée (cron) qui va chercher un script et l'exécute"
        severity = "high"
    strings:
        $line = /([0-9*][0-9*,\/\-]{0,12}\s+){4}[0-9*][0-9*,\/\-]{0,12}\s+([a-z_][\w\-]{0,20}\s+)?[^\n|#]{0,80}(curl|wget)\s[^\n|]{0,40}https?:\/\/[^\n]{4,240}\|\s*(sudo\s+)?(\/bin\/|\/usr\/bin\/)?((ba|da|z)?sh|python[0-9.]{0,4}|perl)\b/
        $alias = /@(reboot|hourly|daily)\s+([a-z_][\w\-]{0,20}\s+)?[^\n|#]{0,80}(curl|wget)\s[^\n|]{0,40}https?:\/\/[^\n|]{4,200}\|\s*(sudo\s+)?(\/bin\/|\/usr\/bin\/)?((ba|da|z)?sh|python[0-9.]{0,4}|perl)\b/
    condition:
        filesize < 512KB and any of them
}

rule Rempart_Dropper_SystemdDownload {
    meta:
        description_en = "System service that fetches a script and runs it"
        description_fr = "Service système qui va chercher un script et l'exécute"
        severity = "high"
    strings:
        $start = /Exec(Start|StartPre|StartPost|Stop|Reload)\s?=[^\n|]{0,80}(curl|wget)\s[^\n|]{0,40}https?:\/\/[^\n|]{4,200}\|\s*(sudo\s+)?(\/bin\/|\/usr\/bin\/)?((ba|da|z)?sh|python[0-9.]{0,4}|perl)\b/
    condition:
        filesize < 128KB and $start
}

rule Rempart_Dropper_PipeFromAddress {
    meta:
        description_en = "Command that fetches a script from a bare address and runs it"
        description_fr = "Commande qui va chercher un script à une adresse IP brute et l'exécute"
        severity = "high"
    strings:
        $run = /\b(curl|wget)\s[^\n|;]{0,100}(https?|ftp):\/\/[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(:[0-9]{1,5})?\/[^\s|;]{0,200}["']?[^\n|;]{0,60}\|\s*(sudo\s+)?(nohup\s+)?(\/bin\/|\/usr\/bin\/)?((ba|da|z)?sh|python[0-9.]{0,4}|perl)\b/
        $here = /\b(curl|wget)\s[^\n|;]{0,100}(https?|ftp):\/\/(127\.|10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.)/
    condition:
        filesize < 512KB and #run > #here
}

rule Rempart_Dropper_TemporaryRun {
    meta:
        description_en = "Script that fetches a program into a temporary folder, makes it runnable and starts it"
        description_fr = "Script qui télécharge un programme dans un dossier temporaire, le rend exécutable et le lance"
        severity = "high"
    strings:
        $into = /\b(curl|wget|tftp|ftpget)\s[^\n]{0,240}(-O|-o|>|--output|--output-document|-l)[\s=]?\s?["']?(\/tmp|\/var\/tmp|\/dev\/shm)\/[\w.\-]{1,60}["']?\s*(&&|;|\|\||\n|2>|>)[^\n]{0,120}\n?\s*(sudo\s+)?chmod\s+(-R\s+)?(\+x|a\+x|u\+x|ug\+x|[0-7]?7[0-7]{2})\s+["']?(\/tmp|\/var\/tmp|\/dev\/shm)\/[\w.\-]{1,60}["']?\s*(&&|;|\n)\s*(sudo\s+|nohup\s+|setsid\s+|exec\s+|\(\s*)?["']?(\/tmp|\/var\/tmp|\/dev\/shm)\//
        $within = /\bcd\s+(\/tmp|\/var\/tmp|\/dev\/shm)\/?\s*(&&|;|\n)[^\n]{0,40}\n?\s*(curl|wget|tftp|ftpget)\s[^\n]{4,240}(&&|;|\n)\s*(sudo\s+)?chmod\s+(\+x|a\+x|u\+x|[0-7]?7[0-7]{2})\s+[\w.\-*]{1,60}\s*(&&|;|\n)\s*(sudo\s+|nohup\s+|setsid\s+)?\.\/[\w.\-]{1,60}/
    condition:
        filesize < 128KB and any of them
}

rule Rempart_Dropper_BotLoader {
    meta:
        description_en = "Loader of a botnet: tries one folder after the other, fetches a program for every processor, runs it and removes it"
        description_fr = "Chargeur de botnet : essaie un dossier après l'autre, télécharge un programme pour chaque processeur, le lance et l'efface"
        severity = "critical"
    strings:
        $folders = /cd\s+\/tmp\s*\|\|\s*cd\s+\/(var\/run|var\/tmp|mnt|root|dev\/shm|run)/
        $fetch_a = /wget\s[^\n;&|]{4,160}(mips|mpsl|mipsel|arm[4-7]?|x86(_64)?|i[4-6]86|ppc|sh4|m68k|spc|sparc|arc)\b/
        $fetch_b = /curl\s[^\n;&|]{4,160}(mips|mpsl|mipsel|arm[4-7]?|x86(_64)?|i[4-6]86|ppc|sh4|m68k|spc|sparc|arc)\b/
        $fetch_c = /tftp\s[^\n;&|]{4,160}(mips|mpsl|mipsel|arm[4-7]?|x86(_64)?|i[4-6]86|ppc|sh4|m68k|spc|sparc|arc)\b/
        $run = /chmod\s+(\+x|777|755)\s+[^\n;&|]{1,80}\s?[;&]/
        $remove_a = "rm -rf "
        $remove_b = "rm -f "
    condition:
        filesize < 128KB and ($folders or #fetch_a > 3) and any of ($fetch_*) and $run and any of ($remove_*)
}

rule Rempart_Dropper_NpmInstallHook {
    meta:
        description_en = "JavaScript package that fetches and runs code while it is being installed"
        description_fr = "Paquet JavaScript qui va chercher et exécute du code pendant son installation"
        severity = "high"
    strings:
        $pipe = /"(pre|post)?install"\s?:\s?"[^"\n]{0,200}(curl|wget)\s[^"\n|]{4,240}\|\s*(ba|da|z)?sh\b/
        $node = /"(pre|post)?install"\s?:\s?"[^"\n]{0,40}node\s+-e\s[^\n]{0,120}(child_process|https?:\/\/|Buffer\.from)/
        $shell = /"(pre|post)?install"\s?:\s?"[^"\n]{0,80}(\/dev\/tcp\/|powershell[^"\n]{0,60}(hidden|-enc))/ nocase
    condition:
        filesize < 256KB and any of them
}

rule Rempart_Dropper_WindowsProxy {
    meta:
        description_en = "Windows's own programs made to fetch and run foreign code (mshta, regsvr32, rundll32, bitsadmin)"
        description_fr = "Programmes de Windows détournés pour chercher et exécuter du code (mshta, regsvr32, rundll32, bitsadmin)"
        severity = "high"
    strings:
        $mshta = /\bmshta(\.exe)?["']?\s{1,4}["']?(javascript:|vbscript:|https?:\/\/[^\s"']{4,200}\.(hta|sct|vbs|js|php|jpg|png|mp[34])\b)/ nocase ascii wide
        $regsvr = /\bregsvr32(\.exe)?["']?\s[^\n]{0,80}\/i:["']?https?:\/\/[^\n]{4,200}\sscrobj(\.dll)?/ nocase ascii wide
        $rundll = /\brundll32(\.exe)?["']?\s{1,4}javascript:/ nocase ascii wide
        $bits = /\bbitsadmin(\.exe)?["']?\s[^\n]{0,40}\/transfer\s[^\n]{1,80}https?:\/\/[^\n]{4,200}\.(exe|dll|scr|bat|ps1|vbs|hta)\b[^\n]{0,200}(&|&&)\s*(start|call|cmd|"?%|"?c:)/ nocase ascii wide
    condition:
        filesize < 256KB and any of them
}

rule Rempart_Dropper_WindowsScript {
    meta:
        description_en = "Windows script that downloads a file, saves it and starts it"
        description_fr = "Script Windows qui télécharge un fichier, l'enregistre et le lance"
        severity = "high"
    strings:
        $shell = /(WScript|Shell)\.(Shell|Application)/ nocase ascii wide
        $http = /(MSXML2\.(Server)?XMLHTTP|Microsoft\.XMLHTTP|WinHttp\.WinHttpRequest)/ nocase ascii wide
        $stream = "ADODB.Stream" nocase ascii wide
        $save = ".SaveToFile" nocase ascii wide
        $body = /\.ResponseBody/ nocase ascii wide
        $run = /\.(Run|ShellExecute|Exec)\s?\(?\s?[\w"'(]/ nocase ascii wide
        $type = /\.Type\s?=\s?1/ nocase ascii wide
    condition:
        filesize < 512KB and $shell and $http and $stream and $save and $body and $run and $type
}

rule Rempart_Dropper_OfficeMacro {
    meta:
        description_en = "Office macro that starts another program as soon as the document is opened"
        description_fr = "Macro Office qui lance un autre programme dès l'ouverture du document"
        severity = "high"
    strings:
        $open = /\bSub\s+(AutoOpen|Auto_Open|Document_Open|DocumentOpen|Workbook_Open|AutoExec|AutoClose|Document_Close)\s?\(/ nocase
        $shell_a = /\bShell\s?\(?\s?["'\w]/
        $shell_b = "WScript.Shell" nocase
        $shell_c = "Shell.Application" nocase
        $shell_d = "winmgmts" nocase
        $what_a = "powershell" nocase
        $what_b = "cmd.exe" nocase
        $what_c = "mshta" nocase
        $what_d = "wscript" nocase
        $what_e = "regsvr32" nocase
        $what_f = "rundll32" nocase
        $what_g = /cmd\s{1,2}\/c/ nocase
        $how_a = "http://"
        $how_b = "https://"
        $how_c = " -enc" nocase
        $how_d = "hidden" nocase
        $how_e = "vbHide"
        $how_f = "URLDownloadToFile"
    condition:
        filesize < 1MB and $open and any of ($shell_*) and any of ($what_*) and any of ($how_*)
}

rule Rempart_Dropper_DesktopEntry {
    meta:
        description_en = "Desktop launcher that fetches or decodes a script and runs it"
        description_fr = "Lanceur de bureau qui va chercher ou décode un script et l'exécute"
        severity = "high"
    strings:
        $entry = "[Desktop Entry]"
        $fetch = /\nExec\s?=[^\n]{0,160}(curl|wget)\s[^\n]{4,300}(\|\s*(ba|da|z)?sh\b|chmod\s+(\+x|7))/
        $decode = /\nExec\s?=[^\n]{0,300}base64\s+(-d|--decode)[^\n]{0,60}\|\s*(ba|da|z)?sh\b/
    condition:
        filesize < 64KB and $entry and ($fetch or $decode)
}
