import type { Text } from '../../../core/words.ts';
import type { Clock } from '../../clock.ts';
import { XmlError } from '../onvif/xml.ts';
import type { Gb28181Config } from './config.ts';
import { lacksCatalogue } from './deviceState.ts';
import type { Device, Devices } from './devices.ts';
import { answerTo, userOf } from './dialogue.ts';
import type { Doorkeeper } from './digest.ts';
import { type Channel, ID, type Manscdp, readManscdp } from './manscdp.ts';
import { headerOf, type SipRequest, type SipResponse } from './sipMessage.ts';
import type { Peer } from './sipWire.ts';

/** What becomes of a request. */
export interface Heard {
  /** Undefined: nothing is answered. */
  readonly answer: SipResponse | undefined;
  /** Whose it is; undefined where it was not taken. */
  readonly device: Device | undefined;
  /** Why it was not, where somebody has to look after that; a device that is asked for its password is no fault. */
  readonly fault: Fault | undefined;
}

export interface Fault {
  /** The device's number, as far as it is one. */
  readonly device: string;
  readonly message: Text;
  readonly remedy: Text;
}

/** What the hall does because of a request. */
export interface RegistrarEars {
  stranger(device: string): void;
  channels(device: Device, channels: readonly Channel[]): void;
  /** A device came, or came anew: calls of before are over. */
  came(device: Device): void;
  left(device: Device): void;
  /** It speaks again, after it was taken to be away. */
  back(device: Device): void;
  askCatalogue(device: Device): void;
  /** An alarm has to be answered by a message of its own (GB/T 28181-2016 9.4). */
  alarm(device: Device, said: Manscdp): void;
  /** A device told presets of a camera. */
  presets(device: Device, said: Manscdp): void;
  /** @returns false where there is no such call */
  bye(callId: string, address: string): boolean;
}

const DEFAULT_SECONDS = 3_600;
const LEAST_SECONDS = 30;
const MOST_SECONDS = 7 * 86_400;

