/** Whether a word of a launch is meant as a link: whatever begins as one, well-formed or not. */
export function isLink(word: string): boolean {
  return /^[^\w./\\]*tally:/i.test(word);
}

/**
 * Whether a launch is a command, which is answered on the terminal. One with a link is none: a link comes from a page or a
 * calendar, where nobody reads an answer.
 */
export function isCommand(argv: readonly string[]): boolean {
  const says = argv.some((word) => !word.startsWith('-') || /^(?:--|--help|--version|-h)$/.test(word));
  return says && !argv.some(isLink);
}
