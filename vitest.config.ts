import { defineConfig } from 'vitest/config';

/**
 * unit: beside the code they test. scale: how work grows with size, judged by counts and ratios. integration: real servers,
 * files and child processes. e2e: the built app in a real browser and a real Electron, one file after another, because they
 * share two cores and the screen.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,contract,main,native,renderer,preload,scripts}/**/*.test.{ts,tsx}'],
          pool: 'forks',
          // A unit test leaves nothing behind: files share their modules, which halves the time.
          isolate: false,
          maxWorkers: 2, // Left to itself it is one less than there are cores.
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'scale',
          include: ['tests/scale/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/{integration,support}/**/*.test.{ts,tsx}'],
          pool: 'forks',
          // They mostly wait, for real clocks, sockets and processes; left to itself it is one less than there are cores.
          maxWorkers: 4,
          testTimeout: 900_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.{ts,tsx}'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 1_500_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
