/** Names an account's history. One that is given from outside may be another person's at the next start. */
export function historyKey(key: string, userId: string): string {
  return `${key} ${userId}`;
}
