import { describe, expect, it } from 'vitest';
import { NOTHING_KEPT, readKept } from './kept.ts';

describe('what a seat has made of its workspace', () => {
  it('comes back as it was kept', () => {
    const kept = { layout: 'alarms', sizes: { '2100': { rows: [70, 30] } }, collapsed: ['video'] } as const;
    expect(readKept(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', 'no json', '7', 'null', '{"layout":"other"}', '{"sizes":7,"collapsed":{}}'])(
    'is as nobody has touched it where it makes no sense: %s',
    (stored) => expect(readKept(stored)).toEqual(NOTHING_KEPT),
  );

  it.each(['{"rows":[1,99]}', '{"rows":"50/50"}', '{"rows":[50,20]}', '{"rows":[null,100]}', '{"other":[50,50]}'])(
    'leaves out sizes that make no sense: %s',
    (sizes) => expect(readKept(`{"sizes":{"1111":${sizes}}}`).sizes).toEqual({ '1111': {} }),
  );

  it('leaves out sizes of no situation', () => {
    expect(readKept('{"sizes":{"__proto__":{"rows":[50,50]},"9999":{"rows":[50,50]}}}').sizes).toEqual({});
  });
});
