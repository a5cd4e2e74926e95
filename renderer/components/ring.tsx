import type { ReactNode } from 'react';

const radius = 46;
const length = 2 * Math.PI * radius;

interface RingProps {
  readonly left?: number | undefined;
  /** 40 px instead of 88. */
  readonly isSmall?: boolean;
  readonly children: ReactNode;
}

/**
 * A ring that empties as `left` goes from 1 to 0; without `left` a plain disc of the same size, so nothing moves when a
 * timer starts. Decorative: the time left stands beside it in words.
 */
export function Ring({ left, isSmall = false, children }: RingProps) {
  return (
    <div className={`relative grid shrink-0 place-items-center ${isSmall ? 'size-10' : 'size-22'}`}>
      <svg viewBox="0 0 100 100" className="-rotate-90 absolute inset-0 size-full" aria-hidden="true">
        <circle cx="50" cy="50" r={left === undefined ? 49 : 42} className="fill-accent/10" />
        {left !== undefined && (
          <>
            <circle cx="50" cy="50" r={radius} fill="none" strokeWidth="6" className="stroke-accent/20" />
            <circle
              cx="50"
              cy="50"
              r={radius}
              fill="none"
              strokeWidth="6"
              strokeLinecap={left > 0 ? 'round' : 'butt'}
              strokeDasharray={length}
              strokeDashoffset={length * (1 - left)}
              className="stroke-accent transition-[stroke-dashoffset] duration-300 motion-reduce:transition-none"
            />
          </>
        )}
      </svg>
      {children}
    </div>
  );
}
