import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from '../../main/api/http/server.ts';
import { systemClock } from '../../main/clock.ts';
import { launchBrowser } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { createRig, type Rig } from './wire.rig.ts';

describe('the bridge in a real browser, under the real content security policy', () => {
  let out: string;
  let browser: Browser;
  let page: Page;
  let rig: Rig;
  let http: HttpServer;
  const complaints: string[] = [];

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'opshall-page-'));
    await build({
      configFile: false,
      logLevel: 'warn',
      define: { 'process.env.NODE_ENV': '"production"' },
      oxc: { jsx: { runtime: 'automatic', development: false } },
      build: {
        outDir: join(out, 'assets'),
        emptyOutDir: true,
        rolldownOptions: {
          input: fileURLToPath(new URL('./wire.page.tsx', import.meta.url)),
          output: { entryFileNames: 'page.js' },
        },
      },
    });
    await writeFile(
      join(out, 'index.html'),
      '<!doctype html><link rel="icon" href="data:," /><div id="root"></div><script type="module" src="/assets/page.js"></script>',
    );
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await rm(out, { recursive: true });
  });

  async function serve(port = 0): Promise<void> {
    rig = await createRig(
      async () => ({
        connect: () => Promise.reject(new Error('only the browser connects')),
        cut() {},
        async close() {},
      }),
      { handlers: { 'ledger.digest': () => ({ digest: 'd1g3st', events: 0 }) } },
    );
    http = await createHttpServer({
      host: '127.0.0.1',
      port,
      token: 'right',
      integrationToken: 'right-too',
      version: '0.0.0-test',
      staticDir: out,
      cityDir: out,
      mapDir: out,
      contract: rig.server,
      healthz: () => ({}),
      clock: systemClock(),
      log: rig.log,
    });
  }
  async function stop(): Promise<void> {
    await rig.close();
    await http.close();
  }
  async function open(hash: string): Promise<void> {
    const context = await browser.newContext();
    page = await context.newPage();
    complaints.length = 0;
    page.on('console', (message) => {
      if (/security policy|contract/i.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${http.url}${hash}`);
  }
  const shows = (id: string, text: string) =>
    until(async () => (await page.textContent(`#${id}`, { timeout: 1000 })) === text, {
      what: `#${id} showing "${text}"`,
    });
  const wall = (screen: string, scene: 'plan' | 'video') => ({ screen, scene, selection: null, cameras: [] });

  afterEach(async () => {
    await page.context().close();
    await stop();
  });

  it('connects with the token of the address, follows, calls, and survives the hall', async () => {
    await serve();
    rig.topics.walls.set('north', wall('north', 'plan'));
    await open('#/wall/north?token=right');
    await shows('state', 'open');
    expect(page.url()).toBe(`${http.url}#/wall/north`);
    await shows('walls', 'north:plan');
    rig.topics.walls.set('north', wall('north', 'video'));
    await shows('walls', 'north:video');
    await page.click('#digest');
    await shows('digest', 'd1g3st');
    await until(() => rig.sinks.length === 1);
    rig.sinks[0]?.push(new Uint8Array(1_600_016), true);
    await until(async () => (await page.title()) === '1600016 true');

    const port = http.port;
    await stop();
    await shows('state', 'lost');
    expect(await page.textContent('#walls')).toBe('north:video');
    await serve(port);
    rig.topics.walls.set('south', wall('south', 'plan'));
    await shows('state', 'open');
    await shows('walls', 'south:plan');

    await page.reload();
    await shows('state', 'open');
    expect(complaints).toEqual([]);
  });

  it('says that it needs a token, that a token is wrong, and takes the right one', async () => {
    await serve();
    await open('');
    await shows('state', 'refused');
    await shows('code', 'unauthorised');
    await page.goto('about:blank');
    await page.goto(`${http.url}#token=wrong`);
    await shows('state', 'refused');
    await page.click('#token');
    await shows('state', 'open');
    await shows('code', '');
    expect(complaints).toEqual([]);
  });
});
