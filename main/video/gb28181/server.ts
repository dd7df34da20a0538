import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FeedHealth } from '../../../contract/features/feeds.ts';
import { backoffMs, spreadOf } from '../../../core/backoff.ts';
import { type Clock, every } from '../../clock.ts';
import { createStrangers } from '../../feeds/devices/strangers.ts';
import { createHealth } from '../../feeds/health.ts';
import { cannotListen } from '../../feeds/transports/listen.ts';
import type { Log } from '../../log.ts';
import type { Rejects } from '../../rejects/rejects.ts';
import { AskError } from '../askedSource.ts';
import type { Turning } from '../turning.ts';
import type { Gb28181Address } from './address.ts';
import { createCalls } from './calls.ts';
import type { Gb28181Config } from './config.ts';
import { createDevices, type Device } from './devices.ts';
import type { Self } from './dialogue.ts';
import { createDoorkeeper } from './digest.ts';
import { createGate } from './gate.ts';
import { createMediaPorts } from './media.ts';
import { createMessages } from './messages.ts';
import { createPlays } from './plays.ts';
import { createRegistrar, type Fault } from './registrar.ts';
import type { StreamNumber } from './sdp.ts';
import { headerOf, readSip, SipError, type SipResponse, writeSip } from './sipMessage.ts';
import { listenSip, type Peer } from './sipWire.ts';

/** The hall as the SIP server of cameras and recorders (GB/T 28181-2016, 2022). */
export interface Gb28181Server {
  readonly id: string;
  /** Begins to listen. Once. */
  start(): void;
  stop(): Promise<void>;
  health(): FeedHealth;
  onState(listener: (health: FeedHealth) => void): () => void;
  /**
   * The program stream of a camera, until it is destroyed.
   * @throws AskError
   */
  play(device: string, channel: string, signal: AbortSignal, stream?: StreamNumber): Promise<Readable>;
  /** Whether a camera's device tells of a smaller stream of it. */
  hasSub(device: string, channel: string): boolean;
  /** What turns a camera; undefined while its device is away, and of one that says that it has no drive. */
  turning(camera: Gb28181Address): Turning | undefined;
  /** Called with a device that came or went, and with each of its cameras that it tells of. */
  onDevice(listener: (device: string, channel?: string) => void): void;
}

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly rejects: Rejects;
  /** Channels that cameras of the hall's files are. */
  readonly named: ReadonlySet<string>;
}

const ID = 'gb28181';
const NAME = { zh: 'GB/T 28181 摄像机', en: 'GB/T 28181 cameras' };
const TICK_MS = 500;
const AGAIN = { firstMs: 500, maxMs: 15_000 };
const EXCERPT = 64;

