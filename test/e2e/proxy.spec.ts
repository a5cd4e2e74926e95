import { randomUUID } from 'node:crypto';
import { companyPem, startCompany } from '../support/company.ts';
import { expect, test } from '../support/desktop/tally.ts';

// Zoom's own names lead to the practice Zoom here, over TLS, and to nobody else: through the company's proxy alone.
const login = `jo:CANARY-${randomUUID()}`;
const nothing = { HTTPS_PROXY: '', https_proxy: '', ALL_PROXY: '', NO_PROXY: '', no_proxy: '' };

const ways = [
  {
    name: 'that the environment names, with a password',
    login,
    env: (proxy: string) => ({ ...nothing, HTTPS_PROXY: proxy.replace('//', `//${login}@`) }),
  },
  {
    // A variable that Chromium takes for the system's word (net/proxy_resolution/proxy_config_service_linux.cc), and Tally does not read.
    name: 'that the system names',
    login: undefined,
    env: (proxy: string) => ({ ...nothing, all_proxy: proxy, XDG_CURRENT_DESKTOP: '' }),
  },
];

for (const way of ways) {
  test(`signs in to zoom.us and sets a status through a proxy ${way.name}`, async ({
    launch,
    practice,
    zoom,
    desktopBrowser,
  }) => {
    const company = await startCompany(
      practice.oauthUrl,
      way.login === undefined ? {} : { login: way.login },
    );
    try {
      const tally = await launch({
        zoom: false,
        path: desktopBrowser.path,
        env: { ...way.env(company.proxy), NODE_EXTRA_CA_CERTS: companyPem },
      });
      const window = await tally.window();
      await window.connectZoom();
      await window.connect.connect(practice.clientId);
      const page = await desktopBrowser.address();
      expect(page.origin).toBe('https://zoom.us');
      const answer = await practice.consent(page.href.replace(page.origin, practice.oauthUrl));
      await expect(await desktopBrowser.visit(answer)).toHaveTitle('Back to Tally');

      await expect(window.status.currentWord()).toHaveText('Available');
      await window.status.choose('Away');
      expect(await zoom.update(1)).toEqual({ status: 'Away' });
      await expect(window.status.currentWord()).toHaveText('Away');
      const asked = new Set(company.asked.map(({ authority }) => authority));
      expect([...asked].sort()).toEqual(['api.zoom.us:443', 'zoom.us:443']);
    } finally {
      await company.close();
    }
  });
}
