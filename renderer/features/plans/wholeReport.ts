import type { Params, Result } from '../../../contract/index.ts';

type Report = Result<'runs.report'>;

/** A run that goes on may change while its report is read; then it is read anew, so often at most. */
const ATTEMPTS = 3;

/**
 * Reads a report of any length, part by part.
 *
 * @param onRead hears how much of it is read, 0…1
 * @param signal ends the reading before the next part
 * @returns undefined when a part failed or it was ended, `changed` when the run changed each time while it was read
 */
export async function wholeReport(
  ask: (params: Params<'runs.report'>) => Promise<Report | undefined>,
  params: Pick<Params<'runs.report'>, 'run' | 'lang'>,
  onRead: (share: number) => void,
  signal: AbortSignal,
): Promise<{ name: string; html: string } | 'changed' | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const first = await ask(params);
    if (!first || signal.aborted) return undefined;
    const { name, madeAt, chars } = first;
    let { html, next } = first;
    while (next !== null) {
      onRead(html.length / chars);
      const part = await ask({ ...params, from: next, madeAt });
      if (!part || signal.aborted) return undefined;
      if (part.chars !== chars) break;
      html += part.html;
      next = part.next;
    }
    if (next === null) return { name, html };
  }
  return 'changed';
}
