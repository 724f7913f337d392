# What setup.sh is elsewhere: builds Gesso where its sources are newer than the build, and writes the JVM's arguments for
# gesso.cmd (target\launch\command.args, studio.args). With "test" and Maven's arguments it runs the tests.
$ErrorActionPreference = 'Stop'
$base = Split-Path -Parent $PSScriptRoot
$launch = Join-Path $base 'target\launch'
$key = Join-Path $launch 'key'
$maven = if (Get-Command mvn -ErrorAction SilentlyContinue) { 'mvn' } else { Join-Path $base 'mvnw.cmd' }
$mavenArgs = @($env:GESSO_MAVEN_ARGS -split ' ' | Where-Object { $_ })
Set-Location $base

if ($args.Count -gt 0 -and $args[0] -eq 'test') {
    & $maven -B -ntp @mavenArgs @args
    exit $LASTEXITCODE
}

$driver = Test-Path 'C:\Windows\System32\nvcuda.dll'
$wanted = "$base $env:GESSO_MAVEN_ARGS driver=$driver"
if ((Test-Path $key) -and ((Get-Content -Raw $key).Trim() -eq $wanted)) {
    $built = (Get-Item $key).LastWriteTimeUtc
    $newer = Get-ChildItem -Recurse pom.xml, src\main, native | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1
    if (-not $newer) { exit 0 }
}

Write-Host 'Building Gesso; the first time, Maven fetches what it needs, which takes a few minutes ...'
New-Item -ItemType Directory -Force $launch | Out-Null
$began = (Get-Date).ToUniversalTime()
& $maven -B -ntp -q '-Dmaven.test.skip=true' '-Dspotless.check.skip=true' @mavenArgs package
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
Copy-Item -Force target\gesso.jar "$launch\gesso.jar"

# Java's argument files want slashes forward, and quotes around names with spaces.
function Join-Jars($jars) { '"' + (($jars -join ';') -replace '\\', '/') + '"' }
$jars = (Get-Content -Raw target\classpath.txt).Trim() -split ';'
$modules = $jars | Where-Object { (Split-Path -Leaf $_) -like 'javafx-*' }
$ui = $jars | Where-Object { (Split-Path -Leaf $_) -match '^(atlantafx|ikonli)-' }
$every = @("$launch\gesso.jar") + ($jars | Where-Object { $_ -notin $modules -and $_ -notin $ui })
$common = @('-Xlog:disable', '-XX:MaxDirectMemorySize=256g', '-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8',
    '-Dstderr.encoding=UTF-8', ('"-Dgesso.assets=' + ("$base\assets" -replace '\\', '/') + '"'))
$java = if ($env:JAVA_HOME) { Join-Path $env:JAVA_HOME 'bin\java.exe' } else { 'java.exe' }
if ([int](((& $java --version)[0] -split ' ')[1] -split '[.+-]')[0] -ge 24) {
    $common += '--sun-misc-unsafe-memory-access=allow'
    $native = '--enable-native-access=ALL-UNNAMED'
    $nativeUi = "$native,javafx.graphics"
}
function Write-Arguments($file, $lines) { [IO.File]::WriteAllLines($file, [string[]]$lines) }
Write-Arguments "$launch\command.args" ($common + $native + '-XX:+UseSerialGC' + '-Djava.awt.headless=true' + '-cp' + (Join-Jars $every))
Write-Arguments "$launch\studio.args" ($common + $nativeUi + '--module-path' + (Join-Jars $modules) +
    '--add-modules' + 'javafx.controls,javafx.swing' + '-cp' + (Join-Jars ($every + $ui)))
[IO.File]::WriteAllText($key, $wanted)
(Get-Item $key).LastWriteTimeUtc = $began
