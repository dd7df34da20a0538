import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { QueryName, QueryParams, TopicItem, TopicName } from '../../contract/index.ts';
import type { ConnectionState, HallClient, QueryState } from '../../contract/wire/hallClient.ts';
import type { Bridge } from './bridge.ts';

const BridgeContext = createContext<Bridge | null>(null);

/** Gives the bridge to everything below. One a window. */
export function BridgeProvider({ bridge, children }: { bridge: Bridge; children: ReactNode }) {
  return <BridgeContext value={bridge}>{children}</BridgeContext>;
}

/** The window's bridge. @throws Error outside a BridgeProvider */
export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (bridge === null) throw new Error('useBridge needs a <BridgeProvider> above it');
  return bridge;
}

/** Follows a topic while the component is there. The same map until something in it changes; empty before the snapshot. */
export function useTopic<T extends TopicName>(topic: T): ReadonlyMap<string, TopicItem<T>> {
  const bridge = useBridge();
  return useSyncExternalStore(useInTurn(topic), () => bridge.items(topic));
}

/** Subscribes a component to a topic: it is told when it is the window's turn. */
function useInTurn(topic: TopicName): (changed: () => void) => () => void {
  const { subscribe, turns } = useBridge();
  return useCallback(
    (changed) => {
      const tell = () => turns.tell(changed);
      const stop = subscribe(topic, tell);
      return () => {
        stop();
        turns.forget(changed);
      };
    },
    [subscribe, turns, topic],
  );
}

/** One item of a topic; renders again only when that item changes. Undefined while there is none. */
export function useTopicItem<T extends TopicName>(topic: T, key: string): TopicItem<T> | undefined {
  return useTopicValue(topic, (items) => items.get(key));
}

/**
 * What a component takes of a topic; renders again only when that is another.
 *
 * @param take a plain value, or the same object as long as it says the same
 */
export function useTopicValue<T extends TopicName, V>(
  topic: T,
  take: (items: ReadonlyMap<string, TopicItem<T>>) => V,
): V {
  const bridge = useBridge();
  return useSyncExternalStore(useInTurn(topic), () => take(bridge.items(topic)));
}

/** Those items of a topic that a component wants; renders again only when they are others. */
export function useTopicItems<T extends TopicName>(
  topic: T,
  wanted: (item: TopicItem<T>) => boolean,
): readonly TopicItem<T>[] {
  const last = useRef<readonly TopicItem<T>[]>([]);
  return useTopicValue(topic, (items) => {
    const now = [...items.values()].filter(wanted);
    const before = last.current;
    if (now.length !== before.length || now.some((item, i) => item !== before[i])) last.current = now;
    return last.current;
  });
}

/** Whether a topic's items are the hall's present ones; false before the snapshot and while the connection is lost. */
export function useTopicFresh(topic: TopicName): boolean {
  const bridge = useBridge();
  const subscribe = useCallback(
    (changed: () => void) => {
      const stops = [bridge.subscribe(topic, changed), bridge.onConnection(changed)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [bridge, topic],
  );
  return useSyncExternalStore(subscribe, () => bridge.fresh(topic));
}

/** What a window knows of a query that nobody has answered yet. */
const LOADING = { rows: null, total: { count: 0, exact: true }, more: null, fresh: false, error: null } as const;

/**
 * Follows a page of a query while the component is there. With other params the rows that were there stay, as not fresh, until those for
 * the new ones have come. Rows that did not change are the same objects.
 *
 * @param params null: nothing is asked, and nothing there
 */
export function useQuery<Q extends QueryName>(name: Q, params: QueryParams<Q> | null): QueryState<Q> {
  const bridge = useBridge();
  const [state, setState] = useState<QueryState<Q>>(LOADING);
  const asked = JSON.stringify(params);
  useEffect(() => {
    const wanted = JSON.parse(asked) as QueryParams<Q> | null;
    if (wanted === null) {
      setState(LOADING);
      return;
    }
    return bridge.query(name, wanted, (now) => {
      const waits = now.rows === null && now.error === null;
      setState((before) => (waits && before.rows !== null ? { ...before, fresh: false, error: null } : now));
    });
  }, [bridge, name, asked]);
  return state;
}

/** How the window stands with the hall. */
export function useConnection(): ConnectionState {
  const bridge = useBridge();
  return useSyncExternalStore(bridge.onConnection, bridge.connection);
}

const BEHIND_LOOK_MS = 1000;

function everySecond(look: () => void): () => void {
  const timer = setInterval(look, BEHIND_LOOK_MS);
  return () => clearInterval(timer);
}

/** Whole seconds by which what the window shows is behind the hall; 0 while it keeps up. */
export function useBehind(): number {
  const bridge = useBridge();
  return useSyncExternalStore(everySecond, () => Math.round(bridge.behindMs() / 1000));
}

/** Calls methods of the hall; the same function for the bridge's life. */
export function useCall(): HallClient['call'] {
  return useBridge().call;
}