/** Deals with what devices ask of the hall as their SIP server. */
export function createRegistrar(
  { realm }: Pick<Gb28181Config, 'realm'>,
  devices: Devices,
  doorkeeper: Doorkeeper,
  clock: Clock,
  ears: RegistrarEars,
): (request: SipRequest, from: Peer) => Heard {
  const refuse = (request: SipRequest, from: Peer, status: number, fault?: Fault): Heard => ({
    ...{ answer: answerTo(request, from, status), device: undefined, fault },
  });

  function register(request: SipRequest, from: Peer): Heard {
    const id = userOf(headerOf(request, 'to')) || userOf(headerOf(request, 'from'));
    const device = devices.find(id);
    if (!device) {
      if (!ID.test(id)) return refuse(request, from, 403, { device: '', ...NO_NUMBER });
      ears.stranger(id);
      return refuse(request, from, 403, { device: id, ...STRANGER });
    }
    const authorization = headerOf(request, 'authorization');
    const { address } = from;
    const verdict =
      authorization === ''
        ? 'none'
        : doorkeeper.check(authorization, { device: id, password: device.password, method: 'REGISTER', address });
    if (verdict === 'none' || verdict === 'stale') {
      const challenge = doorkeeper.challenge(address, verdict === 'stale');
      return {
        ...{ device: undefined, fault: undefined },
        answer: answerTo(request, from, 401, [['www-authenticate', challenge]]),
      };
    }
    if (verdict === 'wrong') return refuse(request, from, 403, { device: id, ...WRONG_PASSWORD });
    const contact = headerOf(request, 'contact');
    const seconds = secondsOf(/;\s*expires\s*=\s*(\d{1,9})/i.exec(contact)?.[1] ?? headerOf(request, 'expires'));
    const answer = answerTo(request, from, 200, [
      // Devices set their clocks by it: local time is the custom.
      ['date', localTime(clock.now())],
      ...(contact === '' ? [] : ([['contact', contact]] as const)),
      ['expires', String(seconds)],
    ]);
    if (seconds === 0) {
      devices.happened(device, { what: 'left' });
      ears.left(device);
      return { answer, device, fault: undefined };
    }
    const wasThere = devices.isOnline(device) && device.peer?.address === address && device.peer.port === from.port;
    device.peer = from;
    devices.happened(device, { what: 'registered', at: clock.monotonic(), forMs: seconds * 1000 });
    if (!wasThere) ears.came(device);
    return { answer, device, fault: undefined };
  }

  function message(request: SipRequest, from: Peer): Heard {
    const device = devices.find(userOf(headerOf(request, 'from')));
    // Only whoever registered may speak, from where it did; a device that is refused registers anew.
    const now = clock.monotonic();
    if (!device?.peer || device.peer.address !== from.address || device.state.until <= now)
      return refuse(request, from, 403);
    if (device.peer.transport === 'udp' || from.transport === 'tcp') device.peer = from;
    let said: Manscdp;
    try {
      said = readManscdp(request.body);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      return refuse(request, from, 400, { device: device.id, ...unreadable(error) });
    }
    const wasThere = devices.isOnline(device);
    devices.happened(device, { what: 'heard', at: now });
    if (!wasThere) ears.back(device);
    if (said.channels) {
      devices.happened(device, { what: 'catalogue', channels: said.channels });
      ears.channels(device, said.channels);
    } else if (said.presets) ears.presets(device, said);
    else if (said.form === 'Notify' && said.command === 'Alarm') ears.alarm(device, said);
    else if (lacksCatalogue(device.state, now)) {
      devices.happened(device, { what: 'asked', at: now });
      ears.askCatalogue(device);
    }
    return { answer: answerTo(request, from, 200), device, fault: undefined };
  }

  return (request, from) => {
    switch (request.method) {
      case 'REGISTER':
        return register(request, from);
      case 'MESSAGE':
        return message(request, from);
      case 'BYE': {
        const known = ears.bye(headerOf(request, 'call-id'), from.address);
        return refuse(request, from, known ? 200 : 481);
      }
      case 'ACK':
        return { answer: undefined, device: undefined, fault: undefined };
      case 'OPTIONS':
      case 'NOTIFY':
      case 'INFO':
      case 'CANCEL':
        return refuse(request, from, 200);
      case 'INVITE':
        return refuse(request, from, 488);
      default:
        return refuse(request, from, 405);
    }
  };

  function secondsOf(text: string): number {
    if (!/^\d{1,9}$/.test(text)) return DEFAULT_SECONDS;
    const seconds = Number(text);
    return seconds === 0 ? 0 : Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds));
  }

  function unreadable(error: XmlError): Omit<Fault, 'device'> {
    return {
      message: { zh: `报文不能读取（域 ${realm}）`, en: `a message cannot be read: ${error.message}` },
      remedy: { zh: '请向设备厂家核实报文', en: 'Ask the makers of the device about it.' },
    };
  }
}

const STRANGER = {
  message: { zh: 'gb28181.yaml 中没有这台设备', en: 'gb28181.yaml has no such device' },
  remedy: {
    zh: '请把设备编号与口令写入 devices，然后在“设置”中载入文件',
    en: 'Write its number and password under `devices`, and load the files under Setup.',
  },
};
const WRONG_PASSWORD = {
  message: { zh: '设备的口令、用户名或域不对', en: 'it showed another password, user name or realm' },
  remedy: {
    zh: '请核对设备的 SIP 用户认证 ID（同设备编号）、密码与 SIP 域，以及 gb28181.yaml 中的 password 与 realm',
    en: "Compare the device's SIP user (its own number), password and domain with `password` and `realm` in gb28181.yaml.",
  },
};
const NO_NUMBER = {
  message: { zh: '设备编号不是 20 位数字', en: 'its number is not 20 digits' },
  remedy: { zh: '请在设备上改正国标编号', en: 'Correct its GB/T 28181 number on the device.' },
};

/** ISO 8601 in the PC's zone, without its offset. */
function localTime(now: number): string {
  return new Date(now - new Date(now).getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
}
