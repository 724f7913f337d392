@echo off
rem gesso opens the studio, gesso COMMAND ... is the command line, gesso test runs the tests.
rem Where the sources are newer than the build it builds first; native\build.ps1 says how.
setlocal
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")
"%JAVA%" -version >nul 2>&1 || (
    echo Gesso needs a JDK of version 17 or later: run  winget install EclipseAdoptium.Temurin.21.JDK  and start it again. 1>&2
    exit /b 1
)
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0native\build.ps1" || exit /b 1
if "%~1"=="" (
    "%JAVA%" "@%~dp0target\launch\studio.args" %GESSO_JAVA_ARGS% gesso.Main
) else if /i "%~1"=="test" (
    powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0native\build.ps1" %*
) else (
    "%JAVA%" "@%~dp0target\launch\command.args" %GESSO_JAVA_ARGS% gesso.Main %*
)
exit /b %ERRORLEVEL%
