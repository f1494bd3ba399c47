// Making somebody else's computer dig for coins.

rule Rempart_Miner_StratumConfig {
    meta:
        description_en = "Configuration of a coin miner: a mining pool and a Monero wallet"
        description_fr = "Configuration d'un mineur de cryptomonnaie : un serveur de minage et un portefeuille Monero"
        severity = "medium"
    strings:
        $pool = /"url"\s?:\s?"(stratum\+(tcp|ssl|tls):\/\/)?[\w.\-]{4,100}:[0-9]{2,5}"/
        $wallet = /"(user|wallet|address)"\s?:\s?"[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}[".+]/
        $pools = /"(pools|algo|donate-level|randomx|coin|rig-id|pass)"\s?:/
    condition:
        filesize < 256KB and all of them
}

rule Rempart_Miner_Command {
    meta:
        description_en = "Command that starts a coin miner with a pool and a wallet"
        description_fr = "Commande qui lance un mineur de cryptomonnaie avec un serveur et un portefeuille"
        severity = "high"
    strings:
        $monero = /(-u|--user)[ =]["']?[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}/
        $stratum = /stratum\+(tcp|ssl|tls):\/\/[\w.\-]{4,100}:[0-9]{2,5}["']?\s[^\n]{0,120}(-u|--user|-O|--userpass)[=\s]\s?["']?[\w.:\-]{20,}/
        $background_a = "nohup "
        $background_b = "--background"
        $background_c = /> ?\/dev\/null 2>&1/
        $background_d = "setsid "
        $background_e = "--donate-level"
        $background_f = "--cpu-priority"
    condition:
        filesize < 512KB and ($monero or $stratum) and any of ($background_*)
}

rule Rempart_Miner_RivalKiller {
    meta:
        description_en = "Script that stops other people's coin miners to have the processor for itself"
        description_fr = "Script qui arrête les mineurs des autres pour garder le processeur pour lui"
        severity = "critical"
    strings:
        $kill_1 = /(pkill|killall)\s+(-9\s+|-f\s+){0,2}["']?xmrig/
        $kill_2 = /(pkill|killall)\s+(-9\s+|-f\s+){0,2}["']?kinsing/
        $kill_3 = /(pkill|killall)\s+(-9\s+|-f\s+){0,2}["']?kdevtmpfsi/
        $kill_4 = /(pkill|killall)\s+(-9\s+|-f\s+){0,2}["']?(minerd|cpuminer|minergate)/
        $kill_5 = /(pkill|killall)\s+(-9\s+|-f\s+){0,2}["']?(xmr-stak|stratum|cryptonight|monerohash|supportxmr|nanopool)/
        $kill_6 = /(pkill|killall)\s+(-9\s+|-f\s+){0,2}["']?(sysupdate|sysguard|networkservice|watchbog|kthreaddi|ddgs|qW3xT)/
        $grep = /grep\s+(-[a-zA-Z]{1,4}\s+)?["']?(xmrig|kinsing|kdevtmpfsi|minerd|cryptonight|stratum|xmr-stak|monerohash|minexmr)[^\n]{0,160}\|\s*xargs[^\n]{0,30}kill/
    condition:
        filesize < 256KB and (3 of ($kill_*) or #grep > 2 or ($grep and 2 of ($kill_*)))
}
