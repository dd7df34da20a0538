import { cellText } from './cellText.ts';

/** Words that people write for a value of the hall; those of several meanings are told apart by longer ones. */
export type WordTable = Readonly<Record<string, readonly string[]>>;

/** What kinds of sensors are called. */
export const SENSOR_WORDS: WordTable = {
  rain: ['雨量', '降雨', '降水', '雨情', '雨强', 'rain'],
  'water-level': ['水位', '液位', '积水', '水情', '水深', '潮位', 'water-level', 'water level', 'waterlevel'],
  gas: ['燃气', '可燃气体', '甲烷', '天然气', '煤气', '液化气', 'gas'],
  wind: ['风速', '风向', '风力', '测风', 'wind'],
  air: ['空气', '大气', 'PM2.5', 'PM10', 'AQI', 'air'],
};

/** What a sensor's readings are in, where no column says so. */
export const SENSOR_UNITS: Readonly<Record<string, string>> = {
  rain: 'mm/h',
  'water-level': 'm',
  gas: '%LEL',
  wind: 'm/s',
  air: 'µg/m³',
};

export const UNIT_WORDS: WordTable = {
  ambulance: ['救护车', '急救车', '监护车', 'ambulance'],
  motorbike: ['摩托', '摩托车', '铁骑', 'motorbike', 'motorcycle'],
  boat: ['船', '艇', '舟', '冲锋舟', 'boat'],
  truck: [
    ...['货车', '卡车', '消防车', '水罐车', '泵车', '排水车', '抢险车', '工程车', '洒水车', '云梯车', '清障车', '吊车'],
    ...['大型车', '挖掘机', '铲车', 'truck'],
  ],
  car: ['车', '轿车', '警车', '巡逻车', '巡查车', '指挥车', '面包车', '越野车', '执法车', 'car'],
  'foot-team': ['队', '小队', '班组', '徒步', '人员', '网格员', 'foot-team', 'team'],
};

export const FACILITY_WORDS: WordTable = {
  hospital: ['医院', '卫生院', '急救站', '急救中心', '诊所', '卫生服务中心', 'hospital'],
  'fire-station': ['消防站', '消防队', '消防救援站', '消防中队', '微型消防站', 'fire-station', 'fire station'],
  'police-station': ['派出所', '公安局', '公安分局', '警务站', '警务室', 'police-station', 'police station'],
  shelter: ['避难', '避难场所', '避险', '安置点', '安置场所', '庇护', 'shelter'],
  'pump-station': ['泵站', '泵房', '排涝站', '排水站', '提升站', 'pump-station', 'pump station'],
  school: ['学校', '小学', '中学', '大学', '学院', '幼儿园', '高中', '初中', 'school'],
  'rail-station': [
    '火车站',
    '高铁站',
    '地铁站',
    '轨道站',
    '轨道交通站',
    '客运站',
    '铁路',
    'rail-station',
    'rail station',
  ],
  government: ['政府', '街道办', '居委会', '村委会', '行政中心', '市民中心', 'government'],
};

/** Whose duty is whose: the departments of the drill city, which plans speak of too. */
export const DEPARTMENT_WORDS: WordTable = {
  police: ['公安', 'police'],
  traffic: ['交警', '交管', '交通警察', '公安局交通警察', '公安局交警', '公安交警', '公安交管', 'traffic'],
  fire: ['消防', '消防救援', 'fire'],
  medical: ['急救', '急救中心', '医疗急救', 'medical'],
  health: ['卫健', '卫生健康', '卫生局', '卫计', 'health'],
  water: ['水务', '水利', '防汛', '排水', '水文', 'water'],
  urban: ['城管', '城市管理', '综合执法', '综合行政执法', '行政执法', '市容', 'urban'],
  environment: ['生态环境', '环保', '环境保护', '环境监测', 'environment'],
  emergency: ['应急', '应急管理', '安监', 'emergency'],
  transport: ['交通局', '交通运输', '交通委', '公路', 'transport'],
  power: ['供电', '电力', '电网', 'power'],
  gas: ['燃气', 'gas'],
  community: ['街道', '社区', '街道办', 'community'],
  hotline: ['热线', '12345', 'hotline'],
};

/** Which of a camera's pictures. */
export const STREAM_WORDS: WordTable = { main: ['主码流', 'main'], sub: ['子码流', '辅码流', 'sub'] };

/** Where a camera looks. */
export const BEARING_WORDS: WordTable = {
  0: ['北', '正北', 'N'],
  45: ['东北', 'NE'],
  90: ['东', '正东', 'E'],
  135: ['东南', 'SE'],
  180: ['南', '正南', 'S'],
  225: ['西南', 'SW'],
  270: ['西', '正西', 'W'],
  315: ['西北', 'NW'],
};

/** The value that a text names as a whole, with or without `朝…`, `…向`. */
export function namedExactly(text: string, table: WordTable): string | null {
  const plain = cellText(text).toLowerCase();
  const bare = plain.replace(/^[朝向由]+|[朝向面侧方]+$/g, '');
  for (const [value, words] of Object.entries(table))
    if (words.some((word) => word.toLowerCase() === plain || word.toLowerCase() === bare)) return value;
  return null;
}

/**
 * The values whose words stand in a text, those left out that stand within longer ones: `消防车` is no `车`. One is an answer, several are a
 * question.
 */
export function namedWithin(text: string, table: WordTable): string[] {
  const plain = cellText(text).toLowerCase();
  const exact = namedExactly(plain, table);
  if (exact !== null) return [exact];
  const found = Object.entries(table).flatMap(([value, words]) =>
    words.filter((word) => standsIn(plain, word.toLowerCase())).map((word) => ({ value, word: word.toLowerCase() })),
  );
  const longest = found.filter(({ word }) => !found.some((other) => other.word !== word && other.word.includes(word)));
  return [...new Set(longest.map(({ value }) => value))];
}

/** A word of Latin letters stands alone: `air` is not in `repair`. */
function standsIn(text: string, word: string): boolean {
  if (!/^[a-z]/.test(word)) return text.includes(word);
  return text.split(/[^a-z0-9.-]+/).includes(word) || (word.includes(' ') && text.includes(word));
}
