import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { until } from './until.ts';

const KEPT_LINES = 2_000;

/** A real process that a test started: what it printed, how to wait for a line, how to end it. */
export interface Child {
  readonly pid: number;
  /** Lines of stdout and stderr so far, the newest last; the oldest are dropped beyond 2,000. */
  readonly lines: readonly string[];
  /** Waits for a line that matches, whether it came before or comes within `within` ms (default 30 s). */
  line(pattern: RegExp, within?: number): Promise<RegExpExecArray>;
  /** Writes a line to its standard input. */
  tell(line: string): void;
  readonly exited: boolean;
  /** Exit code, or the signal that ended it; undefined while it runs. */
  readonly ending: number | NodeJS.Signals | undefined;
  /** Asks it to close and waits; after 10 s it is killed, which rejects, because a clean close is part of the test. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** SIGKILL: a crash, or a power cut as the process sees it. */
  kill(): Promise<void>;
}

/**
 * Starts a process for a test.
 *
 * @param name what failures call it.
 */
export function startChild(name: string, command: string, args: readonly string[], options: SpawnOptions = {}): Child {
  const child: ChildProcess = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  // A test that fails halfway leaves nothing running behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const lines: string[] = [];
  let ending: number | NodeJS.Signals | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    });
  }
  child.on('error', (error) => {
    lines.push(error.message);
    ending = 127;
  });
  child.on('exit', (code, signal) => {
    process.off('exit', kill);
    ending = signal ?? code ?? 1;
  });
  const tail = () => lines.slice(-20).join('\n');
  const over = () => ending !== undefined;
  return {
    pid: child.pid ?? -1,
    lines,
    get exited() {
      return over();
    },
    get ending() {
      return ending;
    },
    tell: (line) => {
      child.stdin?.write(`${line}\n`);
    },
    async line(pattern, within = 30_000) {
      const find = (): { match: RegExpExecArray | null } | undefined => {
        for (const line of lines) {
          const match = pattern.exec(line);
          if (match) return { match };
        }
        return over() ? { match: null } : undefined;
      };
      const found = await until(find, { within, what: `${name}: a line like ${pattern}` });
      if (!found.match) throw new Error(`${name} ended (${ending}) before it printed ${pattern}:\n${tail()}`);
      return found.match;
    },
    async stop(signal = 'SIGTERM') {
      if (over()) return;
      child.kill(signal);
      try {
        await until(over, { within: 10_000, what: `${name}: a clean close` });
      } catch (cause) {
        kill();
        await until(over);
        throw new Error(`${name} did not close within 10 s of ${signal}:\n${tail()}`, { cause });
      }
    },
    async kill() {
      kill();
      await until(over);
    },
  };
}
