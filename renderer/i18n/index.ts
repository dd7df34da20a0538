import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Lang } from '../ui/format.ts';
import { useWords, type Words } from './WordsProvider.tsx';

export { useWords, WordsProvider } from './WordsProvider.tsx';

type Tree = { [key: string]: string | Tree };

const shared = import.meta.glob<Tree>('./locales/*/*.json', { eager: true, import: 'default' });
const ofFeatures = import.meta.glob<Tree>('../features/*/words/*.json', { eager: true, import: 'default' });

/**
 * Every language's sentences, by namespace: `locales/<language>/<namespace>.json` for what all share, and a feature's own, by its
 * name: `features/<namespace>/words/<language>.json`.
 */
export function loadLocales(): Record<string, Record<string, Tree>> {
  const locales: Record<string, Record<string, Tree>> = {};
  const add = (language: string, namespace: string, tree: Tree) => {
    if (locales[language]?.[namespace]) throw new Error(`two files of words are named "${namespace}": rename one`);
    locales[language] = { ...locales[language], [namespace]: tree };
  };
  for (const [path, tree] of Object.entries(shared)) {
    const [language = '', file = ''] = path.split('/').slice(-2);
    add(language, file.replace(/\.json$/, ''), tree);
  }
  for (const [path, tree] of Object.entries(ofFeatures)) {
    const [feature = '', , file = ''] = path.split('/').slice(-3);
    add(file.replace(/\.json$/, ''), feature, tree);
  }
  return locales;
}

/** A window's own i18next. zh-CN is the language to fall back to. */
export function createI18n(lang: Lang): i18n {
  const resources = loadLocales();
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'zh-CN',
    resources,
    ns: Object.keys(resources['zh-CN'] ?? {}),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}

/** The language of the window, and the side of a two-language text that is for it. */
export const useLang: () => Pick<Words, 'lang' | 'text'> = useWords;
