import { own } from '../../../../core/own.ts';
import type { Level, Text } from '../../../../core/words.ts';

/** Events of the weather offices, by the code that the national platform gives them. */
const EVENTS: Readonly<Record<string, Text>> = {
  '11B01': { zh: '台风', en: 'Typhoon' },
  '11B03': { zh: '暴雨', en: 'Rainstorm' },
  '11B04': { zh: '暴雪', en: 'Snowstorm' },
  '11B05': { zh: '寒潮', en: 'Cold wave' },
  '11B06': { zh: '大风', en: 'Gale' },
  '11B07': { zh: '沙尘暴', en: 'Sandstorm' },
  '11B09': { zh: '高温', en: 'Heat' },
  '11B14': { zh: '雷电', en: 'Lightning' },
  '11B15': { zh: '冰雹', en: 'Hail' },
  '11B16': { zh: '霜冻', en: 'Frost' },
  '11B17': { zh: '大雾', en: 'Fog' },
  '11B19': { zh: '霾', en: 'Haze' },
  '11B20': { zh: '雷雨大风', en: 'Thunderstorm gale' },
  '11B21': { zh: '道路结冰', en: 'Road icing' },
  '11B22': { zh: '干旱', en: 'Drought' },
};

/** What a code or a Chinese name stands for; null for one that is not known here. */
export function knownEvent(code: string, zh: string): Text | null {
  return own(EVENTS, code) ?? Object.values(EVENTS).find((event) => event.zh === zh) ?? null;
}

const LEVELS: Readonly<Record<string, Level>> = {
  ...{ extreme: 1, severe: 2, moderate: 3, minor: 4 },
  ...{ red: 1, orange: 2, yellow: 3, blue: 4 },
};

const COLOURS: readonly Text[] = [
  { zh: '红色', en: 'red' },
  { zh: '橙色', en: 'orange' },
  { zh: '黄色', en: 'yellow' },
  { zh: '蓝色', en: 'blue' },
];

/**
 * CAP's severity, or the colour that Chinese platforms write in its place; where it says neither the colour of the headline. What nobody rates is
 * taken for III: it is not hidden among the mildest.
 */
export function levelOf(severity: string, headline: string): Level {
  const said = own(LEVELS, severity.toLowerCase());
  if (said !== undefined) return said;
  const coloured = COLOURS.findIndex(({ zh }) => headline.includes(zh));
  return coloured < 0 ? 3 : ((coloured + 1) as Level);
}

/** A headline for a language in which the message has none. */
export function headlineOf(event: Text, level: Level): Text {
  const colour = COLOURS[level - 1] as Text;
  return { zh: `${event.zh}${colour.zh}预警`, en: `${event.en} warning, ${colour.en}` };
}

/**
 * Whether a headline says that a warning is over, though the message is no cancel: 解除 in its only clause. One that issues another at the same
 * time, and one that cannot be told, is none: a warning that is shown too long costs less than one that is not.
 */
export function saysItIsOver(headline: string): boolean {
  return (
    /^[^，,；;。]*解除[^，,；;。]*预警(信号)?([[（(【].*)?$/.test(headline) &&
    !/发布.*预警.*解除|解除.*发布/.test(headline)
  );
}
