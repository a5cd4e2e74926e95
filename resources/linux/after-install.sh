#!/bin/sh
# After Tally was installed or upgraded: postinst of the .deb, %post of the .rpm.
set -e

# Chromium puts the window's process into a user namespace; where the system has none, its helper has to be root's.
if unshare --user true 2>/dev/null; then
  chmod 0755 /opt/Tally/chrome-sandbox
else
  chmod 4755 /opt/Tally/chrome-sandbox
fi

# Ubuntu gives user namespaces only to programs with a profile that says so. An AppArmor before 4.0 can't read it, and needs none.
profile=/opt/Tally/resources/apparmor-profile
if apparmor_status --enabled >/dev/null 2>&1 && apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
  install -m 0644 "$profile" /etc/apparmor.d/tally
  if ! ischroot 2>/dev/null; then
    apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/tally || true
  fi
fi
