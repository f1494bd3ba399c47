// A page on a web server that runs what its visitor sends.

rule Rempart_WebShell_PhpRequestExec {
    meta:
        description_en = "PHP page that runs what its visitor sends"
        description_fr = "Page PHP qui exécute ce que son visiteur lui envoie"
        severity = "critical"
    strings:
        $php = /<\?(php|=|\s)/ nocase
        $run = /\b(eval|assert|system|passthru|shell_exec|popen|pcntl_exec)\s{0,4}\(\s{0,4}@?\s{0,4}((base64_decode|gzinflate|gzuncompress|str_rot13|stripslashes|trim|urldecode|strrev|hex2bin)\s?\(\s?@?){0,4}\$_(GET|POST|REQUEST|COOKIE)\s?[\[\{]/
        $exec = /\bexec\s{0,4}\(\s{0,4}@?\$_(GET|POST|REQUEST|COOKIE)\s?[\[\{]/
        $header = /\b(eval|assert|system|passthru|shell_exec)\s?\(\s?@?(base64_decode\s?\(\s?)?\$_SERVER\s?\[\s?["']HTTP_/
        $tick = /`\s{0,4}\{?\$_(GET|POST|REQUEST|COOKIE)\s?\[[^\]`\n]{1,40}\]\}?\s{0,4}`/
    condition:
        filesize < 2MB and $php and ($run or $exec or $header or $tick)
}

rule Rempart_WebShell_PhpVariableFunction {
    meta:
        description_en = "PHP page that calls whatever function its visitor names"
        description_fr = "Page PHP qui appelle la fonction que son visiteur désigne"
        severity = "critical"
    strings:
        $php = /<\?(php|=|\s)/ nocase
        $call = /\$_(GET|POST|REQUEST|COOKIE)\s?[\[\{][^\]\}\n]{1,40}[\]\}]\s?\(\s?@?\$_(GET|POST|REQUEST|COOKIE)\s?[\[\{]/
        $array = /\b(array_map|array_filter|usort|uasort|call_user_func(_array)?|register_shutdown_function)\s?\(\s?@?\$_(GET|POST|REQUEST|COOKIE)\s?\[/
        $callback = /\b(array_map|array_filter|call_user_func(_array)?)\s?\(\s?["'](assert|system|passthru|shell_exec|exec|eval)["']\s?,\s?[^\n;]{0,30}\$_(GET|POST|REQUEST|COOKIE)/
    condition:
        filesize < 2MB and $php and ($call or $array or $callback)
}

rule Rempart_WebShell_JspRuntimeExec {
    meta:
        description_en = "JSP page that runs what its visitor sends"
        description_fr = "Page JSP qui exécute ce que son visiteur lui envoie"
        severity = "critical"
    strings:
        $jsp = "<%"
        $direct = /getRuntime\(\)\s?\.\s?exec\(\s?(new\s+String\[\]\s?\{[^}\n]{0,60})?request\s?\.\s?getParameter\(/
        $runtime = /getRuntime\(\)\s?\.\s?exec\(/
        $builder = /new\s+(java\.lang\.)?ProcessBuilder\(/
        $parameter = /(String\s+)?(cmd|command|c|shell|exec|pwd|code)\s?=\s?request\s?\.\s?getParameter\(/ nocase
        $output = /\.\s?getInputStream\(\)/
    condition:
        filesize < 512KB and $jsp and ($direct or (($runtime or $builder) and $parameter and $output))
}

rule Rempart_WebShell_JspDefineClass {
    meta:
        description_en = "JSP page that loads program code its visitor sends"
        description_fr = "Page JSP qui charge le code que son visiteur lui envoie"
        severity = "critical"
    strings:
        $jsp = "<%"
        $loader = /extends\s+ClassLoader/
        $define = /\bdefineClass\(/
        $input = /request\s?\.\s?(getParameter|getReader|getInputStream|getHeader)\(/
        $cipher = /(Cipher\.getInstance|Base64|BASE64Decoder|decodeBuffer)/
    condition:
        filesize < 256KB and $jsp and $loader and $define and $input and $cipher
}

rule Rempart_WebShell_AspEval {
    meta:
        description_en = "ASP or ASP.NET page that runs what its visitor sends"
        description_fr = "Page ASP ou ASP.NET qui exécute ce que son visiteur lui envoie"
        severity = "critical"
    strings:
        $page_a = "<%"
        $page_b = /runat\s?=/ nocase
        $eval = /\beval\s?\(?\s?(System\.Text\.Encoding[^\n]{0,80}\()?\s?request(\.(item|form|querystring|params|headers))?\s?[\[\(]\s?["'\w]/ nocase
        $execute = /\b(execute|executeglobal)\s?\(?\s?request(\.(item|form|querystring))?\s?\(\s?["']/ nocase
    condition:
        filesize < 256KB and any of ($page_*) and ($eval or $execute)
}

rule Rempart_WebShell_AspxProcess {
    meta:
        description_en = "ASP.NET page that runs commands its visitor sends"
        description_fr = "Page ASP.NET qui exécute les commandes que son visiteur lui envoie"
        severity = "critical"
    strings:
        $page = /<%@\s{0,3}page\b/ nocase
        $start_a = "ProcessStartInfo"
        $start_b = "Process.Start("
        $shell_a = "cmd.exe" nocase
        $shell_b = "powershell" nocase
        $input_a = "Request.Form" nocase
        $input_b = "Request.QueryString" nocase
        $input_c = "Request.Params" nocase
        $input_d = "Request.Item" nocase
        $input_e = "Request.Headers" nocase
        $input_f = "Request[" nocase
        $input_g = "asp:TextBox" nocase
        $output = /RedirectStandardOutput\s?=\s?true/
    condition:
        filesize < 256KB and $page and any of ($start_*) and any of ($shell_*) and any of ($input_*) and $output
}

rule Rempart_WebShell_PythonRequestExec {
    meta:
        description_en = "Python web program that runs what its visitor sends"
        description_fr = "Programme web Python qui exécute ce que son visiteur lui envoie"
        severity = "high"
    strings:
        $run = /\b(os\.(system|popen)|subprocess\.(check_output|run|Popen|call|getoutput)|eval|exec)\(\s?(flask\.)?request\.(args|form|values|GET|POST|cookies|headers|json|data)\b/
    condition:
        filesize < 512KB and $run
}

rule Rempart_WebShell_NodeRequestExec {
    meta:
        description_en = "Node.js web program that runs what its visitor sends"
        description_fr = "Programme web Node.js qui exécute ce que son visiteur lui envoie"
        severity = "high"
    strings:
        $run = /([^.\w]|child_process\.|cp\.)(exec|execSync|spawn|spawnSync|eval)\(\s?(req|request|ctx\.request)\.(query|body|params|headers|cookies)[.\[]/
        $module = "child_process"
        $eval = /\beval\(\s?(req|request|ctx\.request)\.(query|body|params|headers|cookies)[.\[]/
    condition:
        filesize < 512KB and $run and ($module or $eval)
}
