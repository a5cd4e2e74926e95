const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The text of a notification as its server takes it: on Linux it reads markup (Desktop Notifications Specification 1.2), and names of files are anybody's. */
export function notificationBody(text: string, platform = process.platform): string {
  return platform === 'linux' ? text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign) : text;
}
