import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { defineFeature, joinFeatures, type RegionDeclaration } from './feature.ts';
import { resolveSubject } from './subject.ts';

const region = (id: RegionDeclaration['id'], number: number): RegionDeclaration => ({
  id,
  number,
  title: `${id}:region`,
  icon: () => null,
  content: () => null,
});

const nothing = resolveSubject(null, {
  ...{ sensors: [], cameras: new Map(), alarm: () => null },
  ...{ incident: () => null, run: () => null, runFor: () => null },
});

const act = (id: string, order: number) => ({ id, order, label: id, icon: () => null, run: () => undefined });
const { useSubjectActions } = joinFeatures([
  defineFeature({ name: 'late', useSubjectActions: () => [act('third', 30), act('first', 10)] }),
  defineFeature({ name: 'early', useSubjectActions: () => [act('second', 20)] }),
]);
const Shown = () =>
  useSubjectActions(nothing)
    .map(({ id }) => id)
    .join(' ');
const Runs = () => null;

describe('features joined', () => {
  const alarms = defineFeature({ name: 'alarms', regions: [region('alarms', 2)] });
  const situation = defineFeature({ name: 'situation', regions: [region('situation', 1)] });
  const walls = defineFeature({ name: 'walls' });

  it('keep their order, and the regions’ own numbers', () => {
    const { regions, byNumber } = joinFeatures([alarms, walls, situation]);
    expect(regions.map(({ id }) => id)).toEqual(['alarms', 'situation']);
    expect(byNumber.map(({ id }) => id)).toEqual(['situation', 'alarms']);
  });

  it('find a region by its id, and say where to declare one that is nowhere', () => {
    const joined = joinFeatures([alarms, situation]);
    expect(joined.region('alarms').number).toBe(2);
    expect(() => joined.region('plan')).toThrow('no feature declares the region "plan"');
  });

  it.each([
    ['feature "walls"', [walls, walls]],
    ['region "alarms"', [alarms, defineFeature({ name: 'bells', regions: [region('alarms', 3)] })]],
    [
      'detail "run"',
      [
        defineFeature({ name: 'plans', details: { run: () => 'run' } }),
        defineFeature({ name: 'incidents', details: { run: () => 'incident' } }),
      ],
    ],
    [
      'slice "looking"',
      [
        defineFeature({ name: 'board', slice: { name: 'looking', initial: () => ({}) } }),
        defineFeature({ name: 'map', slice: { name: 'looking', initial: () => ({}) } }),
      ],
    ],
    ['region number "2"', [alarms, defineFeature({ name: 'video', regions: [region('video', 2)] })]],
  ])('are refused when two declare the %s', (what, features) => {
    expect(() => joinFeatures(features)).toThrow(`two features declare the ${what}`);
  });

  it('offer what they do with a thing by their order, whichever feature comes first', () => {
    expect(renderToStaticMarkup(createElement(Shown))).toBe('first second third');
  });

  it('put their sections at the foot of the detail of the kind they name', () => {
    const { sections } = joinFeatures([alarms, defineFeature({ name: 'plans', detailSections: { incident: Runs } })]);
    expect(sections('incident')).toEqual([{ name: 'plans', section: Runs }]);
    expect(sections('alarm')).toEqual([]);
  });

  const lamps = {
    id: 'lamps',
    order: 1,
    sources: ['lamps'],
    switches: [{ id: 'lamps', order: 1, label: 'l', shown: true }],
  };
  it.each([
    ['id "lamps"', { id: 'lamps', order: 2 }],
    ['order "1"', { id: 'wells', order: 1 }],
    ['source "lamps"', { id: 'wells', order: 2, sources: ['lamps'] }],
    ['switch "lamps"', { id: 'wells', order: 2, switches: lamps.switches }],
  ])('are refused when two declare a map layer with the %s', (what, other) => {
    const features = [
      { name: 'lamps', mapLayers: [lamps] },
      { name: 'wells', mapLayers: [other] },
    ];
    expect(() => joinFeatures(features.map(defineFeature))).toThrow(`two map layers declare the ${what}`);
  });
});
