// Taking passwords and keys away.

rule Rempart_Stealer_ShellKeys {
    meta:
        description_en = "Script that gathers keys and passwords and sends them away"
        description_fr = "Script qui rassemble des clés et des mots de passe et les envoie ailleurs"
        severity = "high"
    strings:
        $ssh = /\.ssh\/(id_(rsa|dsa|ecdsa|ed25519)|\*)/
        $aws = ".aws/credentials"
        $gcloud = ".config/gcloud"
        $docker = ".docker/config.json"
        $kube = ".kube/config"
        $shadow = "/etc/shadow"
        $git = ".git-credentials"
        $netrc = ".netrc"
        $history = /\.(bash|zsh|mysql|psql)_history/
        $meta = "169.254.169.254/latest/meta-data/iam"
        $send_a = /curl\s[^\n]{0,200}(-F|--form|--data-binary|-T|--upload-file|-X\s?POST|-d\s?["']?@)/
        $send_b = /wget\s[^\n]{0,120}--post-file/
    condition:
        filesize < 256KB and any of ($send_*) and
        4 of ($ssh, $aws, $gcloud, $docker, $kube, $shadow, $git, $netrc, $history, $meta) and
        (uint16(0) == 0x2123 or filesize < 16KB)
}

rule Rempart_Stealer_BrowserPasswords {
    meta:
        description_en = "Program that reads passwords saved in browsers and sends them away"
        description_fr = "Programme qui lit les mots de passe enregistrés dans les navigateurs et les envoie ailleurs"
        severity = "critical"
    strings:
        $login = "Login Data" ascii wide
        $state = "Local State" ascii wide
        $key = "encrypted_key" ascii wide
        $unprotect = /CryptUnprotectData|win32crypt|os_crypt/ ascii wide
        $query = /SELECT\s[^\n]{0,60}(password_value|encrypted_value)[^\n]{0,60}FROM\s+(logins|cookies)/ nocase ascii wide
        $hook_1 = /(discord(app)?\.com|canary\.discord\.com)\/api\/webhooks\// ascii wide
        $hook_2 = /api\.telegram\.org\/bot/ ascii wide
        $hook_3 = /(gofile\.io|anonfiles\.com|transfer\.sh|file\.io|0x0\.st)\// ascii wide
    condition:
        filesize < 8MB and any of ($hook_*) and $login and ($query or $unprotect) and ($state or $key)
}
