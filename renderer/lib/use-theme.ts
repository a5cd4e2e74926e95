import { useEffect } from 'react';
import type { Theme } from '../../shared/app.ts';

/** The chosen theme on the document; 'system' leaves it to the media query. */
export function useTheme(theme: Theme | undefined): void {
  useEffect(() => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
}
