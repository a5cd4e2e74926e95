import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/**
 * A program of its own: `node flood.ts PORT COUNT TEXT` opens so many connections to this computer, writes the text to each, and
 * holds them until its input ends. It prints one line with how many were ever open at once.
 */
const [port, count, text = ''] = process.argv.slice(2);
const atATime = 250;
const sockets: Socket[] = [];

async function open(): Promise<void> {
  const socket = connect(Number(port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {});
  if (text !== '') socket.write(text);
}

while (sockets.length < Number(count)) await Promise.all(Array.from({ length: atATime }, open));
process.stdout.write(`${sockets.filter(({ readyState }) => readyState === 'open').length}\n`);
process.stdin.resume().once('end', () => process.exit());
