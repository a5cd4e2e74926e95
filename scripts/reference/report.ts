import type { Explained, Reason } from './reasons.ts';

const kinds = ['wanted', 'later', 'unknown', 'unexplained'] as const;

const kindOf = (reason: Reason | undefined) => reason?.kind ?? 'unexplained';

/** The differences by operation, one a line; then the reasons with how many each explains, what is wrong with them, and the count. */
export function report({ differences, counts, faults }: Explained): string {
  const operations = [...new Set(differences.map(({ operation }) => operation))];
  const blocks = operations.map((name) => {
    const lines = differences
      .filter(({ operation }) => operation === name)
      .map(({ reason, line }) => `  ${kindOf(reason).padEnd(12)}${line}\n`);
    return `${name}\n${lines.join('')}\n`;
  });
  const reasons = [...counts].map(([reason, count]) => {
    return `${String(count).padStart(6)}  ${reason.kind.padEnd(8)}${reason.reason}\n`;
  });
  const totals = kinds.map((kind) => {
    return `${differences.filter(({ reason }) => kindOf(reason) === kind).length} ${kind}`;
  });
  return [
    ...blocks,
    ...(reasons.length > 0 ? ['Reasons\n', ...reasons, '\n'] : []),
    ...faults.map((fault) => `${fault}\n`),
    `${differences.length} differences: ${totals.join(', ')}\n`,
  ].join('');
}
