import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The project's root folder. */
export const ROOT = resolve(import.meta.dirname, '..');

/** An absolute path inside the project. */
export const inProject = (...parts: string[]): string => join(ROOT, ...parts);

/** Built files and the stamps of what was built from what. */
export const OUT = inProject('out');

/** A file's JSON, or undefined when it is missing or not JSON: a stamp that cannot be read is a stamp that is not there. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A failure that a person caused or can mend: its message is the whole story, so no stack is printed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** One progress line for a person. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Lets a closed terminal, a pipe without reader or a full disk end no task: what cannot be said is not said. */
function forgiveOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** Runs a task's main function; a {@link Refusal} ends it with its sentence and code 1, anything else with its stack. */
export async function runTask(main: () => Promise<number>): Promise<void> {
  forgiveOutput();
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(
      `${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : error}\n`,
    );
    process.exitCode = 1;
  }
}
