import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a screen. */
export function Section({ title, note, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div>
        <h2 id={id} className="font-semibold text-sm">
          {title}
        </h2>
        {note && <p className="text-muted text-sm">{note}</p>}
      </div>
      {children}
    </section>
  );
}

interface CardProps {
  /** Makes it a part of the screen of its own. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** The white sheet that the current status and its company lie on. */
export function Card({ title, children }: CardProps) {
  const sheet = (
    <div className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
      {children}
    </div>
  );
  return title === undefined ? sheet : <Section title={title}>{sheet}</Section>;
}
