/** A worker: a server that answers every request alike, so that nothing but the caller differs. Tells its port once it listens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';

const answer = JSON.stringify({
  id: 'bench',
  email: 'bench@example.com',
  first_name: 'Bench',
  last_name: 'User',
  type: 2,
  timezone: 'Europe/Berlin',
  pmi: 1234567890,
  status: 'active',
});

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(answer);
});
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
