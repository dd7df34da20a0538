import { randomInt } from 'node:crypto';
import type { Readable } from 'node:stream';
import { SourceError } from '../../../native/ffmpeg/sources/sourceError.ts';
import type { Log } from '../../log.ts';
import { AskError } from '../askedSource.ts';
import { type Calls, NoAnswer } from './calls.ts';
import type { Device } from './devices.ts';
import { cancelOf, inCall, requestTo, type Self } from './dialogue.ts';
import { type Media, type MediaPorts, openMedia } from './media.ts';
import { createPictures, type Pictures } from './pictures.ts';
import { createRtpReader, type RtpReader } from './rtp.ts';
import { readAnswer, type StreamNumber, writeOffer } from './sdp.ts';
import { headerOf, type SipRequest, type SipResponse, writeSip } from './sipMessage.ts';
import type { Peer } from './sipWire.ts';

/** The pictures of cameras that devices are asked for: one call a camera, whoever watches, and none when nobody does. */
export interface Plays {
  /** @throws AskError */
  join(device: Device, channel: string, signal: AbortSignal, stream?: StreamNumber): Promise<Readable>;
  /** A device ended a call. @returns false where there is none */
  byeFrom(callId: string, address: string): boolean;
  /** An INVITE was agreed to once more, or when it was not wanted any more. */
  agreedLate(answer: SipResponse, from: Peer): void;
  /** A device is gone, or begins anew: its calls are over. */
  over(device: Device): void;
  close(): void;
}

/** One call. */
interface Play {
  readonly device: Device;
  readonly peer: Peer;
  readonly pictures: Pictures;
  readonly reader: RtpReader;
  readonly stopping: AbortController;
  /** Undefined before the device agreed. */
  answer: SipResponse | undefined;
  media: Media | undefined;
  readonly agreed: Promise<void>;
}

const WITHIN_MS = 10_000;
const BYE_WITHIN_MS = 4_000;

