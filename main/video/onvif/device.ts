import { randomBytes } from 'node:crypto';
import { maskOf } from '../../../native/ffmpeg/mask.ts';
import { type Credentials, credentialsOf } from '../../../native/ffmpeg/sources/credentials.ts';
import { asSourceError } from '../../../native/ffmpeg/sources/sourceError.ts';
import type { Clock } from '../../clock.ts';
import { AskError } from '../askedSource.ts';
import { serviceAddress } from './addresses.ts';
import { bodyOf, clockIn, faultIn, type Profile, profilesIn, servicesIn } from './answers.ts';
import { createPost, type Posting } from './post.ts';
import {
  askCapabilities,
  askClock,
  askProfiles,
  askServices,
  type Request,
  SERVICES,
  type Service,
  soapMessage,
} from './requests.ts';
import { XmlError, type XmlNode } from './xml.ts';

/** A camera, encoder or recorder that speaks ONVIF. */
export interface OnvifDevice {
  /** Who asks it, and where: without user and password. */
  readonly login: Credentials | undefined;
  readonly address: URL;
  /**
   * Asks one of its services; one question at a time, in the order in which they are asked.
   * @throws AskError: `not-onvif` where the device has no such service
   */
  ask(request: Request, signal: AbortSignal): Promise<XmlNode>;
  /** What is known of it, asked for once. @throws AskError */
  facts(signal: AbortSignal): Promise<DeviceFacts>;
  /** Its clock, services and profiles are asked for anew when they are wanted next. */
  forget(): void;
}

/** What a device told of itself. */
export interface DeviceFacts {
  /** What its clock is ahead of the hall's, ms: it refuses what is signed at another time. */
  readonly ahead: number;
  readonly services: ReadonlyMap<Service, URL>;
  readonly media: 'media' | 'media2';
  readonly profiles: readonly Profile[];
}

const ANSWER_MS = 5_000;

/** @param options.url of its device service, with user and password */
export function createOnvifDevice(options: { url: string; clock: Clock; answerMs?: number }): OnvifDevice {
  const { clock } = options;
  const { url: address, credentials: login } = credentialsOf(new URL(options.url));
  const mask = maskOf(options.url);
  const post = createPost(login, options.answerMs ?? ANSWER_MS);
  let known: DeviceFacts | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** Devices answer several at once slowly or not at all, and one that turns must stop after it was told to turn. */
  function inTurn<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    const mine = last.then(() => {
      if (signal.aborted) throw new AskError('ended', 'not wanted any more');
      return run();
    });
    last = mine.catch(() => {});
    return mine;
  }

  async function exchange(request: Request, at: URL, ahead: number | undefined, signal: AbortSignal): Promise<XmlNode> {
    const signature =
      login && ahead !== undefined ? { ...login, at: clock.now() + ahead, nonce: randomBytes(16) } : undefined;
    const body = readBody(await sent({ url: at, message: soapMessage(request, signature), signal }));
    const fault = faultIn(body);
    if (fault) {
      const said = mask(fault.reason);
      throw new AskError(fault.unauthorized ? 'unauthorized' : 'failed', `${request.name}: ${said}`);
    }
    if (body.name !== `${request.name}Response`)
      throw new AskError('not-onvif', `it answered ${request.name} with ${mask(body.name).slice(0, 60)}`);
    return body;
  }

  async function sent(posting: Posting): Promise<Uint8Array> {
    try {
      return await post.send(posting);
    } catch (error) {
      const { code, message } = asSourceError(error);
      throw new AskError(code, mask(message), { cause: error });
    }
  }

  function readBody(bytes: Uint8Array): XmlNode {
    try {
      const body = bodyOf(bytes);
      if (body) return body;
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      throw new AskError('not-onvif', `its answer cannot be read: ${error.message}`, { cause: error });
    }
    throw new AskError('not-onvif', 'its answer is no message of SOAP');
  }

  async function load(signal: AbortSignal): Promise<DeviceFacts> {
    const ahead = await exchange(askClock, address, undefined, signal).then(
      (answer) => (clockIn(answer) ?? clock.now()) - clock.now(),
      (error: unknown) => {
        // A few tell their time to nobody: theirs is taken to be the hall's.
        if (error instanceof AskError && (error.code === 'unauthorized' || error.code === 'failed')) return 0;
        throw error;
      },
    );
    const named = await exchange(askServices, address, ahead, signal)
      .catch((error: unknown) => {
        if (error instanceof AskError && error.code === 'failed')
          return exchange(askCapabilities, address, ahead, signal);
        throw error;
      })
      .then(servicesIn);
    const services = new Map<Service, URL>([['device', address]]);
    for (const [service, at] of named) if (service !== 'device') services.set(service, serviceAddress(at, address));
    const media = services.has('media') ? 'media' : 'media2';
    const at = services.get(media);
    if (!at) throw new AskError('not-onvif', 'it names no service that has pictures');
    return { ahead, services, media, profiles: profilesIn(await exchange(askProfiles(media), at, ahead, signal)) };
  }

  async function facts(signal: AbortSignal): Promise<DeviceFacts> {
    known ??= await load(signal);
    return known;
  }

  return {
    ...{ login, address },
    facts: (signal) => inTurn(signal, () => facts(signal)),
    ask: (request, signal) =>
      inTurn(signal, async () => {
        const { services, ahead } = await facts(signal);
        const at = services.get(request.service);
        if (!at) throw new AskError('not-onvif', `it has no service ${SERVICES[request.service]}`);
        return exchange(request, at, ahead, signal);
      }),
    forget() {
      known = undefined;
    },
  };
}
