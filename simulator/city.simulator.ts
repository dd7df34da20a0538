import { createInterface } from 'node:readline';
import { type SimulatorAnswer, SimulatorOrder } from '../contract/simulation.ts';
import type { Text } from '../core/words.ts';
import { systemClock } from '../main/clock.ts';
import { CityFileError } from './load.ts';
import { stderrLog } from './log.ts';
import { openSimulator, type Simulator } from './simulator.ts';

/**
 * Program of the made-up city. It takes one order on its standard input, says where it is steered, and ends when its input does: with the
 * hall that started it.
 */
async function main(): Promise<void> {
  let open: Promise<Simulator> | undefined;
  const input = createInterface({ input: process.stdin });
  input.once('line', (line) => {
    open = opened(line);
    open.then(
      ({ control }) => say({ control }),
      (error: unknown) => {
        say({ failed: whyNot(error) }, () => process.exit(1));
      },
    );
  });
  input.once('close', async () => {
    await (await open?.catch(() => undefined))?.close();
    process.exit();
  });
  // Ctrl-C reaches the whole group; the hall says when to stop.
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);
}

async function opened(line: string): Promise<Simulator> {
  return openSimulator(SimulatorOrder.parse(JSON.parse(line)), { clock: systemClock(), log: stderrLog });
}

function say(answer: SimulatorAnswer, heard = () => {}): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`, heard);
}

function whyNot(error: unknown): Text {
  if (error instanceof CityFileError)
    return { zh: `${error.text.zh}。运行 npm run build 重新生成`, en: `${error.text.en}. Run npm run build` };
  const why = error instanceof Error ? error.message : String(error);
  return { zh: `系统报告“${why}”`, en: why };
}

process.stdout.on('error', () => undefined); // Whoever listened is gone; so is the input.
await main();
