// The shortest way from a tray item to a request: what Tally's own way is measured against.
const { request } = require('node:http');
const { join } = require('node:path');
const { app, Menu, Tray } = require('electron');

const headers = {
  authorization: `Bearer ${process.env.TALLY_ZOOM_TOKEN}`,
  'content-type': 'application/json',
  'user-agent': 'hello-click',
};

function send(status) {
  const url = `${process.env.TALLY_ZOOM_API}/users/me/presence_status`;
  const call = request(url, { method: 'PUT', headers, agent: false }, (answer) => {
    answer.resume();
    if (answer.statusCode === 204) tray.setImage(icon(status.toLowerCase()));
  });
  call.end(JSON.stringify({ status }));
}

const icon = (status) => join(__dirname, `../../../resources/tray/${status}-22.png`);

let tray;
app.whenReady().then(() => {
  tray = new Tray(icon('available'));
  tray.setToolTip('Hello');
  tray.setContextMenu(
    Menu.buildFromTemplate(['Available', 'Away'].map((label) => ({ label, click: () => send(label) }))),
  );
});
