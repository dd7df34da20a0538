import { below, readXml, textOf, XmlError, type XmlNode } from '../onvif/xml.ts';
import type { Preset } from '../turning.ts';
import { MOST_PRESET } from './ptz.ts';
import { SUB } from './sdp.ts';

/** What a device says in a MESSAGE (GB/T 28181-2016 A.2). */
export interface Manscdp {
  readonly form: 'Notify' | 'Response' | 'Other';
  /** `CmdType`: Keepalive, Catalog, Alarm, MobilePosition and so on. */
  readonly command: string;
  /** Its number, as the device writes it. */
  readonly sn: string;
  /** Whom it speaks of: itself, or one of its channels. */
  readonly device: string;
  /** Of an answer to Catalog: the cameras in this part of it. */
  readonly channels: readonly Channel[] | undefined;
  /** Of an answer to PresetQuery: the presets in this part of it. */
  readonly presets: readonly Preset[] | undefined;
  /** How many items this part of an answer has, whatever they are. */
  readonly items: number;
  /** How many items all parts of an answer have; undefined where it does not say. */
  readonly sum: number | undefined;
}

/** A camera of a device, as its catalogue has it. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Degrees as the device has them, of whichever coordinate system; undefined where it has none. */
  readonly lon: number | undefined;
  readonly lat: number | undefined;
  /** Whether it turns, as it says itself; undefined where it does not say. */
  readonly turns: boolean | undefined;
  /** It tells of a smaller stream (2022, `StreamNumberList`). */
  readonly sub: boolean;
}

export const ID = /^\d{20}$/;
/** More are no catalogue of one device. */
export const MOST_CHANNELS = 2_000;
const LONGEST = 100;
/** Digits 11 to 13 of what shows pictures: 131 camera, 132 network camera. */
const SHOWS_PICTURES = /^\d{10}13[12]\d{7}$/;
/** `PTZType`: 1 dome, 4 bullet and 5 (2022) half dome with a drive; 2, 3, 6, 7 without. */
const WITH_DRIVE = /^[145]$/;
const WITHOUT_DRIVE = /^[2367]$/;

/**
 * Reads the body of a MESSAGE, within the limits of `readXml`.
 * @throws XmlError
 */
export function readManscdp(bytes: Uint8Array): Manscdp {
  const root = readXml(Buffer.from(textIn(bytes)));
  const said = (name: string): string => (textOf(root, name) ?? '').slice(0, LONGEST);
  const command = said('CmdType');
  const device = said('DeviceID');
  if (command === '') throw new XmlError('it has no CmdType');
  if (!ID.test(device)) throw new XmlError('its DeviceID is not 20 digits');
  const items = below(root, 'DeviceList', 'Item');
  if (items.length > MOST_CHANNELS) throw new XmlError(`it has more than ${MOST_CHANNELS} items`);
  const channels = items.flatMap((item): Channel[] => {
    const id = textOf(item, 'DeviceID') ?? '';
    if (!SHOWS_PICTURES.test(id)) return [];
    const type = textOf(item, 'Info', 'PTZType') ?? textOf(item, 'PTZType') ?? '';
    const turns = WITH_DRIVE.test(type) ? true : WITHOUT_DRIVE.test(type) ? false : undefined;
    const streams = (textOf(item, 'Info', 'StreamNumberList') ?? '').slice(0, LONGEST);
    const [lon, lat] = [degrees(textOf(item, 'Longitude'), 180), degrees(textOf(item, 'Latitude'), 90)];
    return [
      {
        id,
        name: (textOf(item, 'Name') ?? '').slice(0, LONGEST),
        lon,
        lat,
        turns,
        sub: streams.split('/').includes(String(SUB)),
      },
    ];
  });
  const sum = said('SumNum');
  return {
    form: root.name === 'Notify' || root.name === 'Response' ? root.name : 'Other',
    ...{ command, sn: said('SN'), device },
    channels: root.name === 'Response' && command === 'Catalog' ? channels : undefined,
    items: below(root, 'PresetList', 'Item').length + items.length,
    presets: root.name === 'Response' && command === 'PresetQuery' ? presetsIn(root) : undefined,
    sum: /^\d{1,5}$/.test(sum) ? Number(sum) : undefined,
  };
}

/** Those that have a number by which they can be gone to. */
function presetsIn(root: XmlNode): Preset[] {
  return below(root, 'PresetList', 'Item')
    .slice(0, MOST_PRESET)
    .flatMap((item) => {
      const number = Number(/^\d{1,3}$/.exec(textOf(item, 'PresetID') ?? '')?.[0] ?? 0);
      if (number < 1 || number > MOST_PRESET) return [];
      return [{ token: String(number), name: (textOf(item, 'PresetName') || String(number)).slice(0, LONGEST) }];
    });
}

/** Empty and 0 are what devices have that nobody told where they stand. */
function degrees(text: string | undefined, most: number): number | undefined {
  const value = Number(text ?? '');
  return value !== 0 && Math.abs(value) <= most ? value : undefined;
}

/**
 * Names are in GB 18030 whatever the declaration says, unless they are good UTF-8: devices label either as GB2312. An `&` that
 * begins no entity is one.
 */
function textIn(bytes: Uint8Array): string {
  return decoded(bytes).replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;');
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** What the hall asks of a device, or answers it. */
export function writeManscdp(
  form: 'Query' | 'Response' | 'Control',
  members: readonly (readonly [name: string, value: string])[],
): Buffer {
  const lines = members.map(([name, value]) => `<${name}>${value.replace(/[<>&]/g, '')}</${name}>`);
  return Buffer.from(`<?xml version="1.0" encoding="GB2312"?>\r\n<${form}>\r\n${lines.join('\r\n')}\r\n</${form}>\r\n`);
}
