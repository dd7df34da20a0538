import { describe, expect, test } from 'vitest';
import { isUsualColumn } from './fields.ts';
import { ImportError } from './importError.ts';
import { type SampleSheet, xlsx, zip } from './sampleFiles.ts';
import { readXlsx } from './xlsx.ts';
import { dateOfSerial, formatOf } from './xlsxFormats.ts';
import { openZip } from './zip.ts';

const read = (sheets: SampleSheet[], sheet?: string, options = {}) =>
  readXlsx(openZip(xlsx(sheets, options)), { sheet, known: isUsualColumn });
const refusalOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ImportError) return error.said.message.en;
    throw error;
  }
  return 'taken';
};
const of = (xml: string) => () =>
  readXlsx(
    openZip(
      zip({
        'xl/workbook.xml': Buffer.from('<workbook xmlns:r="x"><sheets><sheet name="S" r:id="a"/></sheets></workbook>'),
        'xl/_rels/workbook.xml.rels': Buffer.from(
          '<Relationships><Relationship Id="a" Type="x/worksheet" Target="/xl/s.xml"/></Relationships>',
        ),
        'xl/s.xml': Buffer.from(xml),
      }),
    ),
    { known: isUsualColumn },
  );

const HEAD: SampleSheet = {
  name: '日报',
  rows: [
    ['2024 年水位日报', null, null, null, null],
    ['站点', '位置', null, '日期', '水位'],
    [null, '经度', '纬度', null, null],
    ['东湖闸', 114.4012, 30.5521, { number: 45536, style: 1 }, 19.82],
    ['巡司河口', 114.31, 30.501, '2024年9月1日', '18.40'],
  ],
  merges: ['A1:E1', 'A2:A3', 'B2:C2', 'D2:D3', 'E2:E3'],
};

