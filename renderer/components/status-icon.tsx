import { type Status, statusSlug } from '../../shared/zoom/presence.ts';
import { statusIcons } from '../lib/icons.ts';

/**
 * A status's shape in its colour. Decorative: the word always stands beside it. `size` in rem.
 * The drawing is a mask over the theme's colour, so it follows light, dark and the system's own colours.
 */
export function StatusIcon({ status, size }: { readonly status: Status; readonly size: number }) {
  return (
    <span
      aria-hidden="true"
      data-status={statusSlug(status)}
      className="status-shape block shrink-0"
      // Prefixed: Chromium knows the plain property from 120 on only.
      style={{
        WebkitMaskImage: `url(${JSON.stringify(statusIcons[status])})`,
        width: `${size}rem`,
        height: `${size}rem`,
      }}
    />
  );
}
