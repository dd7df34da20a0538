import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineContract, joinContracts } from './define.ts';

const None = z.object({});
const method = { right: 'hall.see', params: None, result: None } as const;

const words = { zh: '便笺', en: 'notes' };
const notes = defineContract({
  name: 'notes',
  methods: { 'notes.write': method },
  queries: { 'notes.list': { right: 'hall.see', params: None, row: None, key: 'id' } },
  topics: { notes: { words, right: 'hall.see', item: None } },
});

test('contracts of features are one, each entry with its own schema', () => {
  const sketches = defineContract({
    name: 'sketches',
    methods: { 'sketches.draw': method },
    streams: { notes: { right: 'hall.see' } },
  });
  const joined = joinContracts([notes, sketches]);
  expect(Object.keys(joined.methods)).toEqual(['notes.write', 'sketches.draw']);
  expect(Object.keys(joined.queries)).toEqual(['notes.list']);
  expect(Object.keys(joined.topics)).toEqual(['notes']);
  expect(Object.keys(joined.streams)).toEqual(['notes']);
  const name: keyof typeof joined.methods = 'sketches.draw';
  expect(joined.methods[name]).toBe(method);
});

test('two features that ask for one name do not compile', () => {
  const same = defineContract({ name: 'other', topics: { notes: { words, right: 'hall.see', item: None } } });
  // @ts-expect-error two features ask for "topic notes"
  joinContracts([notes, same]);
  // A method and a query of one name would have one address.
  const query = defineContract({ name: 'third', methods: { 'notes.list': method } });
  // @ts-expect-error two features ask for "notes.list"
  joinContracts([notes, query]);
});
