import { type Status, statusSlug } from '../../shared/zoom/presence.ts';

/** The addresses of the drawings that the tray icons are made from, too; they have no colour of their own. */
const drawings = import.meta.glob<string>(['../../resources/svg/*.svg', '!../../resources/svg/app.svg'], {
  eager: true,
  import: 'default',
});

/**
 * A status's shape in its colour. Decorative: the word always stands beside it. `size` in rem.
 * The drawing is a mask over the theme's colour, so it follows light, dark and the system's own colours.
 */
export function StatusIcon({ status, size }: { readonly status: Status; readonly size: number }) {
  const slug = statusSlug(status);
  return (
    <span
      aria-hidden="true"
      data-status={slug}
      className="status-shape block shrink-0"
      // Prefixed: Chromium knows the plain property from 120 on only.
      style={{
        WebkitMaskImage: `url(${JSON.stringify(drawings[`../../resources/svg/${slug}.svg`])})`,
        width: `${size}rem`,
        height: `${size}rem`,
      }}
    />
  );
}
