import { createSocket, type Socket } from 'node:dgram';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { matchesIn, probeMessage } from './discovery.ts';
import { findDevices } from './find.ts';
import { XmlError } from './xml.ts';

const ID = 'e8a5c1de-0000-4000-8000-000000000001';
const bytes = (text: string) => new TextEncoder().encode(text);
const match = (addresses: string, scopes = '') =>
  `<d:ProbeMatch><d:Scopes>${scopes}</d:Scopes><d:XAddrs>${addresses}</d:XAddrs></d:ProbeMatch>`;
const answer = (matches: string, id = ID) =>
  `<s:Envelope xmlns:s="urn:s" xmlns:a="urn:a" xmlns:d="urn:d"><s:Header><a:RelatesTo>urn:uuid:${id}</a:RelatesTo></s:Header><s:Body><d:ProbeMatches>${matches}</d:ProbeMatches></s:Body></s:Envelope>`;
const found = (document: string) => matchesIn(bytes(document), ID, '10.0.0.8');

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

test('an answer tells address and name; of several addresses the one it came from', () => {
  const scopes = 'onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/%E4%B8%9C%E9%97%A8%1B%5B31m';
  expect(found(answer(match('http://[fe80::1]/onvif http://10.0.0.8:8080/onvif/device_service', scopes)))).toEqual([
    { address: 'http://10.0.0.8:8080/onvif/device_service', name: '东门[31m' },
  ]);
  expect(found(answer(match('http://a:b@10.0.0.9/x', 'onvif://www.onvif.org/name/%zz')))).toEqual([
    { address: 'http://10.0.0.9/x', name: '%zz' },
  ]);
});

test('what answers another probe, or names nothing that could be asked, is no device', () => {
  expect(found(answer(match('http://10.0.0.8/'), 'other'))).toEqual([]);
  expect(found(answer(match('file:///etc/passwd nonsense')))).toEqual([]);
  expect(found(answer(match('http://10.0.0.8/').repeat(100)))).toHaveLength(16);
});

test('any bytes are read or refused (fuzz)', () => {
  const good = bytes(answer(match('http://10.0.0.8/', 'onvif://www.onvif.org/name/x')));
  fc.assert(
    fc.property(fc.nat(good.length), fc.nat(30), fc.uint8Array({ maxLength: 20 }), (at, less, put) => {
      try {
        matchesIn(Buffer.concat([good.subarray(0, at), put, good.subarray(at + less)]), ID, '10.0.0.8');
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError);
      }
    }),
    { seed: 25, numRuns: 500 },
  );
});

/** Devices on loopback that answer what they are sent. */
async function devices(says: (id: string) => readonly string[]): Promise<{ host: string; port: number }> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (message, from) => {
    const id = /urn:uuid:([\w-]+)</.exec(message.toString('utf8'))?.[1] ?? '';
    for (const each of says(id)) socket.send(each, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: socket.address().port };
}

test('a network is asked: each device is listed once, what cannot be read is counted, and there is an end', async () => {
  const to = await devices((id) => [
    'no XML',
    answer(match('http://10.0.0.9/onvif'), id),
    answer(match('http://10.0.0.9/onvif') + match('http://10.0.0.8/onvif'), id),
  ]);
  const all = await findDevices({ address: '127.0.0.1', forMs: 400, most: 10, to });
  expect(all.devices.map(({ address }) => address)).toEqual(['http://10.0.0.8/onvif', 'http://10.0.0.9/onvif']);
  expect(all.unread).toBeGreaterThan(0);
});

test('no more are taken than asked for, and then it is over', async () => {
  const to = await devices((id) => Array.from({ length: 50 }, (_, i) => answer(match(`http://10.0.0.${i}/`), id)));
  const { devices: some } = await findDevices({ address: '127.0.0.1', forMs: 60_000, most: 3, to });
  expect(some).toHaveLength(3);
});

test('the probe asks for devices that give pictures, and says which it is', () => {
  expect(probeMessage(ID)).toMatch(/<a:MessageID>urn:uuid:e8a5c1de.*dn:NetworkVideoTransmitter<\/Types>/);
});
