import { type Channel, MOST_CHANNELS } from './manscdp.ts';

/** What is known of a device that the hall's file names. Times are of the monotonic clock, ms. */
export interface DeviceState {
  /** Until when it is registered; 0 while it is not. */
  readonly until: number;
  readonly heardAt: number;
  /** What it has said of its cameras, by id. */
  readonly channels: ReadonlyMap<string, Channel>;
  /** When it was last asked for them; undefined where it was not since it came. */
  readonly askedAt: number | undefined;
}

/** What happens to a device. */
export type DeviceEvent =
  | { readonly what: 'registered'; readonly at: number; readonly forMs: number }
  | { readonly what: 'heard'; readonly at: number }
  | { readonly what: 'asked'; readonly at: number }
  | { readonly what: 'catalogue'; readonly channels: readonly Channel[] }
  | { readonly what: 'left' };

export const UNKNOWN: DeviceState = { until: 0, heardAt: 0, channels: new Map(), askedAt: undefined };

/** A device that told nothing is asked again after so long. */
const ASK_AGAIN_MS = 60_000;

/** The state after an event. What a device said of its cameras outlasts its absence. */
export function evolve(state: DeviceState, event: DeviceEvent): DeviceState {
  switch (event.what) {
    case 'registered':
      return { ...state, until: event.at + event.forMs, heardAt: event.at };
    case 'heard':
      return { ...state, heardAt: event.at };
    case 'asked':
      return { ...state, askedAt: event.at };
    case 'catalogue': {
      const channels = new Map(state.channels);
      for (const channel of event.channels)
        if (channels.has(channel.id) || channels.size < MOST_CHANNELS) channels.set(channel.id, channel);
      return { ...state, channels };
    }
    case 'left':
      return { ...state, until: 0, askedAt: undefined };
  }
}

/** Whether it is there: registered, and heard of within three of its keepalives (GB/T 28181-2016 9.6). */
export function isOnline({ until, heardAt }: DeviceState, at: number, keepaliveMs: number): boolean {
  return at < until && at - heardAt <= 3 * keepaliveMs;
}

/** Whether it should be asked which cameras it has. */
export function lacksCatalogue({ channels, askedAt }: DeviceState, at: number): boolean {
  return askedAt === undefined || (channels.size === 0 && at - askedAt >= ASK_AGAIN_MS);
}
