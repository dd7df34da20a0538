import type { TFunction } from 'i18next';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Text } from '../../contract/schema/basics.ts';
import type { Lang } from '../ui/format.ts';

/** The words of a window's language. */
export interface Words {
  readonly lang: Lang;
  readonly t: TFunction;
  /** The side of a two-language text that is for the language. */
  text(both: Text): string;
}

const WordsContext = createContext<Words | null>(null);

/**
 * Looks words up once for all that is below: a list that makes rows for each turn of the wheel asked i18next some hundred times a frame for the
 * same few, each with a subscription of its own.
 */
export function WordsProvider({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const lang: Lang = i18n.language === 'en' ? 'en' : 'zh-CN';
  const words = useMemo(() => wordsOf(t, lang), [t, lang]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The window's words. @throws Error outside a WordsProvider */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useWords needs a <WordsProvider> above it');
  return words;
}

function wordsOf(t: TFunction, lang: Lang): Words {
  const known = new Map<string, string>();
  /** Those with nothing to put in are always the same. */
  const word = (key: string, ...more: unknown[]): string => {
    if (more.length > 0) return (t as unknown as (...asked: unknown[]) => string)(key, ...more);
    const found = known.get(key);
    if (found !== undefined) return found;
    const said = t(key);
    known.set(key, said);
    return said;
  };
  return {
    lang,
    t: word as unknown as TFunction,
    text: (both) => (lang === 'en' ? both.en : both.zh) || both.zh || both.en,
  };
}
