import { createPictureDecoder, type Picture, type PictureDecoder } from './pictureDecoder.ts';

/** What the hall says of a stream; the rest of a camera's health is not the player's business. */
export interface VideoStreamState {
  readonly state: 'idle' | 'connecting' | 'live' | 'stale' | 'gone';
  /** Wall clock milliseconds. */
  readonly since: number;
  /** Why it is gone: `preparing`, `refused`, `timeout` … */
  readonly reason?: string;
}

/** How a stream is asked for. */
export interface VideoSubscribeOptions {
  readonly mode: 'auto' | 'i420';
  /** Device pixels of the largest tile that shows it. */
  readonly width: number;
  readonly height: number;
}

/** Asks the hall for a camera; whoever carries the packets provides it. The answer ends it. */
export type VideoSubscribe = (
  cameraId: string,
  options: VideoSubscribeOptions,
  onPacket: (packet: Uint8Array) => void,
  onState: (state: VideoStreamState) => void,
) => () => void;

/** Without a new picture for so long, a tile is not live; a camera whose pictures come seldom has longer. */
const STALE_MS = 2_000;
const MOST_STALE_MS = 60_000;
const STALE_GAPS = 2.5;

/** One way by which pictures come. */
interface Link {
  readonly decoder: PictureDecoder;
  unsubscribe: () => void;
}

/** One camera as this page gets it: what is asked for, what came, what was drawn. */
export interface Channel {
  readonly cameraId: string;
  decoder: PictureDecoder;
  /** What will take the decoder's place, once it shows what is as new. */
  coming: Link | undefined;
  /** Capture time of the newest picture, microseconds. */
  newestMicros: number;
  /** Asked for no more. */
  shut: boolean;
  mode: 'auto' | 'i420';
  width: number;
  unsubscribe: () => void;
  state: VideoStreamState | undefined;
  /** Decoded, not yet drawn. */
  pending: Picture | undefined;
  arrivedAt: number;
  /** Between the last few pictures, ms. */
  gaps: number[];
  presented: number;
  presentedAt: number | undefined;
  bestOffset: number;
  lagMs: number | undefined;
  size: { width: number; height: number };
  rate: { since: number; presented: number; perSecond: number };
  /** The last picture, kept for redrawing under the veil while the tile is not live. */
  still: HTMLCanvasElement | undefined;
  veiledAt: number;
  /** Counters of decoders that this one replaced. */
  past: { skipped: number; errors: number; rejected: number };
}

/** Makes channels of one player. */
export interface Channels {
  open(cameraId: string, width: number, height: number, mode: 'auto' | 'i420'): Channel;
  /** Asks for it anew, in the channel's mode and width; what it shows goes on until there is a picture as new. */
  follow(channel: Channel, height: number): void;
  shut(channel: Channel): void;
  isLive(channel: Channel): boolean;
}

/**
 * @param options.subscribe asks the hall
 * @param options.now monotonic ms
 */
export function createChannels(options: { subscribe: VideoSubscribe; now: () => number }): Channels {
  const { subscribe, now } = options;

  function open(cameraId: string, width: number, height: number, mode: 'auto' | 'i420'): Channel {
    const channel: Channel = {
      cameraId,
      mode,
      width,
      decoder: createPictureDecoder({ onPicture() {}, onUnable() {} }),
      ...{ coming: undefined, newestMicros: 0, shut: false },
      unsubscribe: () => {},
      state: undefined,
      pending: undefined,
      arrivedAt: 0,
      gaps: [],
      presented: 0,
      presentedAt: undefined,
      bestOffset: Number.POSITIVE_INFINITY,
      lagMs: undefined,
      size: { width: 0, height: 0 },
      rate: { since: now(), presented: 0, perSecond: 0 },
      still: undefined,
      veiledAt: Number.NEGATIVE_INFINITY,
      past: { skipped: 0, errors: 0, rejected: 0 },
    };
    connect(channel, height);
    return channel;
  }

  /** Asks for it in the channel's mode and width, and shows nothing of before. */
  function connect(channel: Channel, height: number): void {
    leave(channel, channel);
    const link = ask(channel, height);
    channel.decoder = link.decoder;
    channel.unsubscribe = link.unsubscribe;
  }

  function follow(channel: Channel, height: number): void {
    if (channel.coming) leave(channel, channel.coming);
    channel.coming = undefined;
    channel.coming = ask(channel, height);
  }

  function leave(channel: Channel, { decoder, unsubscribe }: Link): void {
    unsubscribe();
    decoder.close();
    const { counts } = decoder;
    channel.past = {
      skipped: channel.past.skipped + counts.skipped,
      errors: channel.past.errors + counts.errors,
      rejected: channel.past.rejected + counts.rejected,
    };
  }

  function ask(channel: Channel, height: number): Link {
    const decoder = createPictureDecoder({
      onPicture(picture) {
        if (channel.coming?.decoder === decoder) {
          if (picture.captureMicros < channel.newestMicros) return picture.close();
          leave(channel, channel);
          channel.decoder = decoder;
          channel.unsubscribe = channel.coming.unsubscribe;
          channel.coming = undefined;
        }
        channel.newestMicros = picture.captureMicros;
        // Only the newest is ever drawn; the one it overtakes gives its memory back at once.
        channel.pending?.close();
        channel.pending = picture;
        if (channel.arrivedAt > 0) channel.gaps = [...channel.gaps.slice(-3), now() - channel.arrivedAt];
        channel.arrivedAt = now();
        const offset = channel.arrivedAt - picture.captureMicros / 1000;
        channel.bestOffset = Math.min(channel.bestOffset, offset);
        channel.lagMs = offset - channel.bestOffset;
      },
      onUnable() {
        if (channel.mode === 'i420') return;
        channel.mode = 'i420';
        queueMicrotask(() => {
          if (channel.shut) return;
          if (channel.coming?.decoder === decoder) follow(channel, height);
          else if (channel.decoder === decoder) connect(channel, height);
        });
      },
    });
    const unsubscribe = subscribe(
      channel.cameraId,
      { mode: channel.mode, width: channel.width, height },
      (packet) => decoder.push(packet),
      (state) => {
        channel.state = state;
        channel.veiledAt = Number.NEGATIVE_INFINITY;
      },
    );
    return { decoder, unsubscribe };
  }

  function shut(channel: Channel): void {
    channel.shut = true;
    leave(channel, channel);
    if (channel.coming) leave(channel, channel.coming);
    channel.coming = undefined;
    channel.pending?.close();
    channel.pending = undefined;
  }

  function isLive(channel: Channel): boolean {
    if (channel.presentedAt === undefined) return false;
    // One gap alone may be an interruption; three are its pace.
    const usual = channel.gaps.length < 3 ? 0 : Math.min(...channel.gaps);
    return now() - channel.presentedAt <= Math.min(MOST_STALE_MS, Math.max(STALE_MS, usual * STALE_GAPS));
  }

  return { open, follow, shut, isLive };
}
