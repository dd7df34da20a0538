import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { numberOf } from '../json-path/numbers.ts';
import { timeReader } from '../json-path/time.ts';
import { type CotDetail, type CotEvent, NO_DETAIL } from './event.ts';
import { broken, CotFault, doctype, missing, noTime, notEvent, notUtf8, tooMuch } from './faults.ts';

/** What an event may be made of. Its length is limited where it is cut out of the stream. */
export const XML_LIMITS = { depth: 16, elements: 2000 } as const;
/** Characters of a uid. */
export const MOST_UID = 256;

type Attributes = Readonly<Record<string, string>>;

/** Reads one event in XML. @throws CotFault */
export function readEvent(bytes: Uint8Array): CotEvent {
  let said: Attributes | null = null;
  let point: Attributes = {};
  const detail = detailReader();
  eachElement(textOf(bytes), (way, attributes) => {
    if (said === null && way !== 'event') throw new CotFault(notEvent(way));
    if (way === 'event') said = attributes;
    else if (way === 'event/point') point = attributes;
    else if (way.startsWith('event/detail/')) detail.take(way.slice('event/detail/'.length), attributes);
  });
  const { uid = '', type = '', time = '', stale }: Attributes = said ?? {};
  const number = (text: string | undefined): number => numberOf(text) ?? Number.NaN;
  return {
    ...named(uid, type),
    time: timeOf('event.time', time),
    stale: stale === undefined ? null : timeOf('event.stale', stale),
    ...{ lat: number(point.lat), lon: number(point.lon), ce: number(point.ce) },
    detail: detail.read,
  };
}

/** Reads what stands in `detail`, without the element itself. @throws CotFault */
export function readDetail(xml: string): CotDetail {
  const detail = detailReader();
  eachElement(`<detail>${xml}</detail>`, (way, attributes) => {
    if (way.startsWith('detail/')) detail.take(way.slice('detail/'.length), attributes);
  });
  return detail.read;
}

/** Checks by what an event is known. @throws CotFault */
export function named(uid: string, type: string): Pick<CotEvent, 'uid' | 'type'> {
  if (uid.trim() === '' || uid.length > MOST_UID) throw new CotFault(missing('event.uid'));
  if (type === '' || type.length > MOST_UID) throw new CotFault(missing('event.type'));
  return { uid: uid.trim(), type };
}

/** What is written without a zone is UTC, as all times of CoT are. */
const readTime = timeReader('iso', 0);

function timeOf(path: string, text: string): number {
  const t = readTime?.(text) ?? null;
  if (t === null) throw new CotFault(noTime(path, text));
  return t;
}

/** Gathers what is told of in elements; of each the first that says something counts. */
function detailReader(): { read: CotDetail; take(name: string, attributes: Attributes): void } {
  const reader = {
    read: NO_DETAIL,
    take(name: string, attributes: Attributes): void {
      const { read } = reader;
      if (name === 'contact') reader.read = { ...read, callsign: read.callsign || (attributes.callsign ?? '') };
      else if (name === 'track')
        reader.read = {
          ...read,
          speed: read.speed ?? numberOf(attributes.speed),
          course: read.course ?? numberOf(attributes.course),
        };
      else if (name === 'status') reader.read = { ...read, battery: read.battery ?? numberOf(attributes.battery) };
      else if (name === 'emergency')
        reader.read = { ...read, emergency: attributes.cancel === 'true' ? 'over' : 'raised' };
      else if (name === 'link' && attributes.relation === 'p-p')
        reader.read = { ...read, owner: read.owner ?? attributes.uid?.trim() ?? null };
    },
  };
  return reader;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CotFault(notUtf8(), error);
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Tells of each element of a document, within {@link XML_LIMITS}. Document types are refused, and with them all entities but the five of XML.
 *
 * @param take hears the names from the outermost element on, `event/detail/contact`, without prefixes
 * @throws CotFault
 */
function eachElement(source: string, take: (way: string, attributes: Attributes) => void): void {
  const parser = new SaxesParser({ xmlns: false });
  const open: string[] = [];
  let elements = 0;
  parser.on('error', () => {
    throw new CotFault(broken(parser.line));
  });
  parser.on('doctype', () => {
    throw new CotFault(doctype());
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    if (open.length >= XML_LIMITS.depth)
      throw new CotFault(tooMuch({ zh: '嵌套层数', en: 'levels' }, XML_LIMITS.depth));
    if (++elements > XML_LIMITS.elements)
      throw new CotFault(tooMuch({ zh: '元素', en: 'elements' }, XML_LIMITS.elements));
    open.push(local(name));
    take(open.join('/'), attributes);
  });
  parser.on('closetag', () => void open.pop());
  try {
    parser.write(source).close();
  } catch (error) {
    throw error instanceof CotFault ? error : new CotFault(broken(parser.line), error);
  }
}
