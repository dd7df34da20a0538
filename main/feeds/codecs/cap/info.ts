import { MOST_WORDS, type Said } from '../../../../core/warnings/message.ts';
import type { Level, Text } from '../../../../core/words.ts';
import type { Issue } from '../../../config/issue.ts';
import { type Convert, codesOf, outlinesOf } from './area.ts';
import { headlineOf, knownEvent, levelOf } from './events.ts';
import { CapFault, noInfo, tooMuch } from './faults.ts';
import { cleaned, languageOf } from './words.ts';
import { type Element, each, textOf } from './xml.ts';

const MOST_AREAS = 200;
const MOST_NAME = 250;
/** Of a headline, an event's name, the names of areas. */
const MOST_TITLE = 1000;

export interface Block {
  readonly element: Element;
  readonly path: string;
}

export interface InfoOptions {
  readonly sender: string;
  readonly sent: number;
  readonly does: Said['does'];
  readonly convert: Convert;
  readonly holds: number;
  /** Who the message itself says it is from. */
  readonly from: string;
  /** Whether `senderName` is an authority's; in the Chinese form it is a person's, and nobody's business. */
  readonly named: boolean;
  time(path: string, text: string): number;
  faulty(issue: Issue): void;
}

type Told = Omit<Said, 'sender' | 'identifier' | 'sent' | 'does'>;

/** A block with what is asked of it again and again. */
interface Info extends Block {
  readonly language: keyof Text | null;
  readonly level: Level;
  of(name: string, most: number): string;
}

/**
 * What the info blocks say together: the worst level of them, the longest time, every place, the words of the worst block of each language. One
 * language of several is that of the outlines, which stand in each of them again.
 *
 * @throws CapFault where a warning has none
 */
export function saidIn(blocks: readonly Block[], options: InfoOptions): Told {
  const infos = blocks.map(infoOf).sort((a, b) => a.level - b.level);
  const worst = infos[0];
  if (worst === undefined && options.does !== 'cancel') throw new CapFault(noInfo());
  const words = { zh: wordsIn('zh', infos), en: wordsIn('en', infos) };
  const text = (name: string, most: number): Text => ({
    zh: words.zh?.of(name, most) ?? '',
    en: words.en?.of(name, most) ?? '',
  });
  const level = worst?.level ?? 4;
  const code = infos.map(codeOf).find((each) => each !== '') ?? '';
  const event = eventOf(text('event', MOST_NAME), code, worst?.of('event', MOST_NAME) ?? '');
  const headline = text('headline', MOST_TITLE);
  const composed = headlineOf(event, level);
  const from = options.named ? text('senderName', MOST_NAME) : { zh: '', en: '' };
  const times = (name: string): number[] =>
    infos.flatMap(({ element, path }) => {
      const said = textOf(element, name);
      return said === '' ? [] : [options.time(`${path}.${name}`, said)];
    });
  const expires = times('expires');
  const begins = [times('onset'), times('effective')].find((each) => each.length > 0) ?? [];
  return {
    ...{ event, code, level },
    severity: worst?.of('severity', MOST_NAME) ?? '',
    urgency: worst?.of('urgency', MOST_NAME) ?? '',
    certainty: worst?.of('certainty', MOST_NAME) ?? '',
    from: { zh: from.zh || from.en || options.from, en: from.en || from.zh || options.from },
    title: { zh: headline.zh || composed.zh, en: headline.en || composed.en },
    text: text('description', MOST_WORDS),
    instruction: text('instruction', MOST_WORDS),
    onset: begins.length === 0 ? null : Math.min(...begins),
    until: expires.length === 0 ? options.sent + options.holds : Math.max(...expires),
    assumed: expires.length === 0,
    area: areaOf(infos, options),
  };
}

function infoOf({ element, path }: Block): Info {
  const of = (name: string, most: number) => cleaned(textOf(element, name), most);
  const headline = of('headline', MOST_TITLE);
  return {
    ...{ element, path, of },
    language: languageOf(textOf(element, 'language'), `${headline}${of('event', MOST_NAME)}`),
    level: levelOf(textOf(element, 'severity'), headline),
  };
}

/** The worst block of a language; where no block is in either, the worst of all stands for both. */
function wordsIn(language: keyof Text, infos: readonly Info[]): Info | undefined {
  const found = infos.find((info) => info.language === language);
  return found ?? (infos.every((info) => info.language === null) ? infos[0] : undefined);
}

/** The code of what is warned of: `eventType` of the Chinese form, the event code that is one of the national list, else the first. */
function codeOf({ element }: Info): string {
  const codes = [
    textOf(element, 'eventType'),
    ...each(element, 'eventCode').map((code) => textOf(code, 'value') || code.text),
  ].filter((code) => code !== '' && code.length <= MOST_NAME);
  return codes.find((code) => /^\d\d[A-Z]\d\d$/.test(code)) ?? codes[0] ?? '';
}

/** In both languages: as the message has it, as the list of codes has it, else as it stands in whichever language there is. */
function eventOf(said: Text, code: string, any: string): Text {
  const known = knownEvent(code, said.zh || any);
  const some = any || code;
  return { zh: said.zh || known?.zh || some, en: said.en || known?.en || some };
}

function areaOf(infos: readonly Info[], { convert, faulty }: InfoOptions): Told['area'] {
  const areas = infos.flatMap(({ element, path, language }) =>
    each(element, 'area').map((area, i) => ({ element: area, path: `${path}.area.${i}`, language })),
  );
  if (areas.length > MOST_AREAS)
    throw new CapFault(tooMuch('alert.info.area', { zh: 'area 数', en: 'areas' }, MOST_AREAS));
  const named = (language: keyof Text, between: string): string => {
    const names = areas
      .filter((area) => area.language === language || area.language === null)
      .flatMap(({ element }) => cleaned(textOf(element, 'areaDesc'), MOST_TITLE).split(/[,，、]\s*/));
    return cleaned([...new Set(names.filter((name) => name !== ''))].join(between), MOST_TITLE);
  };
  const [zh, en] = [named('zh', '、'), named('en', ', ')];
  const drawn = areas.filter(({ element }) => each(element, 'polygon').length + each(element, 'circle').length > 0);
  const language = drawn[0]?.language;
  return {
    name: { zh: zh || en, en: en || zh },
    ...outlinesOf(
      drawn.filter((area) => area.language === language),
      convert,
      faulty,
    ),
    codes: codesOf(areas.map(({ element }) => element)),
  };
}
