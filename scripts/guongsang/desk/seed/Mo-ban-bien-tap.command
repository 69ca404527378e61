#!/bin/sh
# Double click opens the desk page (macOS; on Linux: sh Mo-ban-bien-tap.command).
cd "$(dirname "$0")" || exit 1
for python in python3.14 python3.13 python3.12 python3.11 python3 python \
  /opt/homebrew/bin/python3 /usr/local/bin/python3; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    exec "$python" chuong-trinh/open_desk.py "$@"
  fi
done
echo 'Máy chưa có Python 3.11 trở lên: tải ở https://www.python.org/downloads/ rồi bấm đúp lại tệp này.' >&2
exit 1
