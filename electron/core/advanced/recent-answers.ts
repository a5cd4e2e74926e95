import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import type { Told } from './answer.ts';

type RecentAnswer = Told & { readonly operation: OperationId };

/** So many answers are remembered, and so many characters of bodies; the oldest go first, the newest never. */
const most = { answers: 50, characters: 20_000_000 } as const;

/** What this session remembers of answers, by the id of their call. */
export function createRecentAnswers() {
  const answers = new Map<string, RecentAnswer>();

  function fits(): boolean {
    const bodies = [...answers.values()].map(({ answer }) => answer.http?.body.length ?? 0);
    return answers.size <= most.answers && bodies.reduce((sum, length) => sum + length, 0) <= most.characters;
  }

  return {
    get: (call: string) => answers.get(call),
    add(call: string, answer: RecentAnswer): void {
      answers.set(call, answer);
      for (const oldest of answers.keys()) {
        if (oldest === call || fits()) break;
        answers.delete(oldest);
      }
    },
    clear: () => answers.clear(),
  };
}
