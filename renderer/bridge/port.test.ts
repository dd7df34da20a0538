import { describe, expect, it } from 'vitest';
import type { PagePort } from '../../contract/wire/carriers/pagePort.ts';
import { createPortSource, type PortWindow } from './port.ts';

function page() {
  const asked: unknown[] = [];
  let listener: Parameters<PortWindow['addEventListener']>[1] = () => {};
  const window: PortWindow = {
    addEventListener: (_type, fn) => {
      listener = fn;
    },
    postMessage: (message) => void asked.push(message),
  };
  const port = () => {
    const sent: unknown[] = [];
    const made: PagePort & { sent: unknown[]; closed: boolean } = {
      sent,
      closed: false,
      postMessage: (message) => void sent.push(message),
      start() {},
      close() {
        made.closed = true;
      },
      addEventListener() {},
    };
    return made;
  };
  const give = (given: PagePort, source: unknown = window, type = 'opshall:port') =>
    listener({ source, data: { type }, ports: [given] });
  return { window, asked, port, give };
}

describe('port source', () => {
  it('asks the preload for a port and takes the one that comes', async () => {
    const { window, asked, port, give } = page();
    const source = createPortSource(window, () => {});
    const carrier = source.connect();
    expect(asked).toEqual([{ type: 'opshall:want-port' }]);
    const mine = port();
    give(mine);
    (await carrier).send('hello');
    expect(mine.sent).toEqual(['hello']);
  });

  it('keeps the newest port that came unasked, and says so', async () => {
    const { window, asked, port, give } = page();
    let offers = 0;
    const source = createPortSource(window, () => offers++);
    const [old, fresh] = [port(), port()];
    give(old);
    give(fresh);
    expect(offers).toBe(2);
    expect(old.closed).toBe(true);
    (await source.connect()).send('x');
    expect(fresh.sent).toEqual(['x']);
    expect(asked).toEqual([]);
  });

  it('fails who asked before when a port is asked for anew', async () => {
    const { window, port, give } = page();
    const source = createPortSource(window, () => {});
    const first = source.connect();
    const second = source.connect();
    await expect(first).rejects.toThrow(/anew/);
    const mine = port();
    give(mine);
    (await second).send('x');
    expect(mine.sent).toEqual(['x']);
  });

  it('takes no port from another window, and none by another name', () => {
    const { window, port, give } = page();
    let offers = 0;
    createPortSource(window, () => offers++);
    give(port(), {});
    give(port(), window, 'opshall:other');
    expect(offers).toBe(0);
  });
});
