const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * The body of a notification as its server takes it. One with the capability `body-markup` reads some HTML in it (Desktop Notifications
 * Specification 1.2), and names of files are anybody's.
 */
export function notificationBody(text: string, capabilities: readonly string[]): string {
  return capabilities.includes('body-markup')
    ? text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign)
    : text;
}