export function createPlays(options: {
  self: () => Self;
  calls: Calls;
  ports: MediaPorts;
  /** Where media is listened for. */
  host: string;
  log: Log;
}): Plays {
  const { self, calls, ports, host, log } = options;
  const plays = new Map<string, Play>();
  let running = randomInt(10_000);

  /** 0 live, five digits of the domain, four that no other call has (GB/T 28181-2016 annex C.2). */
  const nextSsrc = (): string => {
    running = (running + 1) % 10_000;
    return `0${self().realm.padEnd(8, '0').slice(3, 8).replace(/\D/g, '0')}${String(running).padStart(4, '0')}`;
  };

  function begin(key: string, device: Device, peer: Peer, channel: string, stream: StreamNumber): Play {
    const pictures = createPictures(() => end(key, play));
    const stopping = new AbortController();
    const play: Play = {
      ...{ device, peer, pictures, stopping },
      ...{ answer: undefined, media: undefined },
      reader: createRtpReader((bytes) => pictures.push(bytes)),
      agreed: Promise.resolve().then(() => invite(key, play, channel, stream)),
    };
    plays.set(key, play);
    return play;
  }

  async function invite(key: string, play: Play, channel: string, stream: StreamNumber): Promise<void> {
    const { device, peer, pictures, reader, stopping } = play;
    const { transport } = device;
    try {
      const media = await openMedia(transport, host, ports, {
        packet: (bytes) => reader.push(bytes),
        gone: () => pictures.end(new SourceError('ended', 'the device closed the connection of its pictures')),
      });
      if (!media) throw new AskError('failed', 'no port is free in `media.ports` of gb28181.yaml: name more of them');
      play.media = media;
      const ssrc = nextSsrc();
      const { id, address } = self();
      const asked = requestTo(self(), peer, {
        ...{ method: 'INVITE', user: channel, type: 'APPLICATION/SDP' },
        body: writeOffer({ owner: id, address, port: media.port, transport, ssrc, stream }),
        more: [['subject', `${channel}:${ssrc},${id}:0`]],
      });
      // Packets may overtake the answer.
      reader.expect(Number(ssrc));
      media.from([peer.address]);
      const answer = await agreement(asked, peer, stopping.signal);
      play.answer = answer;
      const said = readAnswer(answer.body);
      if (said && said.port > 0 && said.transport !== transport)
        throw new AskError('failed', `it would send by ${said.transport}, and was asked for ${transport}`);
      if (said?.address) media.from([peer.address, said.address]);
      // What a device names as its own holds; most say the one they were asked for, and some send another than they say.
      reader.expect(said?.ssrc === undefined || said.ssrc === Number(ssrc) ? undefined : said.ssrc);
    } catch (error) {
      end(key, play);
      const shown = error instanceof Error ? error : new Error(String(error));
      pictures.end(shown);
      throw shown;
    }
  }

  async function agreement(asked: SipRequest, peer: Peer, signal: AbortSignal): Promise<SipResponse> {
    let answer: SipResponse;
    try {
      answer = await calls.ask(asked, peer, { withinMs: WITHIN_MS, signal });
    } catch (error) {
      peer.send(writeSip(cancelOf(asked)));
      if (error instanceof NoAnswer) throw new AskError('timeout', error.message);
      throw error;
    }
    peer.send(writeSip(inCall(self(), peer, 'ACK', answer, asked)));
    if (answer.status < 300) return answer;
    const code = answer.status === 404 ? 'not-found' : 'refused';
    throw new AskError(code, `the device refused: SIP ${answer.status} ${answer.reason}`.slice(0, 200));
  }

  /** The call is over for the hall; the device is told where it agreed to one. */
  function end(key: string, play: Play): void {
    if (plays.get(key) === play) plays.delete(key);
    play.stopping.abort();
    play.media?.close();
    play.media = undefined;
    const { answer } = play;
    play.answer = undefined;
    if (answer) bye(answer, play.peer);
    const { lost, refused } = play.reader.counts();
    if (lost + refused > 0)
      log.info({ camera: key, lost, refused }, 'packets of a camera were missing, or not its own');
  }

  function bye(answer: SipResponse, peer: Peer): void {
    const request = inCall(self(), peer, 'BYE', answer);
    // A device that is gone does not answer, and need not.
    calls.ask(request, peer, { withinMs: BYE_WITHIN_MS }).catch(() => undefined);
  }

  return {
    async join(device, channel, signal, stream) {
      const { peer } = device;
      if (!peer) throw new AskError('unreachable', 'the device has not registered');
      const key = `${device.id}/${channel}${stream === undefined ? '' : ` ${stream}`}`;
      const play = plays.get(key) ?? begin(key, device, peer, channel, stream);
      const body = play.pictures.join();
      const leave = () => void body.destroy();
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      body.on('close', () => signal.removeEventListener('abort', leave));
      await play.agreed;
      return body;
    },
    byeFrom(callId, address) {
      for (const [key, play] of plays) {
        if (play.peer.address !== address || !play.answer || headerOf(play.answer, 'call-id') !== callId) continue;
        play.answer = undefined;
        end(key, play);
        play.pictures.end(new SourceError('ended', 'the device ended the call'));
        return true;
      }
      return false;
    },
    agreedLate(answer, from) {
      const callId = headerOf(answer, 'call-id');
      from.send(writeSip(inCall(self(), from, 'ACK', answer)));
      const isOurs = [...plays.values()].some((play) => play.answer && headerOf(play.answer, 'call-id') === callId);
      if (!isOurs) bye(answer, from);
    },
    over(device) {
      for (const [key, play] of plays) {
        if (play.device !== device) continue;
        end(key, play);
        play.pictures.end(new SourceError('ended', 'the device is gone'));
      }
    },
    close() {
      for (const [key, play] of plays) {
        end(key, play);
        play.pictures.end(new SourceError('ended', 'the hall closes'));
      }
    },
  };
}
