import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { inProject, ROOT, readJson } from './project.ts';

/** How a child process ended. `output` is stdout and stderr together, empty when they were inherited. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Options of {@link run}. `quiet` collects the output in place of showing it; `timeoutMs` kills the child at that age. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly quiet?: boolean;
  readonly timeoutMs?: number;
}

/** Runs a program to its end. Never rejects: a program that is not there ends with code 127 and says so in `output`. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? process.env,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' }),
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString('utf8');
      resolve({
        code: code ?? 1,
        output: signal === 'SIGKILL' ? `${output}\n${command} was ended (${signal}).` : output,
      });
    });
  });
}

/** Runs a Node script of node_modules or of the project on the Node that runs this. */
export function runNode(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return run(process.execPath, args, options);
}

/** Runs the command that an installed package brings, e.g. `runTool('typescript', 'tsc', ['--noEmit'])`. */
export function runTool(
  name: string,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const manifest = readJson(inProject('node_modules', name, 'package.json')) as
    | { bin?: string | Record<string, string> }
    | undefined;
  const bin = typeof manifest?.bin === 'string' ? manifest.bin : manifest?.bin?.[command];
  if (!bin) return Promise.resolve({ code: 127, output: `${command} of the package ${name} is not installed.` });
  return runNode([inProject('node_modules', name, bin), ...args], options);
}

/**
 * Runs a long-lived child until it ends, and passes on requests to close.
 *
 * A terminal's Ctrl-C reaches every process of the group at once, and each parent passes it on again, so repeats within
 * a second of the first are dropped; a later one is passed on, for a child that does not close. When the parent vanishes
 * (npm killed outright) the child is asked to close too.
 *
 * @returns 0 after a requested close, else the child's own exit code.
 */
export function attend(child: ChildProcess): Promise<number> {
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (now - askedAt < 1000) return;
    askedAt = now;
    child.kill(signal);
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const parent = process.ppid;
  const orphaned = setInterval(() => process.ppid === parent || ask('SIGTERM'), 500);
  const handlers = signals.map((signal) => ({ signal, handler: () => ask(signal) }));
  for (const { signal, handler } of handlers) process.on(signal, handler);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(orphaned);
      for (const { signal: name, handler } of handlers) process.off(name, handler);
      const asked = Number.isFinite(askedAt);
      resolve(asked && (code === 0 || signal !== null) ? 0 : (code ?? 1));
    });
  });
}

/** Starts a long-lived child on the project's root with the launcher's own stdio, unless told otherwise. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
}
