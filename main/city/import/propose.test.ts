import { afterEach, describe, expect, test } from 'vitest';
import { plansIn, refusalOf, thingsOf, wrongOf } from '../../../tests/fakes/sampleImport.ts';
import { createScratch } from '../../../tests/support/scratch.ts';
import { reportedOf, reportText } from './report.ts';
import { gbk, xlsx } from './sampleFiles.ts';

const scratch = createScratch();
afterEach(() => scratch.clear());

const plan = plansIn(scratch);

describe('without a mapping', () => {
  test('sensors of several kinds, in GBK, with coordinates in degrees and minutes', async () => {
    const planned = await plan(
      'sensors',
      gbk(
        '监测站编码,站名,类型,安装位置,经度,纬度\n0012,东湖闸,水位站,东门,121°30′00″,31.2\n0013,西闸雨量,雨量,,121.6E,31.3N\n0014,两用站,雨量水位站,,121.6,31.3\n',
      ),
      { crs: 'wgs84' },
    );
    expect(planned).toMatchObject({ crs: 'wgs84', guessed: true, source: { encoding: 'gb18030', rows: 3 } });
    expect(thingsOf(planned)).toEqual([
      {
        ...{
          id: '0012',
          kind: 'water-level',
          unit: 'm',
          name: { zh: '东湖闸', en: '东湖闸' },
          place: { zh: '东门', en: '东门' },
        },
        ...{ lon: 121.5, lat: 31.2 },
      },
      { id: '0013', kind: 'rain', unit: 'mm/h', name: { zh: '西闸雨量', en: '西闸雨量' }, lon: 121.6, lat: 31.3 },
    ]);
    expect(wrongOf(planned)).toEqual(['4 类型: reads as rain and as water-level']);
  });

  test('units by their plates, with the department by its full name, its short one, or a part of it', async () => {
    const planned = await plan(
      'units',
      '车牌号,单位,车辆类型,主要装备\n沪A12345,澜港市水务局,抢险车,水泵、发电机\n沪A12346警,公安局交警支队,巡逻摩托车,\n沪A12347,卫健委,救护车,\n沪A12348,天文台,轿车,\n',
      { name: '车辆.csv' },
    );
    expect(planned.crs).toBeNull();
    expect(thingsOf(planned)).toEqual([
      { id: 'huA12345', callSign: '沪A12345', department: 'water', kind: 'truck', capability: ['水泵', '发电机'] },
      { id: 'huA12346jing', callSign: '沪A12346警', department: 'traffic', kind: 'motorbike' },
      { id: 'huA12347', callSign: '沪A12347', department: 'health', kind: 'ambulance' },
    ]);
    expect(wrongOf(planned)).toEqual(['5 单位: is no department that is known']);
    expect(planned.wrong[0]?.remedy.en).toMatch(/: water, health, police, traffic\.$/);
  });

  test('facilities in a Gauss–Krüger zone, whose X is north as surveyors have it', async () => {
    const planned = await plan(
      'facilities',
      xlsx([
        {
          name: '医院',
          rows: [
            ['编号', '名称', '主管部门', '床位数', '坐标', null],
            [null, null, null, null, 'X', 'Y'],
            ['H-1', '一院', '市卫健局', '1,200 张', 3_320_113.398, 500_000],
          ],
          merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:F1'],
        },
      ]),
      { name: '医院.xlsx', crs: 'EPSG:4549' },
    );
    expect(planned.mapping).toMatchObject({ lon: '坐标/Y', lat: '坐标/X', fields: { kind: { value: 'hospital' } } });
    expect(thingsOf(planned)).toEqual([
      {
        id: 'H-1',
        kind: 'hospital',
        name: { zh: '一院', en: '一院' },
        department: 'health',
        capacity: 1200,
        lon: 120,
        lat: 30,
      },
    ]);
  });

  test('cameras with their directions in words, and both coordinates in one cell', async () => {
    const planned = await plan(
      'cameras',
      '设备国标编码,监控点名称,朝向,安装高度,坐标,地址\n31010000001320000001,东门,朝东南,6.5米,"121.5,31.2",rtsp://admin:s3cret@10.0.0.1/1\n31010000001320000002,西门,370,,"121.5",10.0.0.2\n',
      { crs: 'wgs84' },
    );
    expect(planned.mapping).toMatchObject({ lonlat: '坐标' });
    expect(thingsOf(planned)).toEqual([
      {
        ...{ id: '31010000001320000001', name: { zh: '东门', en: '东门' }, bearing: 135, height: 6.5 },
        ...{ source: 'rtsp://admin:s3cret@10.0.0.1/1', lon: 121.5, lat: 31.2 },
      },
    ]);
    expect(wrongOf(planned)).toEqual(['3 坐标: is no pair of coordinates']);
    for (const lang of ['zh', 'en'] as const)
      expect(reportText(reportedOf(planned, lang), lang)).not.toContain('s3cret');
  });

  test('departments and places', async () => {
    const departments = await plan(
      'departments',
      '部门编码,部门名称,英文名称,简称,值班电话\nwater,水务局,Water,水务,021-96390\nfire,消防,,,\n',
    );
    expect(thingsOf(departments)).toEqual([
      { id: 'fire', name: { zh: '消防', en: '消防' } },
      { id: 'water', name: { zh: '水务局', en: 'Water' }, short: { zh: '水务', en: '水务' }, phone: '021-96390' },
    ]);
    const places = await plan(
      'places',
      JSON.stringify({
        crs: { properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } },
        features: [
          { properties: { name: '人民广场', type: '广场' }, geometry: { type: 'Point', coordinates: [121.47, 31.23] } },
          { properties: { name: '无处' }, geometry: null },
        ],
      }),
      { name: 'p.geojson' },
    );
    expect(thingsOf(places)).toEqual([
      { id: 'renminguangchang', name: { zh: '人民广场', en: '人民广场' }, lon: 121.47, lat: 31.23 },
    ]);
    expect(wrongOf(places)).toEqual(['2 : has no coordinates']);
  });

  test('what no column is found for is named, with a mapping to begin with', async () => {
    const error = await refusalOf(plan('facilities', '甲,名称,经度,纬度\n1,东,121.5,31.2\n', { crs: 'wgs84' }));
    expect(error.message).toMatch(/^no column was recognised for: kind, department\. .*甲, 名称, 经度, 纬度\.$/);
    expect(error.proposal).toBe(
      'kind: facilities\nid: { from: [ 名称 ], spell: pinyin }\nfields:\n  name: 名称\n  lon: 经度\n  lat: 纬度\n' +
        '  # kind: { value: hospital | fire-station | police-station | shelter | pump-station | school | rail-station | government }\n  # department: …\n',
    );
    expect((await refusalOf(plan('places', '编号,名称\nA,东\n'))).message).toMatch(/recognised for: lon, lat/);
  });

  test('an address in a street is no camera’s', async () => {
    const error = await refusalOf(
      plan('cameras', '编号,名称,经度,纬度,地址\nA,东门,121.5,31.2,东门大道 1 号\n', { crs: 'wgs84' }),
    );
    expect(error.message).toMatch(/^no column was recognised for: source\./);
  });

  test('kinds of the hall’s own are known by their names, and have no unit that is known', async () => {
    const planned = await plan(
      'sensors',
      '编号,名称,类型,经度,纬度\nA,东,电子井盖,121.5,31.2\nB,西,雨量计,121.5,31.2\n',
      {
        crs: 'wgs84',
        kinds: [{ of: 'sensor', kind: 'manhole', name: { zh: '井盖', en: 'Manhole cover' }, look: null }],
      },
    );
    expect(planned.mapping.fields.unit).toEqual({ column: '类型', table: { 雨量计: 'mm/h' }, default: '' });
    expect(thingsOf(planned).map(({ id, kind, unit }) => [id, kind, unit])).toEqual([
      ['A', 'manhole', undefined],
      ['B', 'rain', 'mm/h'],
    ]);
  });
});