export function createGb28181Server(config: Gb28181Config, { clock, log, rejects, named }: Deps): Gb28181Server {
  const { listen, realm } = config;
  const health = createHealth({ id: ID, name: NAME, clock, silentAfter: 3_000 * config.keepalive });
  const strangers = createStrangers('lines');
  const devices = createDevices(config, clock);
  const gate = createGate(clock);
  const calls = createCalls(clock);
  const doorkeeper = createDoorkeeper(realm, randomBytes(32), () => clock.monotonic());
  let port = listen.port;
  const self = (): Self => ({ id: config.id, realm, address: config.address, port });
  const plays = createPlays({ self, calls, ports: createMediaPorts(config.media.ports), host: listen.host, log });
  const messages = createMessages({ self, calls, devices, clock });
  const ears = new Set<(device: string, channel?: string) => void>();
  let wire: { close(): Promise<void> } | undefined;
  let attempts = 0;
  let stopped = false;
  let cancelTick = () => {};
  let cancelRetry = () => {};

  const registrar = createRegistrar(config, devices, doorkeeper, clock, {
    stranger: (device) => strangers.note(`{ device: "${device}", password: PASSWORD }`),
    channels(device, channels) {
      for (const { id, name, lon, lat } of channels) {
        if (named.has(`${device.id}/${id}`)) continue;
        const where = lon === undefined || lat === undefined ? 'lon: LON, lat: LAT' : `lon: ${lon}, lat: ${lat}`;
        const called = JSON.stringify(name);
        strangers.note(
          `{ id: CAMERA-ID, name: { zh: ${called}, en: ${called} }, ${where}, gb28181: { device: "${device.id}", channel: "${id}" } }`,
        );
      }
      for (const { id } of channels) for (const hear of ears) hear(device.id, id);
    },
    came(device) {
      log.info({ device: device.id, peer: device.peer?.address ?? null }, 'a camera device has registered');
      plays.over(device);
      devices.happened(device, { what: 'asked', at: clock.monotonic() });
      // Once it has its answer: what comes before that is lost on some.
      clock.setTimeout(() => messages.askCatalogue(device), 0);
      told(device);
    },
    left: gone,
    back: told,
    askCatalogue: messages.askCatalogue,
    alarm: messages.answerAlarm,
    presets: messages.presets,
    bye: (callId, address) => plays.byeFrom(callId, address),
  });

  function gone(device: Device): void {
    log.warn({ device: device.id }, 'a camera device is gone');
    plays.over(device);
    told(device);
  }

  function told({ id }: Device): void {
    for (const hear of ears) hear(id);
  }

  function tell(fault: Fault, peer: Peer): void {
    health.refused();
    if (!gate.tells(peer.address, fault.device)) {
      rejects.count(1);
      return;
    }
    const { device, message, remedy } = fault;
    log.warn({ device, peer: peer.address, why: message.en }, 'a camera device was refused');
    const excerpt = `${device} ${peer.address}`.trim();
    rejects.add({ door: 'feed', source: ID, path: device, message, remedy, excerpt });
  }

  function noSip(bytes: Buffer, peer: Peer, error: unknown): void {
    if (!(error instanceof SipError))
      log.error({ err: error, peer: peer.address }, 'a message of SIP could not be read');
    const why = error instanceof SipError ? error.message : 'the hall failed to read it';
    if (!gate.tells(peer.address, '')) {
      health.refused();
      rejects.count(1);
      return;
    }
    health.refused();
    rejects.add({
      ...{ door: 'feed', source: ID, path: '', excerpt: `${peer.address} ${bytes.toString('hex', 0, EXCERPT)}` },
      message: { zh: '收到的不是 SIP 报文', en: `what came is no message of SIP: ${why}` },
      remedy: {
        zh: '请核对是谁在连接这个端口，并核对设备的 SIP 传输方式',
        en: 'Look who dials this port, and by which transport the device speaks SIP.',
      },
    });
  }

  /** @returns whether it is of a device that is registered, and whether it is of no use */
  function hear(bytes: Buffer, peer: Peer): { known: boolean; refused: boolean } {
    try {
      if (bytes.every((byte) => byte === 13 || byte === 10 || byte === 0)) return { known: false, refused: false };
      const message = readSip(bytes);
      if ('status' in message) return hearAnswer(message, peer);
      const { answer, device, fault } = registrar(message, peer);
      if (fault) tell(fault, peer);
      else if (device) health.message({ sentAt: null, records: 1, rejected: 0, late: 0 });
      if (answer) peer.send(writeSip(answer));
      return { known: device !== undefined, refused: fault !== undefined };
    } catch (error) {
      noSip(bytes, peer, error);
      return { known: false, refused: true };
    }
  }

  function hearAnswer(answer: SipResponse, peer: Peer): { known: boolean; refused: boolean } {
    const known = devices.isAt(peer.address);
    if (calls.answered(answer)) return { known, refused: false };
    const agrees = answer.status >= 200 && answer.status < 300 && /\bINVITE$/i.test(headerOf(answer, 'cseq'));
    if (known && agrees) plays.agreedLate(answer, peer);
    return { known, refused: !known };
  }

  function dial(): void {
    cancelRetry = () => {};
    let failed = false;
    const opened = listenSip(listen, clock, {
      listening(at) {
        attempts = 0;
        port = at;
        health.connected();
        log.info({ host: listen.host, port: at }, 'the hall listens for cameras by GB/T 28181');
      },
      down(error) {
        if (stopped || failed) return;
        failed = true;
        void opened.close();
        health.down(cannotListen(listen, error), 'cannot-listen');
        const ms = backoffMs(AGAIN, attempts, spreadOf(ID, attempts));
        attempts += 1;
        cancelRetry = clock.setTimeout(dial, ms);
      },
      message(bytes, peer) {
        if (stopped) return 0;
        const closed = gate.closedFor(peer.address);
        if (closed > 0 && peer.transport === 'udp') {
          health.dropped(1);
          return closed;
        }
        const began = clock.monotonic();
        const { known, refused } = hear(bytes, peer);
        gate.took(peer.address, { ms: clock.monotonic() - began, refused, known });
        return gate.closedFor(peer.address);
      },
      broken: (error, bytes, peer) => {
        noSip(bytes, peer, error);
        gate.took(peer.address, { ms: 0, refused: true, known: false });
      },
      turnedAway: () => health.refused(),
    });
    wire = opened;
  }

  return {
    id: ID,
    start() {
      dial();
      cancelTick = every(clock, TICK_MS, () => {
        health.tick();
        devices.sweep(gone);
      });
    },
    async stop() {
      plays.close();
      stopped = true;
      cancelTick();
      cancelRetry();
      calls.close();
      await wire?.close();
    },
    health() {
      const { count, latest } = strangers.view();
      return { ...health.view(), devices: { connected: devices.online(), strangers: latest, strangerCount: count } };
    },
    onState: (listener) => health.onState(listener),
    hasSub: (id, channel) => devices.find(id)?.state.channels.get(channel)?.sub === true,
    play(id, channel, signal, stream) {
      const device = devices.find(id);
      if (!device) throw new AskError('not-found', `gb28181.yaml has no device ${id}`);
      if (!devices.isOnline(device))
        throw new AskError('unreachable', `device ${id} is not registered with the hall now`);
      return plays.join(device, channel, signal, stream);
    },
    turning({ device: id, channel, turns }) {
      const device = devices.find(id);
      if (!device || !devices.isOnline(device)) return undefined;
      const can = turns ?? device.state.channels.get(channel)?.turns ?? true;
      return can ? messages.turning(device, channel) : undefined;
    },
    onDevice: (listener) => void ears.add(listener),
  };
}
