import { createContext, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';
import type { TopicItem, TopicName } from '../../contract/index.ts';
import type { ConnectionState, HallClient } from '../../contract/wire/client.ts';
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
  const subscribe = useCallback((changed: () => void) => bridge.subscribe(topic, changed), [bridge, topic]);
  return useSyncExternalStore(subscribe, () => bridge.items(topic));
}

/** One item of a topic; renders again only when that item changes. Undefined while there is none. */
export function useTopicItem<T extends TopicName>(topic: T, key: string): TopicItem<T> | undefined {
  const bridge = useBridge();
  const subscribe = useCallback((changed: () => void) => bridge.subscribe(topic, changed), [bridge, topic]);
  return useSyncExternalStore(subscribe, () => bridge.items(topic).get(key));
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

/** How the window stands with the hall. */
export function useConnection(): ConnectionState {
  const bridge = useBridge();
  return useSyncExternalStore(bridge.onConnection, bridge.connection);
}

/** Calls methods of the hall; the same function for the bridge's life. */
export function useCall(): HallClient['call'] {
  return useBridge().call;
}
