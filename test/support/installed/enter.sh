#!/bin/sh
# Runs a program in a system that stands in a folder, as one of its users: enter.sh FOLDER BUS UID PROGRAM [WORD...]
# By pivot_root and not by chroot, as the kernel gives no user namespaces to what a chroot holds, and Chromium's sandbox needs them.
# Called within a mount namespace of its own (unshare --mount), so that nothing of it stays.
set -e
root=$1 bus=$2 user=$3
shift 3
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount --rbind /dev dev
mount -t tmpfs -o mode=755 tmpfs run
install -d -m 0700 -o "$user" -g "$user" "run/user/$user"
if [ -n "$bus" ]; then
  : >run/bus
  mount --bind "$bus" run/bus
fi
pivot_root . mnt
umount -l /mnt
exec setpriv --reuid "$user" --regid "$user" --clear-groups -- "$@"
