import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';

/** A bundled page on loopback. */
export interface ServedPage {
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
};

/** As strict as the hall's own, and no blob: workers either. */
const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'";

/**
 * Bundles one script with everything it imports, as the product's build does, and serves it as a page under a strict
 * content security policy.
 *
 * @param entry the script's file
 * @param folder an empty folder to build into
 * @param options.base where another server has the folder; `/` unless told
 */
export async function bundlePage(
  entry: string,
  folder: string,
  options: { body: string; base?: string },
): Promise<ServedPage> {
  const { body, base = '/' } = options;
  await build({
    base,
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome130',
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        input: entry,
        output: { entryFileNames: 'page.js', assetFileNames: '[name][extname]' },
      },
    },
  });
  const styles = await readFile(join(folder, 'page.css')).then(
    () => `<link rel="stylesheet" href="${base}page.css" />`,
    () => '',
  );
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8" /><link rel="icon" href="data:," />${styles}<body style="margin:0">${body}<script type="module" src="${base}page.js"></script></body>`,
  );
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname;
    const file = join(folder, normalize(path === '/' ? '/index.html' : path));
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, {
            'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': POLICY,
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
