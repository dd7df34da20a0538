import type { Preset } from '../turning.ts';
import { SERVICES, type Service } from './requests.ts';
import { below, readXml, textOf, type XmlNode } from './xml.ts';

/** What a device said instead of an answer. */
export interface Fault {
  /** It wants another user, password or time of the message. */
  readonly unauthorized: boolean;
  /** In its own words. */
  readonly reason: string;
}

const UNAUTHORIZED = /NotAuthorized|FailedAuthentication|InvalidSecurity|FailedCheck|Unauthorized/i;
const MOST_PROFILES = 512;
const LONGEST_TOKEN = 200;

/**
 * The element in the body of a message.
 * @throws XmlError when it is no message of SOAP
 */
export function bodyOf(bytes: Uint8Array): XmlNode | undefined {
  const envelope = readXml(bytes);
  return envelope.name === 'Envelope' ? below(envelope, 'Body')[0]?.children[0] : undefined;
}

/** The fault that a body is, of SOAP 1.2 or 1.1; undefined where it is an answer. */
export function faultIn(body: XmlNode): Fault | undefined {
  if (body.name !== 'Fault') return undefined;
  const codes = [
    ...below(body, 'Code', 'Value'),
    ...below(body, 'Code', 'Subcode', 'Value'),
    ...below(body, 'Code', 'Subcode', 'Subcode', 'Value'),
    ...below(body, 'faultcode'),
  ].map(({ text }) => text);
  const reason = textOf(body, 'Reason', 'Text') ?? textOf(body, 'faultstring') ?? '';
  return {
    unauthorized: codes.some((code) => UNAUTHORIZED.test(code)),
    reason: (reason || codes.at(-1) || '').slice(0, 200),
  };
}

/** Wall ms by the device's clock; undefined where it does not say or says no time. */
export function clockIn(answer: XmlNode): number | undefined {
  const utc = below(answer, 'SystemDateAndTime', 'UTCDateTime')[0];
  if (!utc) return undefined;
  const part = (...way: string[]) => {
    const said = textOf(utc, ...way) ?? '';
    return /^\d{1,4}$/.test(said) ? Number(said) : Number.NaN;
  };
  const at = Date.UTC(
    ...([part('Date', 'Year'), part('Date', 'Month') - 1, part('Date', 'Day')] as const),
    ...([part('Time', 'Hour'), part('Time', 'Minute'), part('Time', 'Second')] as const),
  );
  return Number.isFinite(at) && at > 0 ? at : undefined;
}

/** Where the services are, as the device names them: by GetServices or GetCapabilities. */
export function servicesIn(answer: XmlNode): ReadonlyMap<Service, string> {
  const found = new Map<Service, string>();
  for (const each of below(answer, 'Service')) {
    const named = (Object.keys(SERVICES) as Service[]).find(
      (service) => SERVICES[service] === textOf(each, 'Namespace')?.replace(/\/$/, ''),
    );
    const address = textOf(each, 'XAddr');
    if (named && address) found.set(named, address);
  }
  for (const [service, name] of [
    ['media', 'Media'],
    ['ptz', 'PTZ'],
  ] as const) {
    const address = textOf(answer, 'Capabilities', name, 'XAddr');
    if (address && !found.has(service)) found.set(service, address);
  }
  return found;
}

/** A form in which a device gives a camera's pictures. */
export interface Profile {
  readonly token: string;
  /** The lens or channel that they are of. */
  readonly from: string;
  /** Pixels; 0 when not said. */
  readonly width: number;
  readonly height: number;
  /** It can be turned. */
  readonly turns: boolean;
}

/** Profiles, of either media service, in the device's order. */
export function profilesIn(answer: XmlNode): Profile[] {
  const pixels = (said: string | undefined) => (/^\d{1,5}$/.test(said ?? '') ? Number(said) : 0);
  return below(answer, 'Profiles')
    .slice(0, MOST_PROFILES)
    .flatMap((profile) => {
      if (profile.token === '' || profile.token.length > LONGEST_TOKEN) return [];
      const [parts = profile] = below(profile, 'Configurations');
      const of = (...names: string[]) => parts.children.find(({ name }) => names.includes(name));
      const [source, encoder] = [
        of('VideoSourceConfiguration', 'VideoSource'),
        of('VideoEncoderConfiguration', 'VideoEncoder'),
      ];
      return [
        {
          token: profile.token,
          from: (source && textOf(source, 'SourceToken')) ?? '',
          width: pixels(encoder && textOf(encoder, 'Resolution', 'Width')),
          height: pixels(encoder && textOf(encoder, 'Resolution', 'Height')),
          turns: of('PTZConfiguration', 'PTZ') !== undefined,
        },
      ];
    });
}

const MOST_PRESETS = 256;
const LONGEST_NAME = 100;

/** In the device's order. */
export function presetsIn(answer: XmlNode): Preset[] {
  return below(answer, 'Preset')
    .filter(({ token }) => token !== '' && token.length <= LONGEST_TOKEN)
    .slice(0, MOST_PRESETS)
    .map((preset) => ({
      token: preset.token,
      name: (textOf(preset, 'Name') || preset.token).slice(0, LONGEST_NAME),
    }));
}

/** Half a turn, in the scale that has no units of its own (PositionGenericSpace). */
const HALF_TURN = 180;

/** How far a camera is turned from its zero, degrees clockwise; undefined where it does not say. */
export function panIn(answer: XmlNode): number | undefined {
  const { x = '', space = '' } = below(answer, 'PTZStatus', 'Position', 'PanTilt')[0] ?? {};
  if (!/^[+-]?\d{1,4}(?:\.\d{1,20})?(?:e-?\d{1,3})?$/i.test(x)) return undefined;
  const said = Number(x);
  if (/Degrees$/.test(space)) return Math.abs(said) <= 2 * HALF_TURN ? said : undefined;
  const isGeneric = space === '' || /PositionGenericSpace$/.test(space);
  return isGeneric && Math.abs(said) <= 1 ? said * HALF_TURN : undefined;
}

/** The address that was asked for; undefined where it is none. */
export function addressIn(answer: XmlNode): string | undefined {
  const said = textOf(answer, 'MediaUri', 'Uri') ?? textOf(answer, 'Uri');
  return said !== undefined && said.length <= 2000 && URL.canParse(said) ? said : undefined;
}
