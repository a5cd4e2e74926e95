#!/bin/sh
# After Tally was removed: postrm of the .deb, %postun of the .rpm. It takes away what after-install.sh made.
set -e

# dpkg says by a word what for, rpm by the number of versions that stay.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

if [ -f /etc/apparmor.d/tally ]; then
  if apparmor_status --enabled >/dev/null 2>&1 && ! ischroot 2>/dev/null; then
    apparmor_parser --remove /etc/apparmor.d/tally || true
  fi
  rm -f /etc/apparmor.d/tally
fi
