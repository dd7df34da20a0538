import { bodyOf } from './answers.ts';
import { below, readXml, textOf, type XmlNode } from './xml.ts';

/** A device that answered a probe. */
export interface FoundDevice {
  /** Of its device service. */
  readonly address: string;
  /** As it calls itself; empty where it does not. */
  readonly name: string;
}

/** Where devices listen for probes (WS-Discovery 1.0). */
export const PROBE_GROUP = { host: '239.255.255.250', port: 3702 } as const;
export const MOST_ANSWER_BYTES = 16 * 1024;
const ADDRESSING = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const DISCOVERY = 'http://schemas.xmlsoap.org/ws/2005/04/discovery';
const MOST_MATCHES = 16;
const LONGEST_NAME = 60;

/** Asks every device of the network that gives pictures to tell where it is. @param id of the message, a UUID */
export function probeMessage(id: string): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="${ADDRESSING}">`,
    `<s:Header><a:Action s:mustUnderstand="1">${DISCOVERY}/Probe</a:Action><a:MessageID>urn:uuid:${id}</a:MessageID>`,
    '<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>',
    '<a:To s:mustUnderstand="1">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>',
    `<s:Body><Probe xmlns="${DISCOVERY}"><Types xmlns:dn="http://www.onvif.org/ver10/network/wsdl">dn:NetworkVideoTransmitter</Types></Probe></s:Body></s:Envelope>`,
  ].join('');
}

/**
 * The devices that an answer to the probe tells of.
 * @param from address that it came from: of several that a device names, this one is taken
 * @throws XmlError
 */
export function matchesIn(bytes: Uint8Array, id: string, from: string): FoundDevice[] {
  const relates = textOf(readXml(bytes), 'Header', 'RelatesTo') ?? '';
  const body = bodyOf(bytes);
  if (body?.name !== 'ProbeMatches' || relates.replace(/^(?:urn:)?uuid:/i, '') !== id) return [];
  return below(body, 'ProbeMatch')
    .slice(0, MOST_MATCHES)
    .flatMap((match) => {
      const address = addressOf(textOf(match, 'XAddrs') ?? '', from);
      return address === undefined ? [] : [{ address, name: nameOf(match) }];
    });
}

function addressOf(said: string, from: string): string | undefined {
  const all = said
    .split(/\s+/)
    .flatMap((each) => (URL.canParse(each) ? [new URL(each)] : []))
    .filter(({ protocol }) => protocol === 'http:' || protocol === 'https:');
  const address = all.find(({ hostname }) => hostname === from) ?? all[0];
  if (!address) return undefined;
  // What stands there would stand in the file as if it were the hall's login.
  address.username = '';
  address.password = '';
  return address.href;
}

/** Of `onvif://www.onvif.org/name/…`, without what would act on a terminal. */
function nameOf(match: XmlNode): string {
  const scope = /(?:^|\s)onvif:\/\/www\.onvif\.org\/name\/(\S+)/i.exec(textOf(match, 'Scopes') ?? '')?.[1] ?? '';
  let name = scope;
  try {
    name = decodeURIComponent(scope);
  } catch {
    // It is shown as it was written.
  }
  return name
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, LONGEST_NAME);
}
