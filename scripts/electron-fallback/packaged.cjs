// The main file of packages that are built on the fallback runtime (scripts/package.ts); all others start Tally's own.
const path = require('node:path');
const { app } = require('electron');
require('./shims.cjs');
require(path.join(app.getAppPath(), 'out/main/index.cjs'));
