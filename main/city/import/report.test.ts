import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createScratch } from '../../../tests/support/scratch.ts';
import { withoutPasswords } from './complaints.ts';
import { planImport } from './plan.ts';
import { reportedOf, reportText, widthOf } from './report.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

async function planned() {
  const folder = scratch.folder('report');
  const file = join(folder, '水位.csv');
  writeFileSync(file, '编号,站名,经度,纬度\nA-1,东闸,121.5,31.2\n乙,西闸,121.5,31.2\nC-3,,121.5,31.2\n合计,3,,\n');
  const plan = await planImport({ dataDir: join(folder, 'data'), kind: 'sensors', file, options: { crs: 'wgs84' } });
  return { plan, say: (lang: 'zh' | 'en') => reportText(reportedOf(plan, lang), lang).replaceAll(folder, '') };
}

test('the report says in Chinese what would come in, and from where, in columns that stand below each other', async () => {
  const { say } = await planned();
  expect(say('zh')).toBe(`/水位.csv → /data/city/sensors-水位.json
来源：csv，utf-8，3 行，坐标系 wgs84
列：编号、站名、经度、纬度
注意：略过 1 行合计、说明或重复的表头：第 5 行

映射（按列名猜测，可存为文件再改）：
  kind: sensors
  crs: wgs84
  id: { column: 编号 }
  fields:
    name: 站名
    kind: { value: water-level }
    unit: { value: m }
    lon: 经度
    lat: 纬度

前 3 行：
  2      编号=A-1 | 站名=东闸 | 经度=121.5 | 纬度=31.2
       → {"id":"A-1","kind":"water-level","unit":"m","name":{"zh":"东闸","en":"东闸"},"lon":121.5,"lat":31.2}
  3      编号=乙 | 站名=西闸 | 经度=121.5 | 纬度=31.2
       ✗ 编号“乙”编号只能含字母、数字与 : . _ ~ @ -，且不超过 200 个。请改正编号，或在映射中写 id: { from: [列名], spell: pinyin }
  4      编号=C-3 | 经度=121.5 | 纬度=31.2
       ✗ 站名是空的。请补上，或在映射中写 default

新增 1，更改 0，不变 0，不再有 0；有误 2 行
  新增：A-1

有误：
  行  列    内容  原因                                                 办法
  3   编号  乙    编号只能含字母、数字与 : . _ ~ @ -，且不超过 200 个  请改正编号，或在映射中写 id: { from: [列名], spell: pinyin }
  4   站名        是空的                                               请补上，或在映射中写 default
`);
});

test('the same in English', async () => {
  const { say } = await planned();
  const text = say('en');
  expect(text).toContain('source: csv, utf-8, 3 rows, coordinates wgs84\n');
  expect(text).toContain('note: passed over 1 rows of totals, remarks or repeated names: 5\n');
  expect(text).toContain('       ✗ 站名 is empty. Fill it in, or write a default in the mapping.\n');
  expect(text).toContain('1 new, 0 changed, 0 the same, 0 gone; 2 rows wrong\n  new: A-1\n');
  expect(text).toMatch(
    /\nwrong:\n {2}row {2}column {2}value {2}why +what to do\n {2}3 {4}编号 {4}乙 {5}an id is made of/,
  );
});

test('passwords are starred out, whatever is around them', () => {
  expect(withoutPasswords('rtsp://admin:p@ss@10.0.0.1/1 http://u:b@h?pwd=x&a=1')).toBe(
    'rtsp://admin:***@h?pwd=***&a=1',
  );
  for (const password of ['p@ss#w%rd?x/1', 'a b,中文"', "it's"])
    expect(withoutPasswords(`rtsp://admin:${password}@10.1.2.3/1`)).toBe('rtsp://admin:***@10.1.2.3/1');
  expect(withoutPasswords('rtsp://10.0.0.1:554/1')).toBe('rtsp://10.0.0.1:554/1');
});

test('a Chinese character is two columns wide', () => {
  expect(['a', '闸', '（', 'µg/m³'].map(widthOf)).toEqual([1, 2, 2, 5]);
});
