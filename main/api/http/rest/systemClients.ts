import { ContractError } from '../../../../contract/errors.ts';
import type { MethodName, Params, QueryName, QueryParams, QueryRow } from '../../../../contract/index.ts';
import { createMemoryPair } from '../../../../contract/wire/carriers/memory.ts';
import { createHallClient } from '../../../../contract/wire/client.ts';
import type { HallClient, QueryState } from '../../../../contract/wire/hallClient.ts';
import type { ContractServer } from '../../../../contract/wire/served.ts';
import type { Clock } from '../../../clock.ts';

type Lang = 'zh-CN' | 'en';

/** A page of a query, once. */
export type OnePage<Q extends QueryName> = Pick<QueryState<Q>, 'total' | 'more'> & {
  readonly rows: readonly QueryRow<Q>[];
};

/** The contract as other systems have it: what they ask is under the same rights and limits as what a window asks. */
export interface SystemClients {
  /** @throws ContractError */
  call(lang: Lang, method: MethodName, params: unknown): Promise<unknown>;
  /** @throws ContractError */
  page<Q extends QueryName>(lang: Lang, query: Q, params: unknown): Promise<OnePage<Q>>;
  close(): void;
}

/** Milliseconds after which nobody asks any more, and the hall is left. */
const IDLE_MS = 60_000;
const PAGE_MS = 10_000;

/** All requests of one language share a session of the seat `integration`, opened when it is needed. */
export function createSystemClients({ contract, clock }: { contract: ContractServer; clock: Clock }): SystemClients {
  const open = new Map<Lang, { client: HallClient; leave: () => void }>();

  function connect(lang: Lang): HallClient {
    return createHallClient({
      clock,
      hello: { seat: 'integration', lang, client: 'http' },
      async connect() {
        const { window, hall } = createMemoryPair();
        contract.attach(hall, { seat: 'integration', client: 'http', via: 'integration' });
        return window;
      },
    });
  }

  function clientOf(lang: Lang): HallClient {
    const known = open.get(lang);
    known?.leave();
    const client = known?.client ?? connect(lang);
    const leave = clock.setTimeout(() => {
      open.delete(lang);
      client.close();
    }, IDLE_MS);
    open.set(lang, { client, leave });
    return client;
  }

  return {
    call: (lang, method, params) => clientOf(lang).call(method, params as Params<MethodName>),
    page<Q extends QueryName>(lang: Lang, query: Q, params: unknown) {
      return new Promise<OnePage<Q>>((resolve, reject) => {
        const late = () =>
          end(() => reject(new ContractError('timeout', `${query} has no answer after ${PAGE_MS} ms`)));
        const cancel = clock.setTimeout(late, PAGE_MS);
        let over = false;
        const end = (settle: () => void) => {
          over = true;
          cancel();
          settle();
        };
        const stop = clientOf(lang).query(query, params as QueryParams<Q>, ({ rows, total, more, fresh, error }) => {
          if (over) return;
          if (error) end(() => reject(error));
          else if (rows && fresh) end(() => resolve({ rows, total, more }));
          if (over) queueMicrotask(() => stop());
        });
      });
    },
    close() {
      for (const { client, leave } of open.values()) {
        leave();
        client.close();
      }
      open.clear();
    },
  };
}
