import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../contract/errors.ts';
import { FACILITY_KINDS, SENSOR_KINDS, UNIT_KINDS } from '../../core/places/city.ts';
import { loadLocales } from './index.ts';

type Tree = { [key: string]: string | Tree };

const sources = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.ts', '!../**/*.test.tsx'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

function flatten(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : flatten(value, `${prefix}${key}.`),
  );
}

function keysOf(language: string): Set<string> {
  const namespaces = loadLocales()[language] ?? {};
  return new Set(Object.entries(namespaces).flatMap(([ns, tree]) => flatten(tree).map((key) => `${ns}:${key}`)));
}

const zh = keysOf('zh-CN');
const en = keysOf('en');
const plural = /_(?:zero|one|two|few|many|other)$/;
const stem = (keys: Set<string>) => new Set([...keys].map((key) => key.replace(plural, '')));

describe('what is said of a failure', () => {
  const said = (language: string) => {
    const error = loadLocales()[language]?.common?.error;
    return typeof error === 'object' ? error : {};
  };

  it.each(ErrorCode.options)('%s has a whole sentence in both languages, without a code', (code) => {
    const { [code]: chinese } = said('zh-CN');
    const { [code]: english } = said('en');
    expect(chinese).toMatch(/^[^A-Za-z]+。$/);
    expect(english).toMatch(/^[A-Z][^_]+\.$/);
  });
});

describe('languages', () => {
  it('have the same keys', () => {
    const zhStems = stem(zh);
    const enStems = stem(en);
    expect([...zhStems].filter((key) => !enStems.has(key))).toEqual([]);
    expect([...enStems].filter((key) => !zhStems.has(key))).toEqual([]);
    expect(zhStems.size).toBeGreaterThan(100);
  });

  it('have every key that the code asks for', () => {
    const namespaces = new Set([...zh].map((key) => key.split(':')[0]));
    const stems = stem(zh);
    const missing: string[] = [];
    for (const [file, source] of Object.entries(sources)) {
      for (const [, ns = '', key = ''] of source.matchAll(/['"`]([a-z]+):([a-zA-Z][\w.-]*)['"`]/g)) {
        if (namespaces.has(ns) && !stems.has(`${ns}:${key}`)) missing.push(`${file}: ${ns}:${key}`);
      }
      for (const [, ns = '', prefix = ''] of source.matchAll(/`([a-z]+):([a-zA-Z][\w.-]*)\$\{/g)) {
        if (namespaces.has(ns) && ![...stems].some((key) => key.startsWith(`${ns}:${prefix}`))) {
          missing.push(`${file}: ${ns}:${prefix}…`);
        }
      }
    }
    expect(missing).toEqual([]);
  });

  it('name every kind of thing that a city has', () => {
    const kinds = [
      ...SENSOR_KINDS.map((kind) => `detail:sensor.${kind}`),
      ...UNIT_KINDS.map((kind) => `units:kind.${kind}`),
      ...FACILITY_KINDS.map((kind) => `situation:facility.${kind}`),
    ];
    for (const names of [zh, en]) expect(kinds.filter((kind) => !names.has(kind))).toEqual([]);
  });

  it('say the same placeholders', () => {
    const locales = loadLocales();
    const sentence = (language: string, full: string): string => {
      const [ns = '', path = ''] = full.split(':');
      let node: string | Tree | undefined = locales[language]?.[ns];
      for (const part of path.split('.')) node = typeof node === 'object' ? node[part] : undefined;
      return typeof node === 'string' ? node : '';
    };
    const holes = (s: string) =>
      [...s.matchAll(/\{\{(\w+)\}\}/g)]
        .map((m) => m[1])
        .sort()
        .join();
    const different = [...zh].filter(
      (key) => en.has(key) && holes(sentence('zh-CN', key)) !== holes(sentence('en', key)),
    );
    expect(different).toEqual([]);
  });
});
