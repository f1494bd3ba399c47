// Taking files hostage.

rule Rempart_Ransom_Note {
    meta:
        description_en = "Note that demands money for files that were encrypted"
        description_fr = "Message qui réclame une rançon pour des fichiers chiffrés"
        severity = "critical"
    strings:
        $taken = /(your|all|the)\s[^.\n]{0,60}(files|documents|data|network|databases|servers)[^.\n]{0,60}\sencrypted/ nocase ascii wide
        $pris_a = "ont été chiffrés"
        $pris_b = "sont chiffrés"
        $pris_c = "ont été cryptés"
        $pris_d = "sont cryptés"
        $pris_e = "ont été chiffrées"
        $coin_a = "bitcoin" nocase ascii wide
        $coin_b = "monero" nocase ascii wide
        $coin_c = /\bBTC\b/ ascii wide
        $onion = /[a-z2-7]{16,56}\.onion/ ascii wide
        $recover_a = "decryption key" nocase ascii wide
        $recover_b = "decryption tool" nocase ascii wide
        $recover_c = "decryption software" nocase ascii wide
        $recover_d = "decryptor" nocase ascii wide
        $recover_e = "decrypt your" nocase ascii wide
        $recover_f = "decrypt all" nocase ascii wide
        $recover_g = "private key" nocase ascii wide
        $recover_h = "recover your" nocase ascii wide
        $recover_i = "clé de déchiffrement"
        $recover_j = "récupérer vos"
        $threat_a = /do not (rename|modify|try)\b/ nocase ascii wide
        $threat_b = /will be (published|lost|deleted|doubled|leaked)\b/ nocase ascii wide
        $threat_c = /price will\s/ nocase ascii wide
        $threat_d = /\bne (renommez|modifiez|tentez)\b/ nocase
        $contact_a = "tor browser" nocase ascii wide
        $contact_b = "@protonmail" nocase ascii wide
        $contact_c = "@proton.me" nocase ascii wide
        $contact_d = "@tutanota" nocase ascii wide
        $contact_e = "@onionmail" nocase ascii wide
        $contact_f = "@cock.li" nocase ascii wide
        $contact_g = "tox id" nocase ascii wide
        $contact_h = "send payment" nocase ascii wide
    condition:
        filesize < 64KB and ($taken or any of ($pris_*)) and any of ($recover_*) and any of ($threat_*) and
        ($onion or any of ($coin_*)) and ($onion or any of ($contact_*))
}

rule Rempart_Ransom_BackupDestroyer {
    meta:
        description_en = "Program or script that destroys Windows's backups so that files cannot come back"
        description_fr = "Programme ou script qui détruit les sauvegardes de Windows pour empêcher la récupération"
        severity = "critical"
    strings:
        $shadow_1 = /vssadmin(\.exe)?["']?\s{1,4}delete\s{1,4}shadows\s[^\n\x00]{0,20}\/all/ nocase ascii wide
        $shadow_2 = /vssadmin(\.exe)?["']?\s{1,4}resize\s{1,4}shadowstorage\s/ nocase ascii wide
        $shadow_3 = /wmic(\.exe)?["']?\s{1,4}shadowcopy\s{1,4}delete/ nocase ascii wide
        $shadow_4 = /win32_shadowcopy[^\n]{0,60}(\.delete\(|remove-wmiobject|remove-ciminstance)/ nocase ascii wide
        $boot_1 = /bcdedit(\.exe)?["']?\s[^\n\x00]{0,30}recoveryenabled\s{1,4}no\b/ nocase ascii wide
        $boot_2 = /bcdedit(\.exe)?["']?\s[^\n\x00]{0,30}bootstatuspolicy\s{1,4}ignoreallfailures/ nocase ascii wide
        $backup = /wbadmin(\.exe)?["']?\s{1,4}delete\s{1,4}(catalog|systemstatebackup|backup)/ nocase ascii wide
    condition:
        filesize < 4MB and any of ($shadow_*) and (any of ($boot_*) or $backup or 2 of ($shadow_*))
}

rule Rempart_Ransom_ShellEncryptor {
    meta:
        description_en = "Shell script that encrypts a person's files and removes the originals"
        description_fr = "Script shell qui chiffre les fichiers d'une personne et supprime les originaux"
        severity = "critical"
    strings:
        $find_a = /\bfind\s+["']?[\/~$]/
        $find_b = /\bin\s+\$\(\s?find\s/
        $encrypt_a = /openssl\s+(enc\s+)?-?(aes-?256|chacha20|des3)/
        $encrypt_b = /gpg\s[^\n]{0,80}(--symmetric|--encrypt|-c\s)/
        $remove_a = /rm\s+-r?f\s+["']?\$/
        $remove_b = /rm\s+["']?\$/
        $remove_c = /shred\s+-/
        $remove_d = "rm -f {}"
        $note = /(README|RECOVER|DECRYPT|RESTORE|HOW[_\-]TO|RANSOM)[\w\-]{0,40}\.(txt|html|md)/
        $words_a = "bitcoin" nocase
        $words_b = "monero" nocase
        $words_c = ".onion"
    condition:
        filesize < 128KB and any of ($find_*) and any of ($encrypt_*) and any of ($remove_*) and $note and any of ($words_*)
}
