@echo off
rem Starts repsr with the options it needs. The Java of an image, or else JAVA_HOME or the java on the path, which must be 25 or newer.
setlocal
set "REPSR_HOME=%~dp0.."
set "REPSR_JAVA=java"
if defined JAVA_HOME set "REPSR_JAVA=%JAVA_HOME%\bin\java"
if exist "%REPSR_HOME%\lib\runtime\bin\java.exe" set "REPSR_JAVA=%REPSR_HOME%\lib\runtime\bin\java"
set "REPSR_MAJOR=0"
for /f "tokens=3" %%v in ('""%REPSR_JAVA%" -version 2^>^&1" ^| findstr /i " version "') do (
  for /f "delims=.-+ tokens=1" %%m in ("%%~v") do set "REPSR_MAJOR=%%m"
)
if %REPSR_MAJOR% LSS 25 (
  echo repsr: needs Java 25 or newer and found none: install one ^(for instance from https://adoptium.net^) or let JAVA_HOME name its folder 1>&2
  exit /b 1
)
"%REPSR_JAVA%" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC "-Drepsr.home=%REPSR_HOME%" -cp "%REPSR_HOME%\lib\*" dev.repsr.app.Main %*
exit /b %ERRORLEVEL%
