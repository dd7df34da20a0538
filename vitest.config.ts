import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What begins first: what takes longest, because begun last it would go on by itself; and beside maps, drawn with both cores, what
 * draws none. A fresh clone remembers no times.
 */
const FIRST = [
  ...['drill', 'desktop.e2e', 'tasks.e2e', 'underTheHands.e2e', 'deskFits.e2e', 'mainJob.e2e', 'atTheDesk.e2e'],
  ...['unitsAndNear.e2e', 'manyIncidents.e2e', 'alarmFlood.e2e'],
].map((name) => `/${name}.test.ts`);

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => [...FIRST, moduleId].findIndex((name) => moduleId.endsWith(name));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/**
 * unit: beside the code they test. scale: how work grows with size, judged by counts and ratios. integration: real servers,
 * files and child processes. e2e: the built app in a real browser and a real Electron, two files at a time, because one mostly
 * waits for its page.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: InOrder },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,contract,main,native,renderer,preload,scripts,simulator}/**/*.test.{ts,tsx}'],
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
          maxWorkers: 2,
          testTimeout: 1_500_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
