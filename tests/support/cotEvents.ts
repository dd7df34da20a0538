/** Events as programs of TAK send them, in XML and in TAK protocol version 1, written after their descriptions and not with the code that reads them. */

export interface CotSaid {
  readonly uid: string;
  readonly type?: string;
  /** Wall ms. */
  readonly time: number;
  readonly stale?: number;
  readonly lat?: number;
  readonly lon?: number;
  readonly ce?: number;
  readonly callsign?: string;
  readonly track?: { readonly speed: number; readonly course: number };
  readonly battery?: number;
  /** Elements that stand in `detail` beside. */
  readonly more?: string;
}

const FAR = 9_999_999;
const iso = (t: number): string => new Date(t).toISOString();

export function cotXml({ uid, type = 'a-f-G-U-C', time, stale = time + 375_000, ...said }: CotSaid): string {
  const { lat = 31.25, lon = 121.5, ce = 9.9, callsign, track, battery, more = '' } = said;
  const detail =
    (callsign === undefined ? '' : `<contact callsign="${callsign}" endpoint="*:-1:stcp"/>`) +
    (track === undefined ? '' : `<track speed="${track.speed}" course="${track.course}"/>`) +
    (battery === undefined ? '' : `<status battery="${battery}"/>`);
  const head = `uid="${uid}" type="${type}" how="m-g" time="${iso(time)}" start="${iso(time)}" stale="${iso(stale)}"`;
  const point = `<point lat="${lat}" lon="${lon}" hae="45.2" ce="${ce}" le="${FAR}.0"/>`;
  return `<event version="2.0" ${head}>${point}<detail>${detail}${more}</detail></event>`;
}

/** A client's call for help, or that it is over. */
export const cotEmergency = (uid: string, time: number, over = false): string =>
  cotXml({
    ...{ uid: `${uid}-9-1-1`, type: over ? 'b-a-o-can' : 'b-a-o-tbl', time },
    more: `<emergency ${over ? 'cancel="true"' : 'type="911 Alert"'}>x</emergency><link uid="${uid}" type="a-f-G" relation="p-p"/>`,
  });

export const cotPing = (time: number): string => cotXml({ uid: 'takPing', type: 't-x-c-t', time, lat: 0, lon: 0 });

/** A number as a varint. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return Buffer.from([...bytes, left]);
}

const tag = (field: number, wire: number): Buffer => varint(field * 8 + wire);
const number = (field: number, value: number): Buffer => Buffer.concat([tag(field, 0), varint(value)]);
const double = (field: number, value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(field, 1), bytes]);
};
const bytes = (field: number, value: Uint8Array | string): Buffer => {
  const content = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([tag(field, 2), varint(content.length), content]);
};

/** A TakMessage with one event, without what stands in front of it. */
export function takMessage({ uid, type = 'a-f-G-U-C', time, stale = time + 375_000, ...said }: CotSaid): Buffer {
  const { lat = 31.25, lon = 121.5, ce = 9.9, callsign, track, battery, more } = said;
  const detail = [
    ...(more === undefined ? [] : [bytes(1, more)]),
    ...(callsign === undefined ? [] : [bytes(2, Buffer.concat([bytes(1, '*:-1:stcp'), bytes(2, callsign)]))]),
    ...(battery === undefined ? [] : [bytes(5, number(1, battery))]),
    ...(track === undefined ? [] : [bytes(7, Buffer.concat([double(1, track.speed), double(2, track.course)]))]),
  ];
  const event = [
    ...[bytes(1, type), bytes(5, uid), number(6, time), number(7, time), number(8, stale), bytes(9, 'm-g')],
    ...[double(10, lat), double(11, lon), double(12, 45.2), double(13, ce), double(14, FAR)],
    bytes(15, Buffer.concat(detail)),
  ];
  return Buffer.concat([bytes(1, Buffer.alloc(0)), bytes(2, Buffer.concat(event))]);
}

/** One that says which versions its sender speaks. */
export const takControl = (least: number, most: number): Buffer =>
  bytes(1, Buffer.concat([number(1, least), number(2, most)]));

export const takStream = (message: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0xbf]), varint(message.length), message]);
export const takMesh = (message: Uint8Array, version = 1): Buffer =>
  Buffer.concat([Buffer.from([0xbf, version, 0xbf]), message]);
