// Staying on a computer that is not one's own, and hiding there.

rule Rempart_Persistence_PreloadWriter {
    meta:
        description_en = "Script that makes every program load a library of its own (ld.so.preload)"
        description_fr = "Script qui fait charger sa bibliothèque par tous les programmes (ld.so.preload)"
        severity = "critical"
    strings:
        $write = /(echo|printf|cat)\s[^\n]{1,120}(>|>>|\|\s*(sudo\s+)?tee\s+(-a\s+)?)\s*["']?\/etc\/ld\.so\.preload/
        $library = /\/(lib|lib64|usr\/lib|usr\/local\/lib|tmp|dev\/shm|var\/tmp|etc)\/[^\s"']{1,80}\.so/
    condition:
        filesize < 256KB and $write and $library
}

rule Rempart_Persistence_PreloadRootkit {
    meta:
        description_en = "Library that hides files, processes or connections from other programs"
        description_fr = "Bibliothèque qui cache des fichiers, des processus ou des connexions aux autres programmes"
        severity = "critical"
    strings:
        $list = /\x00readdir(64)?\x00/
        $next = /\x00dlsym\x00/
        $directory = /\x00dirfd\x00/
        $descriptor = "/proc/self/fd/%d"
        $status = "/proc/%s/stat"
        $preload = "/etc/ld.so.preload"
        $connections = "/proc/net/tcp"
        $open = /\x00(fopen|open)(64)?\x00/
        $access = /\x00__?[lf]?xstat(64)?\x00/
    condition:
        uint32(0) == 0x464C457F and uint16(16) == 3 and filesize < 1MB and $list and $next and
        (($directory and $descriptor and $status) or ($preload and $open and $access) or ($connections and $preload))
}

rule Rempart_Persistence_SshKeyAppender {
    meta:
        description_en = "Script that lets a foreign key sign in through SSH and locks or hides it"
        description_fr = "Script qui autorise une clé étrangère à se connecter par SSH et la verrouille ou la dissimule"
        severity = "high"
    strings:
        $add = /(echo|printf)\s+(-[en]{1,2}\s+)?["']?ssh-(rsa|ed25519|dss)\s+AAAA[A-Za-z0-9+\/=]{20,}[^\n]{0,120}>>?\s*["']?[^\n;&]{0,60}\.ssh\/authorized_keys/
        $lock = /chattr\s+(-R\s+)?[+\-][iaAeuSt]{1,6}\s[^\n;]{0,80}(\.ssh|authorized_keys)/
        $quiet_a = "unset HISTFILE"
        $quiet_b = "HISTFILE=/dev/null"
        $quiet_c = "history -c"
        $sshd = /sed\s+-i[^\n]{0,80}PermitRootLogin[^\n]{0,60}sshd_config/
        $fetch = /curl\s[^\n|]{4,200}\|\s*(ba|da|z)?sh\b/
    condition:
        filesize < 256KB and $add and any of ($lock, $quiet_a, $quiet_b, $quiet_c, $sshd, $fetch)
}

rule Rempart_Persistence_Immutable {
    meta:
        description_en = "Script that makes its scheduled task or key impossible to remove"
        description_fr = "Script qui rend sa tâche planifiée ou sa clé impossible à supprimer"
        severity = "high"
    strings:
        $lock = /chattr\s+(-R\s+)?\+[iaAeuSt]{1,6}\s[^\n;&|]{0,100}(\/etc\/cron|\/var\/spool\/cron|authorized_keys|ld\.so\.preload|\/etc\/rc\.|\/etc\/systemd\/system\/)/
        $fetch_a = /curl\s[^\n]{0,160}https?:\/\//
        $fetch_b = /wget\s[^\n]{0,160}https?:\/\//
    condition:
        filesize < 256KB and $lock and any of ($fetch_*)
}

rule Rempart_Persistence_LogWipe {
    meta:
        description_en = "Script that removes the traces of who signed in and what they did"
        description_fr = "Script qui efface les traces des connexions et de ce qui a été fait"
        severity = "high"
    strings:
        $wtmp = /(>\s?|rm\s+-r?f\s+|shred\s[^\n;]{0,40})\/var\/(log|run)\/(wtmp|utmp)/
        $btmp = /(>\s?|rm\s+-r?f\s+|shred\s[^\n;]{0,40})\/var\/log\/(btmp|lastlog|faillog)/
        $auth = /(>\s?|rm\s+-r?f\s+|shred\s[^\n;]{0,40})\/var\/log\/(secure|auth\.log|audit\/)/
        $shell = /(>\s?|rm\s+-r?f\s+|shred\s[^\n;]{0,40})[^\n;\s]{0,30}\.bash_history/
        $history_a = "unset HISTFILE"
        $history_b = "HISTFILE=/dev/null"
        $history_c = "history -c"
    condition:
        filesize < 256KB and ($wtmp or $btmp) and 3 of them
}
