// The least an Electron tray app can be: what Tally's start-up and memory are measured against.
const { join } = require('node:path');
const { app, Menu, Tray } = require('electron');

let tray;
app.whenReady().then(() => {
  tray = new Tray(join(__dirname, '../../../resources/tray/available-22.png'));
  tray.setToolTip('Hello');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
});
