import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { faultProxyControl, RemoteFaultProxy } from './fault-proxy-control.js';
import { FaultProxy, type Fault } from './fault-proxy.js';

describe('the control of fault proxies', () => {
  let control: Server;
  let url: string;
  let proxy: FaultProxy;

  beforeAll(async () => {
    proxy = new FaultProxy({ host: '127.0.0.1', port: 1 });
    await proxy.start();
    control = faultProxyControl(new Map([['clickhouse', proxy]])).listen(0, '127.0.0.1');
    await once(control, 'listening');
    url = `http://127.0.0.1:${(control.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    await proxy.stop();
    control.close();
    control.closeAllConnections();
    await once(control, 'close');
  });

  it('tells a proxy what to do, and answers when it holds', async () => {
    const remote = new RemoteFaultProxy(url, 'clickhouse');
    expect(await remote.set({ kind: 'refuse' })).toMatchObject({ fault: { kind: 'refuse' }, connections: 0 });
    const [error] = (await once(
      connect(proxy.port, '127.0.0.1').on('error', () => undefined),
      'error',
    )) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
    await remote.set({ kind: 'delay', milliseconds: 5 });
    expect(await remote.state()).toEqual(proxy.state);
    expect(proxy.fault).toEqual({ kind: 'delay', milliseconds: 5 });
    expect(await (await fetch(url)).json()).toEqual({ clickhouse: proxy.state });
  });

  it('refuses what it does not understand, and changes nothing', async () => {
    const before = proxy.fault;
    const remote = new RemoteFaultProxy(url, 'clickhouse');
    await expect(remote.set({ kind: 'explode' } as unknown as Fault)).rejects.toThrow(/400: .*expected one of pass, /);
    await expect(remote.set({ kind: 'lose_answer', after: '(' })).rejects.toThrow(/400: SyntaxError/);
    await expect(new RemoteFaultProxy(url, 'kafka').state()).rejects.toThrow(/404: .*no proxy kafka/);
    expect(proxy.fault).toEqual(before);
  });
});
