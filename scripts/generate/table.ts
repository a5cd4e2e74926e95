/** A table of Markdown with columns of even width, as the formatter wants it. No cell may hold a vertical bar. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}

/** `page` with another text between the two comments of that name. Throws where one is missing. */
export function withPart(page: string, name: string, text: string): string {
  const part = new RegExp(`(<!-- ${name}: [^>]*-->).*(<!-- /${name} -->)`, 's');
  if (!part.test(page)) throw new Error(`There is no <!-- ${name}: … --> … <!-- /${name} -->`);
  return page.replace(part, (_all, begin: string, end: string) => `${begin}\n\n${text}\n\n${end}`);
}
