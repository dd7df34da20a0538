import type { Which } from '../../../contract/features/rejects.ts';
import type { HallClient } from '../../../contract/wire/hallClient.ts';

/** Messages a page: it has fewer where they are large. */
const PAGE = 16;

/**
 * The messages that fit, whole, each a line of JSON, newest first: what came later than the first page is not among them.
 *
 * @param onPage hears how many there are so far
 * @throws what the query ends with
 */
export async function ndjsonOf(
  client: Pick<HallClient, 'query'>,
  which: Which,
  onPage: (count: number) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const lines: string[] = [];
  let after: string | null = null;
  do {
    const page = await readPage(client, { ...which, limit: PAGE, ...(after === null ? {} : { after }) }, signal);
    for (const row of page.rows) lines.push(`${JSON.stringify(row)}\n`);
    onPage(lines.length);
    after = page.more;
  } while (after !== null);
  return lines;
}

interface MessagesPage {
  readonly rows: readonly object[];
  readonly more: string | null;
}

/** One page, as it is now. */
function readPage(
  client: Pick<HallClient, 'query'>,
  params: Parameters<typeof client.query<'rejects.messages'>>[1],
  signal: AbortSignal,
): Promise<MessagesPage> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const abort = () => {
      stop();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    const settle = (then: () => void) => {
      signal.removeEventListener('abort', abort);
      then();
      // The first answer may come before the query says how to end it.
      queueMicrotask(() => stop());
    };
    stop = client.query('rejects.messages', params, ({ rows, more, fresh, error }) => {
      if (error !== null) settle(() => reject(error));
      else if (fresh && rows !== null) settle(() => resolve({ rows, more }));
    });
    if (signal.aborted) abort();
  });
}
