import { describe, expect, test } from 'vitest';
import { readSegment } from './segment.ts';

const HEAD = 'QN=20261127083000000;ST=32;CN=2011;PW=123456;MN=A1;Flag=5';
const CP = 'CP=&&DataTime=20261127083000;w01018-Rtd=53.0,w01018-Flag=N&&';

function read(text: string | Uint8Array) {
  const reading = readSegment(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  if (!reading.ok) throw new Error(`${reading.path}: ${reading.said.message.en}`);
  return reading.segment;
}
/** The blocks as plain lists: DataTime, then `name=value` of each. */
const blocks = (text: string | Uint8Array) =>
  read(text).blocks.map((b) => [
    b.dataTime,
    ...[...b.factors].flatMap(([code, subs]) =>
      [...subs.values()].map((s) => `${code}-${s.name}=${s.values.join('|')}`),
    ),
  ]);

describe('a data segment', () => {
  test.each<[string, string]>([
    ['as the standard has it', `${HEAD};${CP}`],
    ['with its head in any order', `CN=2011;QN=20261127083000000;MN=A1;PW=123456;Flag=5;ST=32;${CP}`],
    ['with a separator doubled and mixed', `QN=20261127083000000;ST=32;CN=2011;PW=123456;,MN=A1;Flag=5;${CP}`],
    ['with a field in another case', `${HEAD.replace('Flag', 'FLAG')};${CP}`],
    ['with Flag in the CP', `${HEAD.replace(';Flag=5', '')};${CP.replace('&&D', '&&Flag=5;D')}`],
    ['without a separator before the CP', `${HEAD}${CP}`],
    ['with fields behind the CP', `${HEAD.replace(';MN=A1', '')};${CP};MN=A1`],
    ['with a CP opened by one &', `${HEAD};${CP.replace('&&', '&')}`],
    ['with a CP closed by one &', `${HEAD};${CP.slice(0, -1)}`],
    ['with a separator at the end', `${HEAD};${CP.replace(/&&$/, ';&&')}`],
    ['with , for ;', `${HEAD};${CP.replace('00;w', '00,w')}`],
    ['with ; for ,', `${HEAD};${CP.replace('0,w', '0;w')}`],
    ['with DataTime at the end', `${HEAD};CP=&&w01018-Rtd=53.0,w01018-Flag=N;DataTime=20261127083000&&`],
    ['with blanks and ends of lines', `${HEAD.replaceAll(';', ' ;\r\n')};${CP.replace('&&D', '&& D')}`],
    ['with a factor twice that says the same', `${HEAD};${CP.replace(/&&$/, ';w01018-Rtd=53.0&&')}`],
    ['with the flag called by the factor', `${HEAD};${CP.replace('w01018-Flag', 'w01018')}`],
  ])('%s is read alike', (_what, text) => {
    const { head, flag } = read(text);
    const want = { QN: '20261127083000000', ST: '32', CN: '2011', PW: '123456', MN: 'A1' };
    expect(Object.fromEntries([...head].filter(([name]) => name !== 'FLAG'))).toEqual(want);
    expect(flag).toBe(5);
    expect(blocks(text)).toEqual([['20261127083000', 'w01018-Rtd=53.0', 'w01018-Flag=N']]);
  });

  test('of 2005 has neither QN nor Flag', () => {
    const { head, flag } = read(`ST=32;CN=2011;PW=123456;MN=A1;${CP}`);
    expect([head.has('QN'), flag]).toEqual([false, null]);
  });

  test('with a field of the head twice means the first', () => {
    expect(read(`${HEAD};MN=B2;${CP};MN=C3`).head.get('MN')).toBe('A1');
  });

  test('with an empty CP, or none, has no blocks', () => {
    expect([blocks(`${HEAD};CP=&&&&`), blocks(HEAD), blocks('')]).toEqual([[], [], []]);
  });

  test('with a factor twice that says something else keeps both', () => {
    expect(blocks(`${HEAD};${CP.replace(/&&$/, ';w01018-Rtd=54&&')}`)[0]).toContain('w01018-Rtd=53.0|54');
  });

  test('with two times has two blocks', () => {
    const cp = 'CP=&&DataTime=1;a-Avg=1;b-Avg=2;DataTime=2;a-Avg=3&&';
    expect(blocks(`${HEAD};${cp}`)).toEqual([
      ['1', 'a-Avg=1', 'b-Avg=2'],
      ['2', 'a-Avg=3'],
    ]);
  });

  test('with Chinese in an encoding of its own loses no measurement', () => {
    const gbk = Buffer.concat([
      Buffer.from(`${HEAD};CP=&&Name=`),
      Uint8Array.of(0xc7, 0xe5),
      Buffer.from(`;${CP.slice(5)}`),
    ]);
    expect(blocks(gbk)).toHaveLength(1);
  });

  test('of more than a thousand items is refused, and so is a field without end', () => {
    const many = (n: number) => `${HEAD};CP=&&${'a-b=1;'.repeat(n)}&&`;
    expect(read(many(1000)).blocks).toHaveLength(1);
    expect(() => read(many(1001))).toThrow('CP: CP has 1001 items, the limit is 1000');
    expect(() => read(`MN=${'A'.repeat(65)};CN=2011;CP=&&&&`)).toThrow('MN: MN has more than 64 characters');
  });

  test('whose CP is ciphertext is refused as such, in bytes and as it is printed', () => {
    const cipher = Buffer.concat([
      Buffer.from(`${HEAD};CP=&&`),
      Buffer.from('e43ef10982a7b3c4d5e6f708192a3b4c', 'hex'),
      Buffer.from('&&'),
    ]);
    expect(() => read(cipher)).toThrow('CP is encrypted');
    expect(() => read(`${HEAD};CP=&&{0xE4,0x3E,0xF1}&&`)).toThrow('CP is encrypted');
  });
});
