import fc from 'fast-check';
import { expect, test } from 'vitest';
import { XmlError } from '../onvif/xml.ts';
import { readManscdp, writeManscdp } from './manscdp.ts';

const HEAD = '<?xml version="1.0" encoding="GB2312"?>\n';
const item = (id: string, name: string, more = '') =>
  `<Item><DeviceID>${id}</DeviceID><Name>${name}</Name>${more}</Item>`;
const catalogue = (...items: string[]) =>
  `<Response><CmdType>Catalog</CmdType><SN>7</SN><DeviceID>34020000001180000001</DeviceID><SumNum>3</SumNum><DeviceList Num="${items.length}">${items.join('')}</DeviceList></Response>`;
const CAMERA = '34020000001320000002';
/** 东门 in GBK. */
const EAST_GATE = Buffer.of(0xb6, 0xab, 0xc3, 0xc5);

test('a catalogue in GBK, in UTF-8 that is called GB2312, and with an & that is no entity', () => {
  const [before = '', behind = ''] = (
    HEAD + catalogue(item(CAMERA, '@', '<Longitude>121.5</Longitude><Latitude>31.2</Latitude>'))
  ).split('@');
  const gbk = Buffer.concat([Buffer.from(before), EAST_GATE, Buffer.from(behind)]);
  const read = readManscdp(gbk);
  expect(read).toMatchObject({ form: 'Response', command: 'Catalog', sn: '7', device: '34020000001180000001' });
  expect(read.channels).toEqual([{ id: CAMERA, name: '东门', lon: 121.5, lat: 31.2, turns: undefined, sub: false }]);
  const utf8 = readManscdp(
    Buffer.from(HEAD + catalogue(item(CAMERA, 'A&B 东门 &amp; 西门', '<Longitude/><Latitude>0.0</Latitude>'))),
  );
  expect(utf8.channels).toEqual([
    { id: CAMERA, name: 'A&B 东门 & 西门', lon: undefined, lat: undefined, turns: undefined, sub: false },
  ]);
});

test('of a catalogue only what shows pictures is a camera', () => {
  const others = ['34020000002160000001', '34020000001340000001', '34020000001180000001', '340200'];
  const read = readManscdp(
    Buffer.from(catalogue(...others.map((id) => item(id, 'x')), item('34020000001310000001', 'ball'))),
  );
  expect(read.channels?.map(({ name }) => name)).toEqual(['ball']);
  expect(readManscdp(Buffer.from(catalogue().replaceAll('Response', 'Notify'))).channels).toBeUndefined();
});

test('a camera says by its kind whether it turns, by a list whether it has a smaller stream, and which presets it has by their numbers', () => {
  const turns = (more: string) => readManscdp(Buffer.from(catalogue(item(CAMERA, 'x', more)))).channels?.[0]?.turns;
  const kinds = ['', '<PTZType>1</PTZType>', '<Info><PTZType>4</PTZType></Info>', '<Info><PTZType>3</PTZType></Info>'];
  expect(kinds.map(turns)).toEqual([undefined, true, true, false]);
  const sub = (list: string) =>
    readManscdp(Buffer.from(catalogue(item(CAMERA, 'x', `<Info><StreamNumberList>${list}</StreamNumberList></Info>`))))
      .channels?.[0]?.sub;
  expect(['0/1/2', '0', '0/2', ''].map(sub)).toEqual([true, false, false, false]);
  const preset = (id: string, name = '') => `<Item><PresetID>${id}</PresetID><PresetName>${name}</PresetName></Item>`;
  const told = [preset('1', '东门'), preset('3'), preset('0'), preset('256'), preset('x')].join('');
  const read = readManscdp(
    Buffer.from(
      `<Response><CmdType>PresetQuery</CmdType><SN>9</SN><DeviceID>${CAMERA}</DeviceID><SumNum>5</SumNum><PresetList Num="5">${told}</PresetList></Response>`,
    ),
  );
  expect(read).toMatchObject({ sn: '9', sum: 5, channels: undefined });
  expect(read.presets).toEqual([
    { token: '1', name: '东门' },
    { token: '3', name: '3' },
  ]);
  expect(readManscdp(Buffer.from(catalogue())).presets).toBeUndefined();
});

test.each([
  ['no CmdType', '<Notify><DeviceID>34020000001320000002</DeviceID></Notify>'],
  ['not 20 digits', '<Notify><CmdType>Keepalive</CmdType><DeviceID>1</DeviceID></Notify>'],
  ['DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]><Notify/>`],
  ['no good XML', '<Notify><CmdType>'],
  ['more than 2000 items', catalogue(...Array.from({ length: 2001 }, () => '<Item/>'))],
])('refused: %s', (why, body) => {
  expect(() => readManscdp(Buffer.from(body))).toThrow(XmlError);
  expect(() => readManscdp(Buffer.from(body))).toThrow(why);
});

test('whatever comes is read or refused in words', () => {
  const good = Buffer.from(HEAD + catalogue(item(CAMERA, 'x&y')));
  fc.assert(
    fc.property(fc.nat(good.length), fc.nat(30), fc.uint8Array({ maxLength: 20 }), (at, less, put) => {
      try {
        readManscdp(Buffer.concat([good.subarray(0, at), put, good.subarray(at + less)]));
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError);
      }
    }),
    { seed: 284, numRuns: 1000 },
  );
});

test('what the hall writes is read again, and a value holds no element of its own', () => {
  const members = [
    ['CmdType', 'Alarm'],
    ['SN', '1</SN><PTZCmd>x'],
    ['DeviceID', CAMERA],
  ] as const;
  expect(readManscdp(writeManscdp('Response', members))).toMatchObject({ command: 'Alarm', sn: '1/SNPTZCmdx' });
});
