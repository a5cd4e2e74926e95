/** The section of a version in a changelog (keepachangelog.com), without its heading; undefined unless it is there and has a date. */
export function releaseNotes(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((text) => text.startsWith(`## [${version}] - `));
  const [heading = '', ...lines] = section?.split('\n') ?? [];
  return /\d{4}-\d{2}-\d{2}$/.test(heading) ? `${lines.join('\n').trim()}\n` : undefined;
}
