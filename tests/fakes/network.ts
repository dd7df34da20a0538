import type { Clock } from '../../main/clock.ts';
import type { Peer } from '../../main/sync/peer.ts';

/** How badly a network treats messages: chances from 0 to 1. */
export interface NetworkMood {
  lose: number;
  repeat: number;
  /** Longest delay in ms; each copy is delayed on its own, so that messages overtake each other. */
  delay: number;
}

/** A network in memory that loses, repeats, delays and reorders. */
export interface FakeNetwork {
  mood: NetworkMood;
  /** Both ends of a new connection. */
  pair(a: string, b: string): [Peer, Peer];
  readonly carried: number;
}

/** @param random numbers from 0 to 1, seeded by the test. */
export function createFakeNetwork(clock: Clock, random: () => number, mood: NetworkMood): FakeNetwork {
  let carried = 0;
  const network: FakeNetwork = {
    mood,
    get carried() {
      return carried;
    },
    pair(a, b) {
      let open = true;
      const ends = [end(`to ${b}`), end(`to ${a}`)] as const;
      function end(address: string) {
        const onMessage: ((text: string) => void)[] = [];
        const onClose: ((reason: string) => void)[] = [];
        return { address, onMessage, onClose };
      }
      const peer = (mine: 0 | 1): Peer => ({
        address: ends[mine].address,
        send(text) {
          const { lose, repeat, delay } = network.mood;
          const copies = random() < lose ? 0 : random() < repeat ? 2 : 1;
          for (let copy = 0; copy < copies; copy++) {
            clock.setTimeout(
              () => {
                if (!open) return;
                carried++;
                for (const listener of ends[mine === 0 ? 1 : 0].onMessage) listener(text);
              },
              Math.floor(random() * delay),
            );
          }
        },
        close(reason) {
          if (!open) return;
          open = false;
          for (const each of ends) for (const listener of each.onClose) listener(reason);
        },
        onMessage: (listener) => void ends[mine].onMessage.push(listener),
        onClose: (listener) => void ends[mine].onClose.push(listener),
      });
      return [peer(0), peer(1)];
    },
  };
  return network;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
