import { describe, expect, test } from 'vitest';
import { readCsv, separatorOf } from './csv.ts';
import { isUsualColumn } from './fields.ts';
import { ImportError } from './importError.ts';
import { gbk } from './sampleFiles.ts';

const read = (bytes: Uint8Array | string, encoding?: string) =>
  readCsv(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, { encoding, known: isUsualColumn });
const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ImportError) return error.said.message.en;
    throw error;
  }
  return 'taken';
};

/** As a water bureau drops it: Chinese times, commas and quotation marks within quotation marks. */
const WATER = `站名,经度,纬度,时间,水位(m),雨量(mm),状态\r
东湖闸,114.4012,30.5521,2024年9月1日 14时05分,19.82,0.5,正常\r
巡司河口,114.3100,30.5010,2024/9/1 14:05,18.40,,离线\r
"汤逊湖,泵站",114.3500,30.4300,2024-09-01 14:05:00,18.02,1.0,"备注""检修"""\r
`;

describe('separated text', () => {
  test.each([
    ['gb18030', gbk(WATER)],
    ['utf-8', Buffer.from(`\ufeff${WATER}`)],
    ['utf-8', Buffer.from(WATER)],
    ['utf-16le', Buffer.from(`\ufeff${WATER}`, 'utf16le')],
  ])('given a table in %s, its rows are read with its lines, and the encoding is told', (encoding, bytes) => {
    const table = read(bytes);
    expect(table).toMatchObject({ format: 'csv', encoding, notes: [] });
    expect(table.columns).toEqual(['站名', '经度', '纬度', '时间', '水位(m)', '雨量(mm)', '状态']);
    expect(
      table.rows.map(({ row, values }) => [row, values.站名, values.时间, values['雨量(mm)'], values.状态]),
    ).toEqual([
      [2, '东湖闸', '2024-09-01 14:05', '0.5', '正常'],
      [3, '巡司河口', '2024/9/1 14:05', null, '离线'],
      [4, '汤逊湖,泵站', '2024-09-01 14:05:00', '1.0', '备注"检修"'],
    ]);
  });

  test.each([[','], [';'], ['\t'], ['|'], ['，']])('separated by %j is found out', (separator) => {
    const text = ['编号,名称,说明', 'A-1,东闸,"一,二"', 'A-2,西闸,三'].join('\n').replace(/,(?=[^二])/g, separator);
    expect(separatorOf(text)).toBe(separator);
    expect(read(text).rows.map(({ values }) => values)).toEqual([
      { 编号: 'A-1', 名称: '东闸', 说明: '一,二' },
      { 编号: 'A-2', 名称: '西闸', 说明: '三' },
    ]);
  });

  test('an encoding that is asked for is taken, and one that is none is refused with those that there are', () => {
    expect(read(gbk('编号,名称\nA,闸'), 'GBK').rows[0]?.values.名称).toBe('闸');
    expect(refusalOf(() => read('编号,名称\nA,闸', 'latin1'))).toBe('"latin1" is no encoding that is known');
    expect(refusalOf(() => read(gbk('编号,名称\nA,闸'), 'utf-8'))).toBe('is not all text in utf-8');
    expect(refusalOf(() => read(Buffer.from([0x61, 0xff, 0xff, 0x0a])))).toMatch(/neither UTF-8 nor GBK/);
    expect(refusalOf(() => read('a,b\0c'))).toMatch(/neither UTF-8 nor GBK/);
  });

  test('codes keep the zeros in front of them', () => {
    expect(read('站码,名称\n00123,东闸').rows[0]?.values.站码).toBe('00123');
  });

  test('a line with more cells than the head is wrong by its line; short ones are told of', () => {
    const table = read('编号,名称,说明\nA,一,x\nB,二,x,多余\nC,三\n"D","四\n行",x,,\nE,五,x');
    expect(table.rows.map(({ row, fault }) => [row, fault?.message.en])).toEqual([
      [2, undefined],
      [3, 'has 4 cells, and the head 3 columns'],
      [4, undefined],
      [5, undefined],
      [7, undefined],
    ]);
    expect(table.notes.map(({ en }) => en)).toEqual(['1 lines have fewer than 3 cells, the rest taken as empty: 4']);
  });

  test('a quotation mark that is not closed is refused with its line', () => {
    expect(refusalOf(() => read('编号,名称\nA,一\nB,"二\nC,三\n'))).toBe('a quotation mark after line 2 is not closed');
  });

  test('titles above, totals and remarks below, and heads that are printed again are no rows', () => {
    const text = `2024年水位站一览表,,\n填报单位：水务局,,填报日期：2024年9月\n编号,站名,水位\nA,一,1\n编号,站名,水位\nB,二,2\n合计,,3\n备注：水位为黄海高程,,\n`;
    const table = read(text);
    expect(table.columns).toEqual(['编号', '站名', '水位']);
    expect(table.rows.map(({ row, values }) => [row, values.编号])).toEqual([
      [4, 'A'],
      [6, 'B'],
    ]);
    expect(table.notes[0]?.en).toBe('passed over 3 rows of totals, remarks or repeated names: 5, 7, 8');
  });

  test('names in two rows are joined, and a row of data is none of them', () => {
    expect(read('编号,坐标,,名称\n,经度,纬度,\nA,121.5,31.2,闸').columns).toEqual([
      '编号',
      '坐标/经度',
      '坐标/纬度',
      '名称',
    ]);
    expect(read('编号,坐标,,名称\nA,东,西,闸').columns).toEqual(['编号', '坐标', '第3列', '名称']);
  });

  test('columns without a name, and of one name, are told apart; any name may be', () => {
    const table = read('名称,名称,,__proto__,编号\na,b,c,d,e');
    expect(table.columns).toEqual(['名称', '名称(2)', '第3列', '__proto__', '编号']);
    expect(Object.entries(table.rows[0]?.values ?? {})).toEqual([
      ['名称', 'a'],
      ['名称(2)', 'b'],
      ['第3列', 'c'],
      ['__proto__', 'd'],
      ['编号', 'e'],
    ]);
  });

  test('what is too much is refused', () => {
    expect(refusalOf(() => read(`编号,名称\n${'A,b\n'.repeat(200_001)}`))).toBe('there are more than 200,000 rows');
    expect(refusalOf(() => read(`编号,名称\nA,${'x'.repeat(10_001)}`))).toBe(
      'row 2 has a cell of more than 10,000 characters',
    );
    expect(refusalOf(() => read(`编号,名称${',x'.repeat(499)}\n`))).toBe('there are more than 500 columns');
    expect(refusalOf(() => read(`编号,名称${',x'.repeat(2000)}\n`))).toBe('there are more than 500 columns');
  });
});
