// Stands in for Electron's default app on the fallback runtime: starts the app folder named by the first plain argument.
const path = require('node:path');
const { app } = require('electron');
require('./shims.cjs');

const at = process.argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-'));
if (at < 0) {
  process.stderr.write('The fallback Electron needs the app folder as its first argument.\n');
  app.exit(2);
} else {
  const folder = path.resolve(process.argv[at]);
  const description = require(path.join(folder, 'package.json'));
  process.defaultApp = true;
  process.argv.splice(1, at - 1);
  app.setName(description.productName ?? description.name);
  app.setVersion(description.version);
  app.setAppPath(folder);
  require(path.join(folder, description.main));
}
