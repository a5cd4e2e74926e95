/** A background at Zoom, as far as it matters here. */
export interface Placed {
  readonly id: string;
  /** sha256 of its content, where that is known. */
  readonly content?: string;
  /** This computer could upload it again. */
  readonly kept: boolean;
  /** When it was last put up from here, epoch ms; 0 where that is not known. */
  readonly used: number;
}

export interface Wish {
  /** Contents (sha256) that shall be at Zoom. */
  readonly want: readonly string[];
  /** Contents that shall not be there any more. */
  readonly drop?: readonly string[];
  /** Places that Zoom has. */
  readonly most: number;
}

export interface Plan {
  /** Ids at Zoom, to be deleted in one call before anything is uploaded. */
  readonly remove: readonly string[];
  /** Contents to upload, in the order in which they are wanted. */
  readonly add: readonly string[];
}

/**
 * The fewest deletions and uploads after which Zoom has all that is wanted, or 'too-many' where it has no places for it. What is
 * wanted is never deleted; what else is there stays as far as there is room, and gives way in this order: a second of the same
 * content, what this computer can upload again and was used longest ago, and last what nobody could bring back.
 */
export function planPlaces(placed: readonly Placed[], { want, drop = [], most }: Wish): Plan | 'too-many' {
  const wanted = [...new Set(want)];
  if (wanted.length > most) return 'too-many';
  const first = new Map<string, Placed>();
  for (const one of placed) {
    if (one.content !== undefined && !first.has(one.content)) first.set(one.content, one);
  }
  const staying = new Set(wanted.map((content) => first.get(content)?.id));
  const add = wanted.filter((content) => !first.has(content));
  const others = placed.filter(({ id }) => !staying.has(id));
  const isDropped = (content = '') => drop.includes(content) && !wanted.includes(content);
  const dropped = others.filter(({ content }) => isDropped(content));
  const isSecond = ({ id, content }: Placed) => content !== undefined && first.get(content)?.id !== id;
  const rank = (one: Placed) => (isSecond(one) ? 0 : one.kept ? 1 : 2);
  const spare = others
    .filter((one) => !dropped.includes(one))
    .sort((a, b) => rank(a) - rank(b) || a.used - b.used);
  const lack = placed.length - dropped.length + add.length - most;
  const givingWay = add.length > 0 ? spare.slice(0, Math.max(0, lack)) : [];
  return { remove: [...dropped, ...givingWay].map(({ id }) => id), add };
}
