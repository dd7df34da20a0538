import { expect, test } from 'vitest';
import { SAMPLE_DEPARTMENTS } from '../../../tests/fakes/sampleImport.ts';
import { departmentNamed } from './departmentNamed.ts';

const GARDENS = { id: 'gardens', zh: '澜港市园林局', en: 'Gardens', shortZh: '绿化', shortEn: 'Green', phone: '' };

test.each<[string, string | null]>([
  ['gardens', 'gardens'],
  ['澜港市园林局', 'gardens'],
  ['绿化', 'gardens'],
  ['园林局', 'gardens'],
  ['Green', 'gardens'],
  ['区水利局排水处', 'water'],
  ['公安局交警大队', 'traffic'],
  ['市公安局', 'police'],
  ['消防支队', null], // this hall has none
  ['水务与公安', null], // two
  ['市', null],
  ['天文台', null],
])('%s is %s', (text, id) => {
  expect(departmentNamed(text, [...SAMPLE_DEPARTMENTS, GARDENS])).toBe(id);
});

test('a hall that knows of none takes ids, and the words of the product’s', () => {
  expect(['my-dept', '消防支队', '天文台'].map((text) => departmentNamed(text, []))).toEqual(['my-dept', 'fire', null]);
});
