/**
 * The parts of undici that Tally sends by. Its index loads all of it: fetch, WebSocket, caches and mocks are as much text again, which
 * V8 keeps for good.
 */
import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import Socks5ProxyAgent from 'undici/lib/dispatcher/socks5-proxy-agent.js';

// As its index does with these (a proxy is asked by the first) and three further ways to send.
Dispatcher.prototype.connect = connect;
Dispatcher.prototype.request = request;

export { Agent, Pool, ProxyAgent, Socks5ProxyAgent };
