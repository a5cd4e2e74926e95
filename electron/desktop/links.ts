/** Where Zoom starts meetings: its two clouds, and the sites of companies there. */
const sites = /^(?:[a-z\d-]+\.)*(?:zoom\.us|zoomgov\.com)$/;

/**
 * Whether an address is one that starts a meeting at Zoom, and nothing else; it carries a token, so it must not lead anywhere else.
 * @param practice whether a practice Zoom on this computer counts as well
 */
export function isStartLink(address: string, practice: boolean): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  const { protocol, hostname, port, username, password, pathname, hash, searchParams } = url;
  if (!/^\/s\/\d{9,11}$/.test(pathname) || username !== '' || password !== '' || hash !== '') return false;
  if ([...searchParams.keys()].join() !== 'zak') return false;
  if (protocol === 'https:') return port === '' && sites.test(hostname);
  return practice && protocol === 'http:' && hostname === '127.0.0.1';
}
