/**
 * The parts of undici that Tally sends by. Its index loads all of it: fetch, WebSocket, caches and mocks are as much text again, which
 * V8 keeps for good.
 */
import connect from 'undici/lib/api/api-connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import Socks5ProxyAgent from 'undici/lib/dispatcher/socks5-proxy-agent.js';

// As its index does with this and four further ways to send; proxies are asked by it, and everything else is sent by `dispatch`.
Dispatcher.prototype.connect = connect;

export { Agent, Pool, ProxyAgent, Socks5ProxyAgent };
