import { createElement } from 'react';
import { type Status, statusSlug } from '../../shared/zoom/presence.ts';

/** The drawings that the tray icons are made from, too; they have no colour of their own. */
const drawings = import.meta.glob<string>(['../../resources/svg/*.svg', '!../../resources/svg/app.svg'], {
  eager: true,
  import: 'default',
  query: '?raw',
});

/** The shapes of a drawing, as React wants them. */
function shapesOf(drawing = '') {
  return [...drawing.matchAll(/<(circle|path|rect)( [^>]*)\/>/g)].map(
    ([shape, name = '', attributes = '']) => {
      const props = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = '', value]) => [
        key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]);
      return createElement(name, { key: shape, ...Object.fromEntries(props) });
    },
  );
}

/**
 * A status's shape in its colour. Decorative: the word always stands beside it. `size` in rem.
 * It is a part of the page: as files, each would be asked for through main, and opened as a page of its own.
 */
export function StatusIcon({ status, size }: { readonly status: Status; readonly size: number }) {
  const slug = statusSlug(status);
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="currentColor"
      data-status={slug}
      className="status-shape block shrink-0"
      style={{ width: `${size}rem`, height: `${size}rem` }}
    >
      {shapesOf(drawings[`../../resources/svg/${slug}.svg`])}
    </svg>
  );
}
