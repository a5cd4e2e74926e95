// electron-store imports the npm package, which downloads Electron unless it is told where one is. Node loads it, not
// Vitest, so that the alias of vitest.config.ts does not reach it. To be imported before the code under test.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= '/nowhere';
