import type { Text } from '../../../core/words.ts';

/** What a conversion left out of the map, with why and what that means. */
const WHY = {
  'cut ways': {
    zh: '引用了文件中没有的节点，在该处断开：提取范围的边缘常有这种情况',
    en: 'They name nodes that the file lacks and were cut there, as at the edge of an extract.',
  },
  'broken areas': {
    zh: '多边形关系的边界不闭合，未绘制：部分成员不在文件中或数据有误',
    en: 'The rings of the multipolygon do not close, so it was not drawn: members are not in the file, or are wrong.',
  },
  'broken coastline': {
    zh: '海岸线无法合理闭合，整个范围按陆地绘制。请换用包含完整海岸线的提取文件',
    en: 'The coastline cannot be closed plausibly, so all is drawn as land. Use an extract with its whole coastline.',
  },
  'pieces of coastline': {
    zh: '海岸线片段两端无法合理延伸到地图边缘，未采用',
    en: 'They end in the middle of the map and were left out of the shore.',
  },
  'cut areas': {
    zh: '超出提取范围的部分缺失，已沿地图边缘闭合后绘制',
    en: 'The file lacks what lies beyond its edge; they were closed along it and drawn.',
  },
  'roads apart': {
    zh: '与主路网不相连，不参与路径计算，但仍绘制在地图上',
    en: 'They are not joined to the main network: they are drawn, but no way is found over them.',
  },
  addresses: {
    zh: '门牌地址超过可搜索的数量上限，其余不可按地址搜索',
    en: 'There are more addresses than can be searched; the rest cannot be found.',
  },
  'named places': {
    zh: '命名地点超过可搜索的数量上限，次要的不可搜索',
    en: 'There are more named places than can be searched; the minor ones cannot be found.',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type SkippedThing = keyof typeof WHY;

export interface Skipped {
  readonly what: SkippedThing;
  readonly why: Text;
  readonly count: number;
}

/** Counts what is left out. */
export class SkipCount {
  readonly #counts = new Map<SkippedThing, number>();

  add(what: SkippedThing, count = 1): void {
    if (count > 0) this.#counts.set(what, (this.#counts.get(what) ?? 0) + count);
  }

  list(): Skipped[] {
    return [...this.#counts].map(([what, count]) => ({ what, why: WHY[what], count }));
  }
}
