import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = (...parts: string[]): string => resolve(import.meta.dirname, ...parts);

/** Worker threads and simulators are entries of their own: `native/sqlite/reader.worker.ts` becomes `out/main/reader.worker.js`. */
const workers = Object.fromEntries(
  globSync('{main,native,simulator}/**/*.{worker,simulator}.ts', { cwd: import.meta.dirname }).map((file) => [
    basename(file, '.ts'),
    here(file),
  ]),
);

/**
 * Targets are those of the oldest Electron that the app is tested in (33: Node 20, Chromium 130), which is also the
 * oldest browser that a wall display may run. Packages stay outside the main bundle: they are installed beside it, and
 * native ones have to be.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20.18',
      sourcemap: true,
      rolldownOptions: {
        input: {
          electron: here('main/electron/index.ts'),
          headless: here('main/headless.ts'),
          'hall-process': here('main/hall-process.ts'),
          ...workers,
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20.18',
      externalizeDeps: false,
      // A sandboxed preload is one CommonJS file: there is no module loader in it.
      rolldownOptions: {
        input: { index: here('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [react()],
    build: {
      outDir: here('out/renderer'),
      target: 'chrome130',
      minify: true,
      sourcemap: true,
      rolldownOptions: { input: { index: here('renderer/index.html') } },
    },
  },
});
