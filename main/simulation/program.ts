import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { SimulatorAnswer, type SimulatorOrder } from '../../contract/simulation.ts';
import type { Text } from '../../core/words.ts';
import type { Clock } from '../clock.ts';
import { workerProgram } from '../workerProgram.ts';

/** A busy machine may take its time. */
const READY_MS = 60_000;
/** What it has open is closed within so many ms. */
const CLOSED_MS = 5_000;
const SAID_CHARS = 2_000;

/** A simulator could not be started: why, in both languages. */
export class SimulatorFailed extends Error {
  override readonly name = 'SimulatorFailed';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** A simulator's program that runs and has its folder written. */
export interface RunningProgram {
  /** Address where it is steered. */
  readonly control: string;
  readonly pid: number | undefined;
  close(): Promise<void>;
}

/**
 * Starts the program that comes with the product under a name. It ends with this process, however that ends: its standard input is closed then.
 *
 * @param options.thread whether it is a thread of this process. In Electron it is: a packaged app's binary is no Node, whatever it is told.
 * @param options.lost hears that it ended by itself, after it was ready
 * @throws SimulatorFailed
 */
export async function startProgram(options: {
  program: string;
  order: SimulatorOrder;
  clock: Clock;
  log: Logger;
  lost(why: string): void;
  thread?: boolean;
}): Promise<RunningProgram> {
  const { program, order, clock, log, lost, thread = process.versions.electron !== undefined } = options;
  const file = workerProgram(import.meta.url, `../../simulator/${program}.simulator.ts`);
  const child = thread ? asThread(file) : asProcess(file);
  let said = '';
  child.stdin.on('error', () => undefined); // A child that is gone is heard of through its end.
  child.stdin.write(`${JSON.stringify(order)}\n`);
  createInterface({ input: child.stderr }).on('line', (line) => {
    said = `${said}${line}\n`.slice(-SAID_CHARS);
    log.warn({ simulator: line.slice(0, SAID_CHARS) }, 'the simulator says');
  });
  const { gone } = child;
  let closing = false;

  async function close(): Promise<void> {
    closing = true;
    child.stdin.end();
    const cancel = clock.setTimeout(() => child.kill(), CLOSED_MS);
    await gone;
    cancel();
  }

  try {
    const control = await answerOf(child, gone, clock, () => said);
    void gone.then((why) => {
      if (!closing) lost(why);
    });
    log.info({ program, pid: child.pid }, 'the simulator is ready');
    return { control, pid: child.pid, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws SimulatorFailed */
function answerOf(
  child: Pick<Child, 'stdout'>,
  gone: Promise<string>,
  clock: Clock,
  said: () => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (text: Text) => reject(new SimulatorFailed(text));
    const seconds = READY_MS / 1000;
    const cancel = clock.setTimeout(
      () => fail({ zh: `${seconds} 秒内没有就绪`, en: `it was not ready within ${seconds} s` }),
      READY_MS,
    );
    void gone.then((why) => {
      cancel();
      const words = said().trim();
      fail({ zh: `程序已退出（${why}）${words}`, en: `its program ended (${why}) ${words}`.trim() });
    });
    createInterface({ input: child.stdout }).once('line', (line) => {
      cancel();
      const answer = answerIn(line);
      if (answer === null) fail({ zh: '应答无法理解', en: 'its answer is not understood' });
      else if ('failed' in answer) fail(answer.failed);
      else resolve(answer.control);
    });
  });
}

function answerIn(line: string): SimulatorAnswer | null {
  try {
    return SimulatorAnswer.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** A program that runs beside. */
interface Child {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly pid: number | undefined;
  /** Why it ended, once it has. */
  readonly gone: Promise<string>;
  kill(): void;
}

function asProcess(file: string): Child {
  const child = spawn(process.execPath, [file], {
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const { stdin, stdout, stderr, pid } = child;
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { stdin, stdout, stderr, pid, gone, kill: () => void child.kill('SIGKILL') };
}

function asThread(file: string): Child {
  const worker = new Worker(file, { env: environment(), stdin: true, stdout: true, stderr: true });
  const gone = new Promise<string>((resolve) => {
    worker.once('error', (error) => resolve(error instanceof Error ? error.message : String(error)));
    worker.once('exit', (code) => resolve(`exit code ${code}`));
  });
  const { stdin, stdout, stderr } = worker;
  if (!stdin) throw new Error('a thread that was asked for an input has none');
  return { stdin, stdout, stderr, pid: undefined, gone, kill: () => void worker.terminate() };
}

/** What is secret of the hall is not the program's. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OPSHALL_')));
}
