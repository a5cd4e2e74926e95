import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser, openPage, startMeeting } from '../../../electron/desktop/browser.ts';

const system = vi.hoisted(() => ({ opened: [] as string[], isPackaged: true, zoomApp: '' }));
vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return system.isPackaged;
    },
    getApplicationNameForProtocol: (url: string) => (url.startsWith('zoommtg://') ? system.zoomApp : ''),
  },
  shell: {
    async openExternal(address: string) {
      if (address.includes('nobody')) throw new Error('There is no browser');
      system.opened.push(address);
    },
  },
}));

// Where there is no xdg-open, the address goes to the system as it is.
const { platform } = process;
beforeAll(() => void Object.defineProperty(process, 'platform', { value: 'darwin' }));
afterAll(() => void Object.defineProperty(process, 'platform', { value: platform }));
beforeEach(() => {
  system.opened.length = 0;
  system.isPackaged = true;
});

const practice = 'http://127.0.0.1:8080/oauth/authorize?client_id=1';
const zak = 'zak=eyJhbGciOi.e30.c2ln';

describe('the system’s browser', () => {
  it.each(['https://zoom.us/oauth/authorize?client_id=1', 'https://zoomgov.com/oauth/authorize?client_id=1'])(
    'is given Zoom’s sign-in page: %s',
    async (address) => {
      expect(await browser.open(address)).toBe(true);
      expect(system.opened).toEqual([address]);
    },
  );

  it.each([
    'https://evil.example/oauth/authorize',
    'https://zoom.us.evil.example/oauth/authorize',
    'https://evil.example@zoom.us:444/oauth/authorize',
    'http://zoom.us/oauth/authorize',
    'https://zoom.us/oauth/authorize/more',
    'https://zoom.us/',
    'file:///oauth/authorize',
    'https://127.0.0.1/oauth/authorize',
    'http://127.0.0.2/oauth/authorize',
    practice,
  ])('is given nothing else for a sign-in: %s', async (address) => {
    expect(await browser.open(address)).toBe(false);
    expect(system.opened).toEqual([]);
  });

  it('is given the sign-in page of this computer by an app that is no package', async () => {
    system.isPackaged = false;
    expect(await browser.open(practice)).toBe(true);
    expect(await browser.open(practice.replace('http:', 'https:'))).toBe(false);
    expect(await browser.open(practice.replace('127.0.0.1', 'localhost'))).toBe(false);
    expect(system.opened).toEqual([practice]);
  });

  it('that is not there is told', async () => {
    expect(await browser.open('https://zoom.us/oauth/authorize?client_id=nobody')).toBe(false);
  });

  it('starts meetings at Zoom alone, and at the practice Zoom where the app is no package', async () => {
    const real = `https://zoom.us/s/9423048257?${zak}`;
    const practised = `http://127.0.0.1:8080/s/9423048257?${zak}`;
    expect(await startMeeting(real)).toBe(true);
    expect(await startMeeting(practised)).toBe(false);
    expect(await startMeeting(`https://evil.example/s/9423048257?${zak}`)).toBe(false);
    system.isPackaged = false;
    expect(await startMeeting(practised)).toBe(true);
    expect(system.opened).toEqual([real, practised]);
  });

  it('starts meetings at the practice Zoom that a packaged app itself runs, and at no other', async () => {
    const practised = `http://127.0.0.1:8080/s/9423048257?${zak}`;
    expect(await startMeeting(practised, 'http://127.0.0.1:8080')).toBe(true);
    expect(await startMeeting(practised, 'http://127.0.0.1:80')).toBe(false);
    expect(await startMeeting(practised.replace('/s/', '/j/'), 'http://127.0.0.1:8080')).toBe(false);
    expect(system.opened).toEqual([practised]);
  });

  it('is given the known pages by their names', async () => {
    await openPage('marketplace');
    await openPage('government-settings');
    expect(system.opened).toEqual([
      'https://marketplace.zoom.us/develop/create',
      'https://www.zoomgov.com/profile/setting',
    ]);
  });

  it('is asked for the Zoom app only where there is one; else it shows where to get that', async () => {
    await openPage('zoom-app');
    system.zoomApp = 'Zoom';
    await openPage('zoom-app');
    expect(system.opened).toEqual(['https://zoom.us/download', 'zoommtg://zoom.us']);
  });
});
