// A shell whose input and output go to another computer that the victim connects to.

rule Rempart_ReverseShell_BashTcp {
    meta:
        description_en = "Shell script that hands an interactive shell to another computer through /dev/tcp"
        description_fr = "Script qui livre un shell interactif à un autre ordinateur par /dev/tcp"
        severity = "high"
    strings:
        $interactive = /sh\s+-i\s{0,3}[0-9]?[<>]{1,2}&?\s{0,3}\/dev\/(tcp|udp)\/[^\s\/]{1,120}\/[0-9$]/
        $exec = /exec\s+[0-9]{1,3}\s?<>\s?\/dev\/(tcp|udp)\/[^\s\/]{1,120}\/[0-9$]/
        $loop = /while\s+read\s+-?r?\s?\w{1,20}[^\n]{0,20};\s?do\s[^\n]{0,40}\$\w{1,20}\s+2>&[0-9]/
        $duplicate = /sh\s+(-i\s+)?<&[0-9]{1,3}\s+>&[0-9]{1,3}\s+2>&[0-9]/
    condition:
        filesize < 1MB and ($interactive or ($exec and ($loop or $duplicate)))
}

rule Rempart_ReverseShell_NetcatExec {
    meta:
        description_en = "Command that hands a shell to another computer with netcat"
        description_fr = "Commande qui livre un shell à un autre ordinateur avec netcat"
        severity = "high"
    strings:
        $a = /\b(nc|ncat|netcat|nc\.traditional)\s[^\n|;]{0,120}-[a-z]{0,5}e \/(usr\/)?bin\/(ba|da|z|k)?sh\b/
        $b = /\b(ncat|nc)\s[^\n|;]{0,120}-[a-z]{0,5}c \/(usr\/)?bin\/(ba|da|z|k)?sh\b/
        $c = /\b(nc|ncat|netcat|nc\.traditional)\s[^\n|;]{0,120} -e (ba|da|z)?sh\b/
        $d = /\b(nc|ncat)\.exe\s[^\n]{0,100}-e\s(cmd|powershell)(\.exe)?\b/ nocase
    condition:
        filesize < 256KB and any of them and (uint16(0) == 0x2123 or filesize < 2KB or #a + #b + #c > 2 or $d)
}

rule Rempart_ReverseShell_NamedPipe {
    meta:
        description_en = "Shell looped through a named pipe to another computer (netcat, openssl or telnet)"
        description_fr = "Shell bouclé par un tube nommé vers un autre ordinateur (netcat, openssl ou telnet)"
        severity = "high"
    strings:
        $pipe = /(mkfifo|mknod)\s+(-m\s?[0-7]{3,4}\s+)?[^\s;&|]{1,80}(\s+p)?\s*(;|&&|\|\|)/
        $shell = /(ba|da|z|k)?sh\s+-i\s*(<\s?[^\s|]{1,80}\s+)?2>&1\s*\|\s*(nc|ncat|netcat|busybox nc|openssl\s+s_client|telnet)\s+-?[\w.$]/
        $telnet = /telnet\s+[\w.\-$]{3,80}\s+[0-9$]\w{0,8}\s*(0<\s?[^\s|]{1,60}\s*)?\|\s*(\/bin\/)?(ba|da)?sh\s*(\|\s*telnet\s|1?>\s?[\/\w])/
    condition:
        filesize < 256KB and (($pipe and $shell) or $telnet)
}

rule Rempart_ReverseShell_PythonSocket {
    meta:
        description_en = "Python code that connects to another computer and gives it a shell"
        description_fr = "Code Python qui se connecte à un autre ordinateur et lui donne un shell"
        severity = "high"
    strings:
        $connect = /\.connect\(\s?\(\s?["'(\w]/
        $dup = /\bdup2\(\s?\w{1,20}\.fileno\(\s?\)\s?,\s?[0-2f]/
        $dup_list = /\[\s?os\.dup2\(\s?\w{1,20}\.fileno\(\)\s?,\s?\w{1,10}\s?\)\s?for\s/
        $shell_a = /(subprocess\.(call|run|Popen)|pty\.spawn|os\.system|os\.exec\w{1,3})\(\s?\[?\s?["'](\/bin\/|\/usr\/bin\/)?(ba|da|z)?sh\b/
        $shell_b = /\.(Popen|run|check_output|getoutput)\(\s?\w{1,30}(\.decode\(\)|\[[^\]]{0,12}\])?\s?,\s?shell\s?=\s?True/
        $recv = /=\s?\w{1,20}\.recv\(\s?[0-9]{1,6}\s?\)(\.decode\([^)]{0,20}\))?/
        $send = /\.send(all)?\(/
        $socket = "socket.socket("
        $loop = /while\s?\(?\s?(True|1)\b/
    condition:
        filesize < 128KB and $connect and
        ((($dup or $dup_list) and $shell_a) or ($socket and $recv and $send and $shell_b and $loop and filesize < 16KB))
}

rule Rempart_ReverseShell_PerlSocket {
    meta:
        description_en = "Perl code that connects to another computer and gives it a shell"
        description_fr = "Code Perl qui se connecte à un autre ordinateur et lui donne un shell"
        severity = "high"
    strings:
        $connect_a = /socket\(\s?\w{1,20}\s?,\s?PF_INET\s?,\s?SOCK_STREAM/
        $connect_b = /IO::Socket::INET\s?(->\s?new)?\s?\(\s?["']?(PeerAddr|\$|[\w.]{3,60}:)/
        $in = /open\(?\s?STDIN\s?,\s?["']?[<>]{1,2}&/
        $open = /(STDIN|\$~)->fdopen\(\s?\$\w{1,20}\s?,/
        $exec = /exec\s?\(?\s?[\{"']\s?(\/bin\/)?(ba|da)?sh\b/
        $system = /system\s?\$_\s?while\s?<>/
    condition:
        filesize < 128KB and any of ($connect_*) and (($in and $exec) or ($open and $system))
}

rule Rempart_ReverseShell_PhpSocket {
    meta:
        description_en = "PHP code that connects to another computer and gives it a shell"
        description_fr = "Code PHP qui se connecte à un autre ordinateur et lui donne un shell"
        severity = "high"
    strings:
        $connect = /\b(fsockopen|pfsockopen|stream_socket_client)\s?\(\s?["'$]/
        $shell = /\b(exec|shell_exec|system|passthru|popen)\s?\(\s?["'](\/bin\/)?(ba|da)?sh\s+-i\s?(<&[0-9$]|2>&1)/
        $process = /proc_open\s?\(\s?["']?[^)\n]{0,60}(sh -i|\$shell|\/bin\/(ba)?sh|cmd\.exe)/
        $pipes = /array\(\s?["']pipe["']\s?,\s?["']r["']\s?\)/
        $feed = /fwrite\s?\(\s?\$pipes\[0\]/
    condition:
        filesize < 128KB and $connect and ($shell or ($process and ($pipes or $feed)))
}

rule Rempart_ReverseShell_RubySocket {
    meta:
        description_en = "Ruby code that connects to another computer and gives it a shell"
        description_fr = "Code Ruby qui se connecte à un autre ordinateur et lui donne un shell"
        severity = "high"
    strings:
        $connect = /TCPSocket\.(open|new)\s?\(?\s?["']/
        $exec = /exec\s+(sprintf\s?\(\s?)?["'](\/bin\/)?(ba|da)?sh\s+-i\s?<&/
        $spawn = /spawn\s?\(?\s?["'](\/bin\/)?(ba|da)?sh["']?\s?,\s?\[?:in/
        $popen = /IO\.popen\(\s?\w{1,20}\s?,\s?["']r["']\s?\)\s?\{?\s?(do\s)?\|\w{1,10}\|\s?\w{1,20}\.print/
    condition:
        filesize < 64KB and $connect and ($exec or $spawn or $popen)
}

rule Rempart_ReverseShell_Socat {
    meta:
        description_en = "Command that hands a terminal to another computer with socat"
        description_fr = "Commande qui livre un terminal à un autre ordinateur avec socat"
        severity = "high"
    strings:
        $a = /\bsocat\s+[^\n]{0,60}(tcp|tcp4|tcp6|tcp-connect|openssl|openssl-connect|udp):[^\s:]{2,80}:[0-9$]{1,6}[^\n]{0,40}\s["']?exec:["']?[^\n]{0,30}(ba|da|z)?sh\b/ nocase
        $b = /\bsocat\s+[^\n]{0,20}exec:["']?[^\n]{0,30}(ba|da|z)?sh\b[^\n]{0,80}(pty|stderr|setsid|sigint)[^\n]{0,60}(tcp|openssl|udp)[\w\-]{0,10}:[^\s:]{2,80}:[0-9$]/ nocase
    condition:
        filesize < 256KB and any of them and (uint16(0) == 0x2123 or filesize < 4KB)
}

rule Rempart_ReverseShell_AwkInet {
    meta:
        description_en = "Awk program that takes commands from another computer and sends back what they say"
        description_fr = "Programme awk qui reçoit des commandes d'un autre ordinateur et lui renvoie leur résultat"
        severity = "high"
    strings:
        $inet = /["']\/inet6?\/(tcp|udp)\/0\/[^\s"']{2,80}["'\/]/
        $talk = /\|&\s?getline/
        $command = /while\s?\(\s?\(?\s?\w{1,20}\s?\|&?\s?getline\s?(\w{1,20}\s?)?\)?\s?>\s?0?/
        $close = /close\(\s?\w{1,10}\s?\)/
    condition:
        filesize < 32KB and all of them
}

rule Rempart_ReverseShell_PowerShellTcp {
    meta:
        description_en = "PowerShell code that takes commands from another computer and runs them"
        description_fr = "Code PowerShell qui reçoit des commandes d'un autre ordinateur et les exécute"
        severity = "high"
    strings:
        $client = /net\.sockets\.tcpclient/ nocase ascii wide
        $stream = ".getstream(" nocase ascii wide
        $read = /\.read\(\s?\$\w{1,20}\s?,\s?0\s?,/ nocase ascii wide
        $run_a = /\biex\s?[\(\$]/ nocase ascii wide
        $run_b = /invoke-expression\s?[\(\$-]/ nocase ascii wide
        $run_c = /\biex\b[^\n]{0,20}2>&1/ nocase ascii wide
        $write = /\.write\(\s?\$\w{1,20}\s?,\s?0\s?,/ nocase ascii wide
    condition:
        filesize < 512KB and $client and $stream and $read and $write and any of ($run_*)
}

rule Rempart_ReverseShell_NodeSocket {
    meta:
        description_en = "JavaScript for Node.js that connects to another computer and gives it a shell"
        description_fr = "JavaScript pour Node.js qui se connecte à un autre ordinateur et lui donne un shell"
        severity = "high"
    strings:
        $spawn = /(spawn|exec|execFile)\s?\(\s?["'](\/bin\/)?((ba|da|z)?sh|cmd(\.exe)?)["']/
        $module = "child_process"
        $net = /require\(\s?["']net["']\s?\)/
        $pipe_in = /\.pipe\(\s?\w{1,20}\.stdin\s?\)/
        $pipe_out = /\.stdout\.pipe\(\s?\w{1,20}\s?\)/
    condition:
        filesize < 128KB and all of them
}
