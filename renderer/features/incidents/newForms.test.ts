import { describe, expect, test } from 'vitest';
import { createDrafts, type DraftPlaces, isWritten } from '../../desk/drafts.ts';
import { type Field, newForms, openForm, type Told } from './newForms.ts';

let time = 0;

function desk(channel?: DraftPlaces['channel'], window = 'w1') {
  const drafts = createDrafts({ now: () => ++time, window, ...(channel ? { channel } : {}) });
  const forms = newForms(drafts, (call, field) => `${call ?? 'n'} ${field}`);
  const open = () => openForm(drafts.list(), drafts.own);
  return {
    ...{ drafts, open, written: () => drafts.list().filter(isWritten) },
    /** What a person does with the form that stands open, in a window that has room for it. */
    forms: {
      show: (call: string | null, given: Partial<Told>, here = true) => forms.show(call, given, here),
      write: (field: Field, text: string) => forms.write(open() ?? expect.fail('no form'), field, text),
      leave: () => forms.leave(open() ?? expect.fail('no form')),
      done: () => forms.done(open() ?? expect.fail('no form')),
      handOver: forms.handOver,
    },
  };
}

/** So many windows of one seat. */
function windows(many: number) {
  const hears: ((message: unknown) => void)[] = [];
  return Array.from({ length: many }, (_, i) =>
    desk(
      {
        post(message) {
          for (const [at, hear] of hears.entries()) if (at !== i) hear(structuredClone(message));
        },
        listen: (hear) => void hears.push(hear),
      },
      `w${i}`,
    ),
  );
}

const A = { at: '121.91000, 29.16000', place: '滨河路' };
const B = { at: '121.95000, 29.12000', place: '港口路' };
const CALL = { words: '路口有车辆熄火', caller: '王先生', phone: '12345' };

describe('the form for an incident that no alarm told of', () => {
  test('begins with what is selected, and is no draft until somebody writes', () => {
    const { forms, open, drafts, written } = desk();
    forms.show(null, A);
    expect(open()).toMatchObject({ call: null, said: '', told: { ...A, level: '3', words: '' } });
    expect(written()).toEqual([]);
    forms.leave();
    expect(open()).toBeNull();
    expect(drafts.list()).toEqual([]);
    forms.show(null, B);
    expect(open()?.told).toMatchObject(B);
  });

  test('keeps what was written, and takes the rest from what is selected then', () => {
    const { forms, open, written } = desk();
    forms.show(null, A);
    forms.write('words', '冒烟');
    forms.leave();
    expect(written().map(({ about }) => about)).toEqual(['n words']);
    forms.show(null, B);
    expect(open()?.told).toMatchObject({ ...B, words: '冒烟' });
  });

  test('never puts the point of one place beside the name of another', () => {
    const { forms, open } = desk();
    forms.show(null, A);
    forms.write('place', '解放路 12 号');
    forms.leave();
    forms.show(null, B);
    expect(open()?.told).toMatchObject({ place: '解放路 12 号', at: '' });
  });

  test('goes with the selection while it stands open and nobody has written', () => {
    const { forms, open } = desk();
    forms.show(null, A);
    forms.write('words', '冒烟');
    forms.show(null, {});
    expect(open()?.told).toMatchObject({ at: '', place: '', words: '冒烟' });
  });
});

describe('the form that answers a call', () => {
  test('has its own words, whatever was begun without a call; that stays for the next time', () => {
    const { forms, open } = desk();
    forms.show(null, A);
    forms.write('words', '另一件事');
    forms.leave();
    forms.show('call:1', CALL);
    expect(open()).toEqual({
      ...{ form: 'w1~call:1/', call: 'call:1', said: CALL.words },
      told: { ...CALL, kind: '', level: '3', place: '', at: '' },
    });
    forms.done();
    expect(open()).toBeNull();
    forms.show(null, B);
    expect(open()?.told).toMatchObject({ ...B, words: '另一件事' });
  });

  test('is kept for each call, and leaves the form that stood open', () => {
    const { forms, open } = desk();
    forms.show('call:1', CALL);
    forms.write('words', '路口有车辆熄火，已断道');
    forms.show('call:2', { words: '有人落水' });
    expect(open()).toMatchObject({ call: 'call:2', said: '有人落水', told: { words: '有人落水' } });
    forms.leave();
    expect(open()).toBeNull();
    forms.show('call:1', CALL);
    expect(open()).toMatchObject({ said: CALL.words, told: { words: '路口有车辆熄火，已断道', phone: '12345' } });
  });
});

describe('at two windows of one seat', () => {
  test('each has its own form, of the same call, too; what is written in one is in no other', () => {
    const [a, b] = windows(2);
    if (!a || !b) return expect.fail();
    for (const call of [null, 'call:1']) {
      a.forms.show(call, A);
      b.forms.show(call, B);
      a.forms.write('words', '冒烟');
      b.forms.write('words', '漏水');
      expect([a.open()?.told.words, b.open()?.told.words]).toEqual(['冒烟', '漏水']);
      a.forms.leave();
      expect([a.open(), b.open()?.told.place]).toEqual([null, B.place]);
      b.forms.done();
      expect(a.written().map(({ text }) => text)).toContain('冒烟');
      expect(b.written()).toEqual([]);
    }
  });

  test('one without room for the form opens it where there is; the form goes along when its window loses the room', () => {
    const [map, detail, full] = windows(3);
    if (!map || !detail || !full) return expect.fail();
    map.forms.show(null, A, false);
    expect(detail.open()?.told).toMatchObject(A);
    detail.forms.write('words', '冒烟');
    expect(map.open()?.told.words).toBe('冒烟');
    detail.forms.done();

    full.forms.show('call:1', CALL);
    full.forms.write('place', '港口路');
    expect(detail.open()).toBeNull();
    full.forms.handOver();
    expect(detail.open()).toMatchObject({ call: 'call:1', said: CALL.words, told: { ...CALL, place: '港口路' } });
    detail.forms.leave();
    expect(full.open()).toBeNull();

    // What the seat has begun is not written over.
    full.forms.show('call:1', CALL);
    full.forms.write('place', '解放路');
    full.forms.handOver();
    expect(full.open()?.told.place).toBe('解放路');
    expect(detail.written().map(({ text }) => text)).toEqual(['港口路']);
  });
});
