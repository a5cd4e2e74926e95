/** What every page of Tally is kept from, the window's as the media process's. */

/** Lets a session load only what `mayLoad` allows, and asks nobody for permissions: there are none. */
export function sealSession(session: Electron.Session, mayLoad: (address: URL) => boolean): void {
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !mayLoad(new URL(url)) }));
  // What onBeforeRequest does not see, such as TURN over TCP, is sent to a proxy that cannot be.
  void session.setProxy({ proxyRules: 'http://127.0.0.1:0', proxyBypassRules: '<-loopback>' });
  // Chromium would fetch its dictionary from Google at every start, past onBeforeRequest.
  session.setSpellCheckerLanguages([]);
  session.on('will-download', (event) => event.preventDefault());
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** No navigation, no further windows, no webviews: the page that was loaded, `home`, is the page that stays. */
export function sealContents(contents: Electron.WebContents, home: string): void {
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    contents.on(event as 'will-navigate', (navigation) => navigation.preventDefault());
  }
  // Nobody is asked about about:blank. The page comes back at once; until then its calls are refused, by its address.
  contents.on('did-navigate', (_event, url) => {
    if (!isAt(url, home)) contents.loadURL(home).catch(() => {});
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // STUN is no request that a policy or onBeforeRequest would stop. With this all goes to the session's proxy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Whether an address is of the origin of `home`. The slash behind it is what tells it from app://tally.evil. */
export function isAt(address: string, home: string): boolean {
  const [scheme, , host] = home.split('/');
  return address.startsWith(`${scheme}//${host}/`);
}
