// A preload of its own before the app's: Electron 25 has no webUtils, but tells a file's path on the file itself.
const electron = require('electron');

electron.webUtils ??= { getPathForFile: (file) => file.path ?? '' };
