import type { ZoomAnswer } from '../../../shared/errors.ts';
import { catalogue } from '../../../shared/zoom/catalogue.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';

/** What Zoom said no with. */
export type Refusal = Pick<ZoomAnswer, 'http' | 'code' | 'message'>;

/** What Zoom's code means for this operation by the catalogue: one sentence where its message tells which, else all that it can. */
export function meaningsOf(operation: OperationId, { http, code, message }: Refusal): string[] {
  const listed = [...catalogue.operations[operation].errors, ...catalogue.commonErrors].filter(
    (one) => one.http === http && one.code === code,
  );
  const said = listed.filter((one) => one.message !== undefined && fits(one.message, message));
  return [...new Set((said.length > 0 ? said : listed).map(({ when }) => sentence(when)))];
}

function fits(pattern: string, message: string): boolean {
  const parts = pattern.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(message);
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
