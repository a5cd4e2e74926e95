import { Fragment, type ReactNode } from 'react';

/** Characters of no script: one stands for each element while the sentence is made. */
const firstPlace = 0xe000;

/** A sentence with elements in it, wherever its language puts them. */
export function sentence(
  say: (...elements: string[]) => string,
  ...elements: readonly ReactNode[]
): ReactNode {
  const text = say(...elements.map((_, index) => String.fromCharCode(firstPlace + index)));
  return text.split(/([\ue000-\ue0ff])/).map((part, index) => {
    const element = index % 2 === 1 ? elements[part.charCodeAt(0) - firstPlace] : part;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no other name, and stay in their order.
    return <Fragment key={index}>{element}</Fragment>;
  });
}
