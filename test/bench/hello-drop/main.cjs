// The least a window can be that shows the pictures dropped on it: what Tally's previews are measured against.
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 900, height: 640 });
  window.loadFile(join(__dirname, 'index.html'));
});