describe('a workbook', () => {
  test('given a title and names in two rows with merged cells, the names are joined and the rows are those of the sheet', () => {
    const table = read([HEAD]);
    expect(table).toMatchObject({ format: 'xlsx', sheet: '日报', sheets: ['日报'] });
    expect(table.columns).toEqual(['站点', '位置/经度', '位置/纬度', '日期', '水位']);
    expect(table.rows).toEqual([
      {
        row: 4,
        values: { 站点: '东湖闸', '位置/经度': 114.4012, '位置/纬度': 30.5521, 日期: '2024-09-01', 水位: 19.82 },
      },
      {
        row: 5,
        values: { 站点: '巡司河口', '位置/经度': 114.31, '位置/纬度': 30.501, 日期: '2024-09-01', 水位: '18.40' },
      },
    ]);
  });

  test('a cell that is merged over several rows stands in each', () => {
    const table = read([
      {
        name: 'S',
        rows: [
          ['部门', '名称'],
          ['水务局', '一'],
          [null, '二'],
        ],
        merges: ['A2:A3'],
      },
    ]);
    expect(table.rows.map(({ values }) => values.部门)).toEqual(['水务局', '水务局']);
  });

  test('the first sheet that is shown is read, or the named one; another is refused with those that there are', () => {
    const sheet = (name: string, value: string, state?: string): SampleSheet => ({
      name,
      rows: [
        ['编号', '名称'],
        ['A', value],
      ],
      ...(state ? { state } : {}),
    });
    const sheets = [sheet('字典', 'x', 'veryHidden'), sheet('一', 'y'), sheet('二', 'z')];
    expect(read(sheets).rows[0]?.values.名称).toBe('y');
    expect(read(sheets, '二').rows[0]?.values.名称).toBe('z');
    expect(refusalOf(() => read(sheets, '三'))).toBe('has no "三"');
  });

  test('codes that are shown with zeros in front keep them, and times are those that were seen', () => {
    const rows = [
      ['站码', '时间', '名称'],
      [{ number: 123, style: 3 }, { number: 45536.5868, style: 2 }, '_x0041_闸'],
    ];
    expect(read([{ name: 'S', rows }]).rows[0]?.values).toEqual({
      站码: '00123',
      时间: '2024-09-01 14:05:00',
      名称: 'A闸',
    });
    expect(read([{ name: 'S', rows }], undefined, { date1904: true }).rows[0]?.values.时间).toBe('2028-09-02 14:05:00');
  });

  test('cells that hold their text themselves, formulas, truths and faults are read; numbers within a text are not joined', () => {
    const cells = [
      't="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>x</t></rPh></is>',
      't="str"><f>A1</f><v>丙</v>',
      't="b"><v>1</v>',
      't="e"><v>#REF!</v>',
      '><f>1+1</f><v>2</v>',
      '><f>1</f>',
    ];
    const head = cells.map((_, i) => `<c t="inlineStr"><is><t>H${i}</t></is></c>`).join('');
    const table = of(
      `<x:s xmlns:x="y"><x:row>${head}</x:row><x:row>${cells.map((each) => `<c ${each}</c>`).join('')}</x:row></x:s>`,
    )();
    expect(Object.values(table.rows[0]?.values ?? {})).toEqual(['甲乙', '丙', true, '#REF!', 2, null]);
    expect(table.rows[0]?.row).toBe(2);
  });

  test('an archive with long numbers, as Java writes them, is read as any other', () => {
    const plain = zip({ 'a.txt': Buffer.from('hello hello hello') });
    const entry = plain.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const end = plain.length - 22;
    const [size, packed, at] = [24, 20, 42].map((offset) => plain.readUInt32LE(entry + offset));
    const long = (...numbers: (number | undefined)[]) => {
      const bytes = Buffer.alloc(numbers.length * 8);
      for (const [i, each] of numbers.entries()) bytes.writeBigUInt64LE(BigInt(each ?? 0), i * 8);
      return bytes;
    };
    const head = Buffer.from(plain.subarray(entry, end));
    for (const offset of [20, 24, 42]) head.writeUInt32LE(0xffffffff, offset);
    head.writeUInt16LE(28 + 6, 30);
    const extra = Buffer.concat([Buffer.from([9, 9, 2, 0, 7, 7, 1, 0, 24, 0]), long(size, packed, at)]);
    const directory = Buffer.concat([head, extra]);
    const longEnd = Buffer.concat([
      Buffer.from('504b0606', 'hex'),
      long(44),
      Buffer.alloc(12),
      long(1, 1, directory.length, entry),
    ]);
    const locator = Buffer.concat([
      Buffer.from('504b060700000000', 'hex'),
      long(entry + directory.length),
      Buffer.from([1, 0, 0, 0]),
    ]);
    const tail = Buffer.from(plain.subarray(end));
    tail.writeUInt16LE(0xffff, 10);
    tail.writeUInt32LE(0xffffffff, 16);
    const whole = Buffer.concat([plain.subarray(0, entry), directory, longEnd, locator, tail]);
    expect(openZip(whole).read('a.txt')?.toString()).toBe('hello hello hello');
    whole.writeUInt16LE(5, entry + directory.length - 28);
    expect(refusalOf(() => openZip(whole))).toBe('the archive is cut off or damaged');
  });

  test('dates are known by their formats, and day numbers are those of Excel with its leap year of 1900', () => {
    expect(
      ['yyyy/m/d', '[$-804]yyyy"年"m"月"', 'General', '0.00', '#,##0"米"', '00000', '0.0"m"'].map(
        (f) => formatOf(f).shows,
      ),
    ).toEqual([...['date', 'date', 'number', 'number', 'number', 'digits', 'number']]);
    expect([1, 59, 60, 61, 45536, 0.25, -1].map((day) => dateOfSerial(day, false))).toEqual([
      ...['1900-01-01', '1900-02-28', '1900-02-28', '1900-03-01', '2024-09-01', '06:00:00', null],
    ]);
  });

  test('what is cut, deeper than may be, brings a document type, or misplaces a cell is refused', () => {
    const whole = xlsx([HEAD]);
    expect(refusalOf(() => openZip(whole.subarray(0, whole.length - 40)))).toBe('the archive is cut off or damaged');
    const bent = Buffer.from(whole);
    bent[60] = (bent[60] ?? 0) ^ 0xff;
    expect(refusalOf(() => readXlsx(openZip(bent), { known: isUsualColumn }))).toBe(
      'the archive is cut off or damaged',
    );
    expect(refusalOf(of(`<a>${'<b>'.repeat(70)}`))).toBe('goes deeper than 64 levels');
    expect(refusalOf(of('<!DOCTYPE a [<!ENTITY x "y">]><a/>'))).toBe('has a document type (DOCTYPE)');
    expect(refusalOf(of('<a><b></a>'))).toBe('line 1 is no good XML');
    expect(refusalOf(of('<s><row r="1"><c r="$1"><v>1</v></c></row></s>'))).toBe('"$1" is no place of a cell');
    expect(refusalOf(of('<s><row r="0"/></s>'))).toBe('"0" is no place of a cell');
    expect(refusalOf(of('<s><row r="1"><c r="ZZZ1"><v>1</v></c></row></s>'))).toBe('there are more than 500 columns');
  });

  test('an archive that unpacks to far more than it has is refused, whatever its directory says', () => {
    const bomb = zip({ 'a.xml': new Uint8Array(20 * 1024 * 1024) });
    expect(refusalOf(() => openZip(bomb).read('a.xml'))).toBe('unpacks to more than may be');
    const liar = Buffer.from(bomb);
    const entry = liar.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    liar.writeUInt32LE(1000, entry + 24);
    expect(refusalOf(() => openZip(liar).read('a.xml'))).toBe('unpacks to more than may be');
    const stored = zip({ 'a.txt': Buffer.from('hello') }, { stored: true });
    stored[stored.indexOf('hello')] = 0x6a;
    expect(refusalOf(() => openZip(stored).read('a.txt'))).toBe('the archive is cut off or damaged');
    const locked = Buffer.from(bomb);
    locked[entry + 8] = 1;
    expect(refusalOf(() => openZip(locked).read('a.xml'))).toBe('is protected by a password');
    locked[entry + 8] = 0;
    locked[entry + 10] = 14;
    expect(refusalOf(() => openZip(locked).read('a.xml'))).toBe('is packed with the method 14');
  });
});
