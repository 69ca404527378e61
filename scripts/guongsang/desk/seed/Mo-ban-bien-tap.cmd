@echo off
rem Double click opens the desk page. All letters are plain up to the last label: cmd.exe looks for
rem labels by counting bytes.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
pushd "%~dp0" || exit /b 1
for %%P in ("py -3" "python" "python3") do (
  %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && (
    set "FOUND=%%~P"
    goto found
  )
)
goto missing

:found
%FOUND% "chuong-trinh\open_desk.py" %*
set "CODE=%errorlevel%"
popd
if not "%CODE%"=="0" if not defined GUONGSANG_NO_PAUSE pause
exit /b %CODE%

:missing
popd
echo Máy chưa có Python 3.11 trở lên: tải ở https://www.python.org/downloads/, lúc cài chọn "Add python.exe to PATH", rồi bấm đúp lại tệp này.
if not defined GUONGSANG_NO_PAUSE pause
exit /b 1
