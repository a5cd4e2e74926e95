import { useState } from 'react';
import type { Cloud } from '../../../shared/places.ts';
import type { OperationGroup } from '../../../shared/zoom/operations.gen.ts';
import { usualGroups } from './permissions.ts';

/** What a person has entered on the way to an account. No secret is ever in it. */
export interface Draft {
  readonly clientId: string;
  readonly cloud: Cloud;
  readonly groups: readonly OperationGroup[];
}

const empty: Draft = { clientId: '', cloud: 'commercial', groups: usualGroups };
/** Outlives the page, as the person goes to the browser, to other screens and back. */
let kept = empty;

/** The draft, kept while the window lives. */
export function useDraft(): [Draft, (changes: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(kept);
  return [
    draft,
    (changes) => {
      kept = { ...kept, ...changes };
      setDraft(kept);
    },
  ];
}
