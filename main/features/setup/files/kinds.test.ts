import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { halfSaid } from '../../../../tests/support/bothLanguages.ts';
import { checkYaml } from '../../../config/readYaml.ts';
import { PROTOCOL_WORDS } from './feedWords.ts';
import { EDITED } from './kinds.ts';

const forms = EDITED.feeds.forms('');

/** What somebody would type into a field. */
const TYPED: Readonly<Record<string, unknown>> = {
  id: 'a-feed',
  token: 'a-token-of-a-test-system',
  listen: '127.0.0.1:9212',
  name: { zh: '甲', en: 'A' },
};
const ADDRESS: Readonly<Record<string, string>> = {
  mqtt: 'mqtts://h:8883',
  'http-poll': 'https://h/x',
  open311: 'https://h/open311/v2',
  'ws-json': 'ws://h/',
};

describe('forms of feeds', () => {
  test('there is one for every protocol, in both languages', () => {
    expect(forms.map(({ id }) => id).sort()).toEqual(Object.keys(PROTOCOL_WORDS).sort());
    for (const { name, what, fields } of forms) {
      for (const { label, hint } of fields)
        for (const said of [label, hint ?? label]) expect(halfSaid(said)).toBeNull();
      expect(halfSaid(what)).toBeNull();
      expect(name.zh).not.toBe(name.en);
    }
  });

  test.each(forms.map((form) => [form.id, form] as const))(
    '%s: what a form asks for makes its beginning whole',
    (id, form) => {
      for (const lang of ['zh', 'en'] as const) {
        const doc = parseDocument(form.beginning[lang]);
        for (const { member, is, needed } of form.fields) {
          const value = member === 'url' ? ADDRESS[id] : TYPED[member];
          if (needed && is !== 'yaml' && value !== undefined) doc.set(member, value);
        }
        expect(checkYaml(String(doc), EDITED.feeds.schema)).toMatchObject({ ok: true });
      }
    },
  );

  test('fields are what the schema has: numbers with their bounds, choices, secrets, what holds when left out', () => {
    const of = (id: string, member: string) =>
      forms.find((form) => form.id === id)?.fields.find((field) => field.member === member);
    expect(of('mqtt', 'password')).toMatchObject({ is: 'secret', needed: false });
    expect(of('mqtt', 'qos')).toMatchObject({ is: 'choice', choices: [0, 1, 2], fallback: '1' });
    expect(of('mqtt', 'ca')).toMatchObject({ is: 'lines' });
    expect(of('mqtt', 'messages')).toMatchObject({ is: 'yaml' });
    expect(of('hj212', 'name')).toMatchObject({ is: 'names', needed: true });
    expect(of('hj212', 'listen')).toMatchObject({
      is: 'text',
      needed: false,
      hint: { en: expect.stringMatching(/^Address and port/) },
    });
    expect(of('hj212', 'maxConnections')).toMatchObject({
      is: 'number',
      whole: true,
      least: 1,
      most: 20_000,
      fallback: '1000',
    });
    expect(of('jt808', 'crs')).toMatchObject({ is: 'choice', needed: true, choices: ['wgs84', 'gcj02', 'bd09'] });
    expect(of('hj212', 'protocol')).toBeUndefined();
  });
});

test('a file of rules is begun anew, or as the product has its own; each beginning is right as it is', () => {
  const rules = EDITED.rules.forms(join(import.meta.dirname, '../../../../resources'));
  expect(rules.map(({ id }) => id)).toEqual(['blank', 'waterlogging', 'gas-leak', 'typhoon-wind']);
  for (const { name, what, beginning } of rules) {
    for (const said of [name, what]) expect(halfSaid(said)).toBeNull();
    for (const text of [beginning.zh, beginning.en])
      expect(checkYaml(text, EDITED.rules.schema)).toMatchObject({ ok: true });
  }
});
