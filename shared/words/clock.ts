const system = () => new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();

/**
 * The language of times in words: the words are English, so a system of another language gets British English ("Mon 23 Nov",
 * not "Mon, Nov 23"), and the digits are those of English, too.
 */
export function clockLocale(): string {
  const { locale } = system();
  return /^en\b/.test(locale) ? locale : 'en-GB';
}

/** Formats an instant as a clock time, of 24 or 12 hours as the system is set to: "14:05", "2:05 PM". */
export function clockFormat(options: { readonly seconds?: boolean } = {}): Intl.DateTimeFormat {
  const { hour12 } = system();
  return new Intl.DateTimeFormat(clockLocale(), {
    hour: hour12 ? 'numeric' : '2-digit',
    minute: '2-digit',
    ...(options.seconds && { second: '2-digit' }),
    hourCycle: hour12 ? 'h12' : 'h23',
  });
}
