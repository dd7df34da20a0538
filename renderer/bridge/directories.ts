import type { ContractError } from '../../contract/errors.ts';
import type { QueryName, QueryParams, QueryRow } from '../../contract/index.ts';
import { MOST_LISTED } from '../../contract/schema/paging.ts';
import type { HallClient } from '../../contract/wire/hallClient.ts';

/** What does not change while a hall runs, and is drawn whole. */
export type DirectoryName =
  | 'units.directory'
  | 'cameras.list'
  | 'seats.departments'
  | 'places.facilities'
  | 'places.kinds';

/** The hall's directories, each read once a connection, whoever asks. */
export interface Directories {
  /** @throws ContractError when the hall does not answer it */
  every<D extends DirectoryName>(name: D): Promise<readonly QueryRow<D>[]>;
  /** A page of a query as it is now, for what somebody has asked to be done. @throws ContractError when the hall does not answer it */
  page<Q extends QueryName>(name: Q, params: QueryParams<Q>): Promise<Page<Q>>;
}

/** A page of a query, and where the next one begins. */
interface Page<Q extends QueryName> {
  readonly rows: readonly QueryRow<Q>[];
  readonly more: string | null;
}

/** What the client says may pass: it asks again by itself. */
const mayPass = ({ code }: ContractError) => code === 'busy' || code === 'unavailable';

export function createDirectories(client: Pick<HallClient, 'query' | 'welcome'>): Directories {
  const read = new Map<DirectoryName, { of: unknown; rows: Promise<readonly QueryRow<DirectoryName>[]> }>();

  function page<Q extends QueryName>(name: Q, params: QueryParams<Q>): Promise<Page<Q>> {
    return new Promise((resolve, reject) => {
      const stop = client.query(name, params, ({ rows, more, fresh, error }) => {
        if (rows !== null && fresh) resolve({ rows, more });
        else if (error !== null && !mayPass(error)) reject(error);
        else return;
        queueMicrotask(() => stop());
      });
    });
  }

  async function whole<D extends DirectoryName>(name: D): Promise<readonly QueryRow<D>[]> {
    const all: QueryRow<D>[] = [];
    for (let after: string | undefined | null; after !== null; ) {
      const params = { limit: MOST_LISTED, ...(after === undefined ? {} : { after }) };
      const { rows, more } = await page(name, params as QueryParams<D>);
      for (const row of rows) all.push(row);
      after = more;
    }
    return all;
  }

  return {
    page,
    every<D extends DirectoryName>(name: D) {
      const of = client.welcome();
      const known = read.get(name);
      if (known && known.of === of) return known.rows as Promise<readonly QueryRow<D>[]>;
      const rows = whole(name);
      read.set(name, { of, rows });
      rows.catch(() => {
        if (read.get(name)?.rows === rows) read.delete(name); // Who asks again has it tried again.
      });
      return rows;
    },
  };
}
