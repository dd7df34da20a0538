import { describe, expect, it } from 'vitest';
import { readRoute, regionAddress } from './route.ts';

describe('readRoute', () => {
  it('is the duty officer’s workspace when the address says nothing', () => {
    expect(readRoute('', '')).toEqual({
      region: 'workspace',
      named: null,
      screen: null,
      seat: 'duty',
      lang: null,
      theme: null,
      world: 'live',
    });
  });

  it('reads region, what it names, seat, language and theme', () => {
    expect(readRoute('?seat=fire&lang=en&theme=light', '#/plan/run-7')).toMatchObject({
      region: 'plan',
      named: 'run-7',
      seat: 'fire',
      lang: 'en',
      theme: 'light',
    });
  });

  it('gives a wall screen the wall theme and the wall seat', () => {
    expect(readRoute('', '#/wall/east')).toMatchObject({ region: 'wall', screen: 'east', seat: 'wall', theme: 'wall' });
  });

  it('reads on at a broken escape', () => {
    expect(readRoute('?seat=%E0%A4%A', '#/wall/%E0%A4%A')).toMatchObject({ region: 'wall', screen: '%E0%A4%A' });
  });

  it('takes any name of a region, and what is none for the workspace', () => {
    expect(readRoute('', '#/notes').region).toBe('notes');
    for (const no of ['#/Notes', `#/${'x'.repeat(41)}`, '#/a_b', '#/%20', '#/-'])
      expect(readRoute('', no).region).toBe('workspace');
  });

  it('does not take a token in the fragment for a region', () => {
    expect(readRoute('', '#token=abc').region).toBe('workspace');
    expect(readRoute('', '#/video&token=abc').region).toBe('video');
  });

  it('opens what it was told to open', () => {
    const address = regionAddress('video', 'duty', { lang: 'en', world: 'live', token: 'a b' });
    expect(address).toBe('?seat=duty&lang=en#/video&token=a%20b');
    expect(readRoute(address.slice(0, address.indexOf('#')), address.slice(address.indexOf('#')))).toMatchObject({
      region: 'video',
      seat: 'duty',
      lang: 'en',
    });
  });

  it('stays in its world', () => {
    const address = regionAddress('video', 'duty', { lang: 'en', world: 'drill:d-1' });
    expect(address).toBe('?seat=duty&lang=en&world=drill%3Ad-1#/video');
    expect(readRoute(address.slice(0, address.indexOf('#')), '#/video').world).toBe('drill:d-1');
  });
});
