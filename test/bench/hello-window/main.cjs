// The least a tray app with a window can be, made on first use and hidden when closed: what Tally's window is measured against.
const { join } = require('node:path');
const { app, BrowserWindow, Menu, Tray } = require('electron');

// A window that refuses to close would keep the app from ending.
let ending = false;
app.on('before-quit', () => {
  ending = true;
});

let window;
function open() {
  if (!window) {
    // As large as Tally's: each pixel takes four bytes several times over.
    window = new BrowserWindow({ width: 960, height: 680, show: false });
    window.on('close', (event) => {
      if (ending) return;
      event.preventDefault();
      window.hide();
    });
    window.loadFile(join(__dirname, 'index.html'));
  }
  window.show();
}

let tray;
app.whenReady().then(() => {
  tray = new Tray(join(__dirname, '../../../resources/tray/available-22.png'));
  tray.setToolTip('Hello');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Open Tally', click: open }]));
});
