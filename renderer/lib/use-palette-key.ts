import { useEffect } from 'react';

export const isMac = navigator.platform.startsWith('Mac');

/** What is pressed to open the palette. */
export const paletteKey = isMac ? '⌘K' : 'Ctrl+K';

/** Ctrl+K (⌘K) opens and closes the palette from anywhere, but not from behind another dialog. */
export function usePaletteKey(isOpen: boolean, setOpen: (open: boolean) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const modifier = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!modifier || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      // Held down, it would open and close it again and again.
      if (event.repeat) return;
      if (isOpen || !document.querySelector('dialog[open]')) setOpen(!isOpen);
    };
    // Before what has the focus: a tile of the Status screen lets no key out.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [isOpen, setOpen]);
}
