// Scripts that hide what they do: code kept as data, unpacked and run.

rule Rempart_Packed_ShellBase64 {
    meta:
        description_en = "Shell script that decodes hidden text and runs it"
        description_fr = "Script shell qui décode un texte caché et l'exécute"
        severity = "high"
    strings:
        $echo = /(echo|printf)\s+(-[en]{1,2}\s+)?["']?[A-Za-z0-9+\/=]{40,}["']?\s*\|\s*(base64|openssl\s+(base64|enc\s+-base64))\s+(-d|-D|--decode|-di)[^\n|]{0,20}\|\s*(sudo\s+)?(\/bin\/|\/usr\/bin\/env\s+)?((ba|da|z|k)?sh|python[0-9.]{0,4}|perl)\b/
        $chain = /base64\s+(-d|-D|--decode|-di)\s*\|\s*(gunzip|gzip\s+-d[c]?|zcat|xxd\s+-r[^\n|]{0,6}|openssl[^\n|]{0,60})\s*\|\s*(sudo\s+)?(\/bin\/)?(ba|da|z|k)?sh\b/
        $eval = /\b(eval|(ba|da)?sh\s+-c)\s+["']?(\$\(|`)\s?(echo|printf)\s+(-[en]{1,2}\s+)?["']?[A-Za-z0-9+\/=]{40,}["']?\s*\|\s*base64\s+(-d|-D|--decode)/
        $here = /base64\s+(-d|-D|--decode)\s*<<<\s?["']?[A-Za-z0-9+\/=]{40,}["']?\s*\|\s*(ba|da|z|k)?sh\b/
    condition:
        filesize < 4MB and any of them
}

rule Rempart_Packed_ShellEscapes {
    meta:
        description_en = "Shell script that spells its commands as escapes and runs them"
        description_fr = "Script shell qui épelle ses commandes en codes d'échappement et les exécute"
        severity = "high"
    strings:
        $pipe = /(echo\s+-n?en?|printf)\s+["'](\\x[0-9a-f]{2}|\\[0-7]{3}){16,}["']\s*\|\s*(\/bin\/)?(ba|da|z|k)?sh\b/ nocase
        $eval = /\beval\s+["']?(\$\(|`)\s?(echo\s+-n?en?|printf)\s+["'](\\x[0-9a-f]{2}|\\[0-7]{3}){16,}/ nocase
        $quote = /\b(eval|sh\s+-c)\s+\$'\\[x0-7]([0-9a-f]{2}\\x|[0-7]{2}\\){16,}/ nocase
    condition:
        filesize < 4MB and any of them
}

rule Rempart_Packed_PowerShellEncoded {
    meta:
        description_en = "PowerShell started with hidden, encoded commands"
        description_fr = "PowerShell lancé avec des commandes cachées et encodées"
        severity = "high"
    strings:
        $run = /powershell(\.exe)?["']?\s[^\n]{0,160}-e(nc|ncodedcommand|c)?\s{1,4}["']?[A-Za-z0-9+\/=]{80,}/ nocase ascii wide
    condition:
        filesize < 4MB and $run
}

rule Rempart_Packed_PowerShellDownload {
    meta:
        description_en = "PowerShell that fetches code out of sight and runs it"
        description_fr = "PowerShell qui va chercher du code à l'abri des regards et l'exécute"
        severity = "high"
    strings:
        $fetch_a = ".downloadstring(" nocase ascii wide
        $fetch_b = ".downloaddata(" nocase ascii wide
        $fetch_c = "invoke-webrequest" nocase ascii wide
        $fetch_d = "invoke-restmethod" nocase ascii wide
        $fetch_e = "iwr http" nocase ascii wide
        $fetch_f = "irm http" nocase ascii wide
        $run_a = /\biex\b/ nocase ascii wide
        $run_b = "invoke-expression" nocase ascii wide
        $hidden = /[\s"']-w[a-z]{0,11} {1,2}["']?hidden\b/ nocase ascii wide
    condition:
        filesize < 512KB and any of ($fetch_*) and any of ($run_*) and $hidden
}

rule Rempart_Packed_PowerShellAmsi {
    meta:
        description_en = "PowerShell that switches off the scanning of scripts"
        description_fr = "PowerShell qui désactive l'analyse des scripts"
        severity = "critical"
    strings:
        $type = /["'\w.+]{0,40}(Amsi["'+]{0,5}Utils|amsi["'+]{0,5}InitFailed|amsi["'+]{0,5}Context|Amsi["'+]{0,5}ScanBuffer)/ nocase ascii wide
        $get = /\.(GetField|GetType)\(/ nocase ascii wide
        $set = /\.SetValue\(\s?\$null\s?,/ nocase ascii wide
        $patch = /VirtualProtect/ nocase ascii wide
        $copy = /Marshal\]?(::|\.)Copy\(/ nocase ascii wide
    condition:
        filesize < 512KB and $type and (($get and $set) or ($patch and $copy))
}

rule Rempart_Packed_PowerShellCharacters {
    meta:
        description_en = "PowerShell code spelled as numbers, put together and run"
        description_fr = "Code PowerShell épelé en nombres, assemblé puis exécuté"
        severity = "high"
    strings:
        $number = /\[char\]\s?\(?\s?(0x)?[0-9a-f]{2,3}\s?\)?\s?\+/ nocase ascii wide
        $list = /[0-9a-f]{2,3}\s?,\s?(0x)?[0-9a-f]{2,3}\s?,\s?(0x)?[0-9a-f]{2,3}\s?\)\s?\|\s?(%|foreach(-object)?)\s?\{\s?\(?\s?\[char\]/ nocase ascii wide
        $run_a = /\biex\b/ nocase ascii wide
        $run_b = "invoke-expression" nocase ascii wide
        $run_c = "$pshome[" nocase ascii wide
        $run_d = "$env:comspec[" nocase ascii wide
    condition:
        filesize < 4MB and (#number > 11 or $list) and any of ($run_*)
}

rule Rempart_Packed_JavaScriptEval {
    meta:
        description_en = "JavaScript that decodes hidden text and runs it"
        description_fr = "JavaScript qui décode un texte caché et l'exécute"
        severity = "medium"
    strings:
        $eval = /\b(eval|Function|setTimeout|execScript)\s?\(\s?(window\.)?(unescape|atob|decodeURIComponent|String\.fromCharCode)\s?\(\s?["']?([%A-Za-z0-9+\/=]{120,}|([0-9]{1,3}\s?,\s?){30,})/
        $chain = /\beval\s?\(\s?\w{0,20}\.?(atob|unescape)\s?\(\s?(atob|unescape|decodeURIComponent)\s?\(/
        $buffer = /\beval\s?\(\s?(Buffer\.from|new\s+Buffer)\(\s?["'][A-Za-z0-9+\/=]{120,}["']\s?,\s?["'](base64|hex)["']\s?\)/
    condition:
        filesize < 4MB and any of them
}

rule Rempart_Packed_PythonExec {
    meta:
        description_en = "Python code that unpacks hidden code and runs it"
        description_fr = "Code Python qui décompresse un code caché et l'exécute"
        severity = "high"
    strings:
        $a = /\bexec\(\s?(compile\(\s?)?(\(?_?\w{0,20}\)?\()?\s?(zlib\.decompress|marshal\.loads|base64\.b(64|32|16|85)decode|lzma\.decompress|codecs\.decode|bz2\.decompress)\(\s?((zlib\.decompress|marshal\.loads|base64\.b(64|32|16|85)decode|lzma\.decompress|bz2\.decompress)\(\s?){0,4}b?["'][A-Za-z0-9+\/=\\x!#-&(-.:-@^`{-~]{60,}/
        $b = /\bexec\(\s?(compile\(\s?)?\(?\s?(__import__|getattr\(__import__)\(\s?["'](zlib|base64|marshal|codecs|lzma|bz2)["']\s?\)/
        $c = /\bexec\(\s?\(?_\)?\(\s?b?["'][^"'\n]{60,}/
        $lambda = /_\s?=\s?lambda\s+__\s?:\s?__import__\(\s?["'](zlib|base64|marshal)/
        $d = /\bexec\(\s?["']["']\s?\.join\(\s?(map\(\s?chr\s?,|\[?\s?chr\()/
    condition:
        filesize < 8MB and any of them
}

rule Rempart_Packed_PerlEval {
    meta:
        description_en = "Perl code that unpacks hidden code and runs it"
        description_fr = "Code Perl qui décompresse un code caché et l'exécute"
        severity = "high"
    strings:
        $a = /\beval\s?\(?\s?(unpack\s?\(?\s?["']?u["']?\s?,|pack\s?\(?\s?["']H\*["']\s?,|decode_base64\s?\(?\s?["'])\s?["']?[^\n"']{40,}/
        $b = /\beval\s?\(?\s?unpack\s?\(?\s?u\s?=>\s?q[\{\[\(]/
        $c = /MIME::Base64[^\n]{0,40}\beval\s?\(?\s?decode_base64\b/
    condition:
        filesize < 4MB and any of them
}

rule Rempart_Packed_PhpEval {
    meta:
        description_en = "PHP code that unpacks hidden code and runs it"
        description_fr = "Code PHP qui décompresse un code caché et l'exécute"
        severity = "high"
    strings:
        $chain = /\b(eval|assert)\s?\(\s?["']?\s?(\?>["']\s?\.\s?)?((gzinflate|gzuncompress|gzdecode|str_rot13|base64_decode|strrev|rawurldecode|convert_uudecode|hex2bin)\s?\(\s?){2,6}["'$]/ nocase
        $long = /\b(eval|assert)\s?\(\s?base64_decode\s?\(\s?["'][A-Za-z0-9+\/=]{120,}/ nocase
        $created = /create_function\s?\(\s?["'][^"'\n]{0,20}["']\s?,\s?(gzinflate|gzuncompress|str_rot13|base64_decode)\s?\(/ nocase
    condition:
        filesize < 8MB and any of them
}

rule Rempart_Packed_VbsCharacters {
    meta:
        description_en = "VBScript code spelled as numbers, put together and run"
        description_fr = "Code VBScript épelé en nombres, assemblé puis exécuté"
        severity = "high"
    strings:
        $run = /\b(execute|executeglobal|eval)\s?\(?\s?(chrw?\s?\(\s?[0-9&h\-+*\/ ]{1,14}\s?\)\s?&\s?){10,}/ nocase ascii wide
    condition:
        filesize < 4MB and $run
}

rule Rempart_Packed_BatchSlices {
    meta:
        description_en = "Batch file that picks its commands letter by letter out of variables"
        description_fr = "Fichier batch qui compose ses commandes lettre par lettre à partir de variables"
        severity = "high"
    strings:
        $slice = /:~-?[0-9]{1,4},1%/
    condition:
        filesize < 4MB and #slice > 11
}
