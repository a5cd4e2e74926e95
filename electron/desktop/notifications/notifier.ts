import { join } from 'node:path';
import { app, nativeImage, Notification as SystemNotification } from 'electron';
import type { Notifier } from '../../core/ports.ts';
import { createLinuxNotifier, type NotificationIcon } from './linux.ts';

/** Notifications by Electron, but on Linux, where Electron has no buttons in them (electron/electron#24333). */
export function createNotifier(): Notifier {
  return process.platform === 'linux' ? createLinuxNotifier(icon) : electronNotifier();
}

const iconPath = () => join(app.getAppPath(), 'resources/app/256.png');
/** Pixels. */
const iconSize = 64;

function icon(): NotificationIcon {
  const image = nativeImage.createFromPath(iconPath()).resize({ width: iconSize, height: iconSize });
  const { width, height } = image.getSize();
  const pixels = image.toBitmap();
  // Electron has blue first, the specification red.
  for (let at = 0; at < pixels.length; at += 4) {
    const blue = pixels[at] ?? 0;
    pixels[at] = pixels[at + 2] ?? 0;
    pixels[at + 2] = blue;
  }
  return { width, height, pixels };
}

function electronNotifier(): Notifier {
  /** Held on to, as one that is collected no longer answers to a click. */
  const shown = new Map<string, SystemNotification>();

  function close(id: string): void {
    shown.get(id)?.close();
    shown.delete(id);
  }

  return {
    show({ id, title, body, button, chosen }) {
      if (!SystemNotification.isSupported()) return;
      close(id);
      const actions = button === undefined ? [] : [{ type: 'button' as const, text: button }];
      // macOS shows the app's own.
      const icon = process.platform === 'win32' ? { icon: iconPath() } : {};
      const made = new SystemNotification({ title, body, actions, ...icon });
      made.on('click', () => chosen('notification'));
      made.on('action', () => chosen('button'));
      // macOS shows none of a program that isn’t signed; what it would tell is on the icon and in the window, too.
      made.on('failed', () => shown.get(id) === made && shown.delete(id));
      shown.set(id, made);
      made.show();
    },
    close,
  };
}
