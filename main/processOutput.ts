import { pino } from 'pino';
import type { Clock } from './clock.ts';
import { createLogOutput, descriptorOutput } from './files/logOutput.ts';
import { BadOption } from './options.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** What a person is told in one language, where the error knows both. */
interface InBoth extends Error {
  text: { zh: string; en: string };
}

/**
 * Lets no output end the process: a terminal that was closed, a pipe whose reader is gone, a full disk are nobody's reason to stop.
 * Call it before anything is written.
 */
export function forgiveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/**
 * The hall's log, on standard error.
 *
 * @param level of OPSHALL_LOG; warnings and errors where it is not set.
 * @throws BadOption
 */
export function openLog(level: string | undefined, clock: Clock): pino.Logger {
  if (level && !LEVELS.includes(level))
    throw new BadOption(
      `OPSHALL_LOG is one of ${LEVELS.join(', ')}, not "${level.slice(0, 50)}".`,
      `环境变量 OPSHALL_LOG 应为 ${LEVELS.join('、')} 之一，而不是“${level.slice(0, 50)}”。`,
    );
  const output = createLogOutput({ output: descriptorOutput(2), clock });
  // What ends the process is on record before it does; Node itself prints it too.
  process.on('uncaughtExceptionMonitor', (error, origin) => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const fields = { level: 60, time: clock.now(), pid: process.pid, origin, err: what.slice(0, 6000) };
    output.last(`${JSON.stringify({ ...fields, msg: 'the hall ends: something failed that nobody caught' })}\n`);
  });
  process.on('exit', () => output.last());
  return pino({ level: level || 'warn', redact: ['token', '*.token'] }, output);
}

/** Why the hall does not start, in the language of its windows; English follows for who helps. */
export function whyNot(error: unknown, argv: readonly string[]): string {
  if (!(error instanceof Error)) return String(error);
  const text = 'text' in error ? (error as InBoth).text : null;
  if (text === null) return error.message;
  const english = argv.some((arg, i) => arg === '--lang=en' || (arg === 'en' && argv[i - 1] === '--lang'));
  return english ? text.en : `${text.zh}\n${text.en}`;
}
