import { PbfReader } from 'pbf';
import { type CotDetail, type CotEvent, NO_DETAIL } from './event.ts';
import { anotherVersion, CotFault, noTime, notTak } from './faults.ts';
import { named, readDetail } from './xml.ts';

const VARINT = 0;
const DOUBLE = 1;
const BYTES = 2;
/** The version that is read. */
const VERSION = 1;

/** Reads one TakMessage (TAK protocol, version 1). @returns null for one that brings no event @throws CotFault */
export function readTak(bytes: Uint8Array): CotEvent | null {
  let event: CotEvent | null = null;
  orDamaged(() =>
    eachField(bytes, (field, wire, pbf) => {
      if (field === 1 && wire === BYTES) checkVersion(bytesOf(pbf));
      else if (field === 2 && wire === BYTES) event = eventOf(bytesOf(pbf));
      else return false;
      return true;
    }),
  );
  return event;
}

/** TakControl: who speaks newer versions only is not understood. */
function checkVersion(bytes: Uint8Array): void {
  let least = VERSION;
  eachField(bytes, (field, wire, pbf) => {
    if (field !== 1 || wire !== VARINT) return false;
    least = pbf.readVarint();
    return true;
  });
  if (least > VERSION) throw new CotFault(anotherVersion(least));
}

function eventOf(bytes: Uint8Array): CotEvent {
  let [type, uid] = ['', ''];
  let [time, stale] = [0, 0];
  // Proto3 leaves a zero out.
  let [lat, lon, ce] = [0, 0, 0];
  let detail = NO_DETAIL;
  eachField(bytes, (field, wire, pbf) => {
    if (wire === BYTES && field === 1) type = textOf(pbf);
    else if (wire === BYTES && field === 5) uid = textOf(pbf);
    else if (wire === VARINT && field === 6) time = pbf.readVarint();
    else if (wire === VARINT && field === 8) stale = pbf.readVarint();
    else if (wire === DOUBLE && field === 10) lat = pbf.readDouble();
    else if (wire === DOUBLE && field === 11) lon = pbf.readDouble();
    else if (wire === DOUBLE && field === 13) ce = pbf.readDouble();
    else if (wire === BYTES && field === 15) detail = detailOf(bytesOf(pbf));
    else return false;
    return true;
  });
  if (!(time > 0 && time <= LATEST)) throw new CotFault(noTime('event.time', String(time)));
  return { ...named(uid, type), time, stale: stale === 0 ? null : stale, lat, lon, ce, detail };
}

/** The last day that a date can be, wall ms. */
const LATEST = 8.64e15;

/** What has fields of its own goes before what stands in words of XML beside them. */
function detailOf(bytes: Uint8Array): CotDetail {
  let xml = '';
  let own: Partial<CotDetail> = {};
  eachField(bytes, (field, wire, pbf) => {
    if (wire !== BYTES) return false;
    if (field === 1) xml = textOf(pbf);
    else if (field === 2) own = { ...own, callsign: callsignOf(bytesOf(pbf)) };
    else if (field === 5) own = { ...own, battery: batteryOf(bytesOf(pbf)) };
    else if (field === 7) own = { ...own, ...trackOf(bytesOf(pbf)) };
    else return false;
    return true;
  });
  return { ...(xml === '' ? NO_DETAIL : readDetail(xml)), ...own };
}

function callsignOf(bytes: Uint8Array): string {
  let callsign = '';
  eachField(bytes, (field, wire, pbf) => {
    if (field !== 2 || wire !== BYTES) return false;
    callsign = textOf(pbf);
    return true;
  });
  return callsign;
}

function batteryOf(bytes: Uint8Array): number {
  let battery = 0;
  eachField(bytes, (field, wire, pbf) => {
    if (field !== 1 || wire !== VARINT) return false;
    battery = pbf.readVarint();
    return true;
  });
  return battery;
}

function trackOf(bytes: Uint8Array): Pick<CotDetail, 'speed' | 'course'> {
  let [speed, course] = [0, 0];
  eachField(bytes, (field, wire, pbf) => {
    if (wire === DOUBLE && field === 1) speed = pbf.readDouble();
    else if (wire === DOUBLE && field === 2) course = pbf.readDouble();
    else return false;
    return true;
  });
  return { speed, course };
}

/** @param take answers whether it has read the field's value; what it has not is skipped */
function eachField(bytes: Uint8Array, take: (field: number, wire: number, pbf: PbfReader) => boolean): void {
  const pbf = new PbfReader(bytes);
  while (pbf.pos < pbf.length) {
    const tag = pbf.readVarint();
    if (!take(tag >>> 3, tag & 7, pbf)) pbf.skip(tag);
  }
  if (pbf.pos !== pbf.length) throw new CotFault(notTak());
}

function bytesOf(pbf: PbfReader): Uint8Array {
  const end = pbf.readVarint() + pbf.pos;
  if (!(end <= pbf.length)) throw new CotFault(notTak());
  const bytes = pbf.buf.subarray(pbf.pos, end);
  pbf.pos = end;
  return bytes;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const textOf = (pbf: PbfReader): string => UTF8.decode(bytesOf(pbf));

/** What the library throws at bytes that are none of its is a damaged message. */
function orDamaged(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw error instanceof CotFault ? error : new CotFault(notTak(), error);
  }
}
