// Files made to look like something else, so that a person opens them.

rule Rempart_Lure_ShortcutCommand {
    meta:
        description_en = "Windows shortcut that starts a command interpreter with hidden commands"
        description_fr = "Raccourci Windows qui lance un interpréteur avec des commandes cachées"
        severity = "high"
    strings:
        $program_a = "powershell" nocase ascii wide
        $program_b = "cmd.exe" nocase ascii wide
        $program_c = "mshta" nocase ascii wide
        $program_d = "wscript" nocase ascii wide
        $program_e = "cscript" nocase ascii wide
        $program_f = "rundll32" nocase ascii wide
        $program_g = "regsvr32" nocase ascii wide
        $program_h = "forfiles" nocase ascii wide
        $fetch_a = "http://" ascii wide
        $fetch_b = "https://" ascii wide
        $fetch_c = ".downloadstring(" nocase ascii wide
        $fetch_d = ".downloadfile(" nocase ascii wide
        $fetch_e = "invoke-webrequest" nocase ascii wide
        $fetch_f = "frombase64string" nocase ascii wide
        $encoded_a = "-encodedcommand" nocase ascii wide
        $encoded_b = " -enc " nocase ascii wide
        $script_a = "javascript:" nocase ascii wide
        $script_b = "vbscript:" nocase ascii wide
        $slice = /findstr\s[^\n]{0,80}\.lnk/ nocase ascii wide
    condition:
        uint32(0) == 0x0000004C and uint32(4) == 0x00021401 and uint32(16) == 0x46000000 and filesize < 4MB and
        any of ($program_*) and (any of ($fetch_*) or any of ($encoded_*) or any of ($script_*) or $slice)
}

rule Rempart_Lure_ShortcutDoubleExtension {
    meta:
        description_en = "Windows shortcut that shows a document's icon or name and starts a program"
        description_fr = "Raccourci Windows qui montre l'icône ou le nom d'un document et lance un programme"
        severity = "high"
    strings:
        $double = /\.(pdf|doc|docx|xls|xlsx|jpg|png|txt|rtf)\s{0,60}\.(exe|scr|pif|bat|cmd|vbs|vbe|jse|wsf|hta|lnk)\b/ ascii wide
        $icon_a = "acrord32.exe" nocase ascii wide
        $icon_b = "acrobat.exe" nocase ascii wide
        $icon_c = "winword.exe" nocase ascii wide
        $icon_d = "excel.exe" nocase ascii wide
        $icon_e = "imageres.dll" nocase ascii wide
        $icon_f = "msedge.exe" nocase ascii wide
        $program_a = "powershell" nocase ascii wide
        $program_b = "cmd.exe" nocase ascii wide
        $program_c = "mshta" nocase ascii wide
        $program_d = "wscript" nocase ascii wide
        $program_e = "rundll32" nocase ascii wide
        $quiet_a = " hidden " nocase ascii wide
        $quiet_b = " /c " nocase ascii wide
        $quiet_c = "/min " nocase ascii wide
        $document_a = ".pdf" nocase ascii wide
        $document_b = ".docx" nocase ascii wide
        $document_c = ".xlsx" nocase ascii wide
        $document_d = ".jpg" nocase ascii wide
    condition:
        uint32(0) == 0x0000004C and uint32(4) == 0x00021401 and uint32(16) == 0x46000000 and filesize < 4MB and
        ($double or (any of ($icon_*) and any of ($program_*) and any of ($quiet_*) and any of ($document_*)))
}

rule Rempart_Lure_ArchiveDoubleExtension {
    meta:
        description_en = "Archive with a program whose name pretends to be a document"
        description_fr = "Archive contenant un programme dont le nom se fait passer pour un document"
        severity = "high"
    strings:
        $double = /PK\x03\x04.{26}[^\x00\r\n]{1,120}\.(pdf|docx?|xlsx?|pptx?|jpe?g|png|txt|rtf)[ _]{0,80}\.(exe|scr|com|pif|vbs|vbe|jse|wsf|hta|lnk|bat|cmd)/s nocase
        $reversed = /PK\x03\x04.{26}[^\x00\r\n]{0,120}\xE2\x80\xAE[^\x00\r\n]{1,40}\.(exe|scr|com|pif|vbs|vbe|js|jse|wsf|hta|lnk|bat|cmd)/s nocase
    condition:
        filesize < 32MB and uint32(0) == 0x04034B50 and any of them
}

rule Rempart_Lure_HtmlSmuggling {
    meta:
        description_en = "Web page that carries a program in itself and saves it without asking"
        description_fr = "Page web qui transporte un programme et l'enregistre sans demander"
        severity = "high"
    strings:
        $page = /<(html|script|body|svg)\b/ nocase
        $program = /["'`](TVqQAAMAAAAEAAAA|TVpQAAIAAAAEAA8A|TVoAAAAAAAAAAAAA)[A-Za-z0-9+\/]{200,}/
        $archive = /["'`](UEsDB[AB]|UmFyIRoH|N3q8ryccAA|Q0QwMDE)[A-Za-z0-9+\/]{400,}/
        $blob = /new\s+Blob\s?\(\s?\[/
        $save_a = ".download=" ascii
        $save_b = ".download =" ascii
        $save_c = "msSaveOrOpenBlob"
        $save_d = "msSaveBlob"
        $save_e = /setAttribute\(\s?["']download["']/
        $decode_a = "atob("
        $decode_b = "Uint8Array"
    condition:
        filesize < 32MB and $page and ($program or $archive) and $blob and any of ($save_*) and any of ($decode_*)
}

rule Rempart_Lure_SvgScript {
    meta:
        description_en = "Picture (SVG) that decodes hidden text and sends its viewer elsewhere"
        description_fr = "Image (SVG) qui décode un texte caché et envoie celui qui la regarde ailleurs"
        severity = "high"
    strings:
        $svg = /<svg[\s>]/
        $script = /<script[\s>]/ nocase
        $decode_a = "atob("
        $decode_b = "unescape("
        $decode_c = "fromCharCode"
        $decode_d = ".charCodeAt("
        $away_a = "window.location"
        $away_b = "location.href"
        $away_c = "location.replace("
        $away_d = "location.assign("
        $page = /<html[\s>]/ nocase
    condition:
        filesize < 2MB and $svg in (0..2048) and $script and any of ($decode_*) and any of ($away_*) and not $page
}
