import { describe, expect, test } from 'vitest';
import { createDrafts, isWritten } from '../../desk/drafts.ts';
import { newForms, openForm } from './newForms.ts';

function desk() {
  let time = 0;
  const drafts = createDrafts({ now: () => ++time });
  const forms = newForms(drafts, (call, field) => `${call ?? 'n'} ${field}`);
  return { drafts, forms, open: () => openForm(drafts.list()), written: () => drafts.list().filter(isWritten) };
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
    forms.leave(null);
    expect(open()).toBeNull();
    expect(drafts.list()).toEqual([]);
    forms.show(null, B);
    expect(open()?.told).toMatchObject(B);
  });

  test('keeps what was written, and takes the rest from what is selected then', () => {
    const { forms, open, written } = desk();
    forms.show(null, A);
    forms.write(null, 'words', '冒烟');
    forms.leave(null);
    expect(written().map(({ about }) => about)).toEqual(['n words']);
    forms.show(null, B);
    expect(open()?.told).toMatchObject({ ...B, words: '冒烟' });
  });

  test('never puts the point of one place beside the name of another', () => {
    const { forms, open } = desk();
    forms.show(null, A);
    forms.write(null, 'place', '解放路 12 号');
    forms.leave(null);
    forms.show(null, B);
    expect(open()?.told).toMatchObject({ place: '解放路 12 号', at: '' });
  });

  test('goes with the selection while it stands open and nobody has written', () => {
    const { forms, open } = desk();
    forms.show(null, A);
    forms.write(null, 'words', '冒烟');
    forms.show(null, {});
    expect(open()?.told).toMatchObject({ at: '', place: '', words: '冒烟' });
  });
});

describe('the form that answers a call', () => {
  test('has its own words, whatever was begun without a call; that stays for the next time', () => {
    const { forms, open } = desk();
    forms.show(null, A);
    forms.write(null, 'words', '另一件事');
    forms.leave(null);
    forms.show('call:1', CALL);
    expect(open()).toEqual({
      ...{ call: 'call:1', said: CALL.words },
      told: { ...CALL, kind: '', level: '3', place: '', at: '' },
    });
    forms.done('call:1');
    expect(open()).toBeNull();
    forms.show(null, B);
    expect(open()?.told).toMatchObject({ ...B, words: '另一件事' });
  });

  test('is kept for each call, and leaves the form that stood open', () => {
    const { forms, open } = desk();
    forms.show('call:1', CALL);
    forms.write('call:1', 'words', '路口有车辆熄火，已断道');
    forms.show('call:2', { words: '有人落水' });
    expect(open()).toMatchObject({ call: 'call:2', said: '有人落水', told: { words: '有人落水' } });
    forms.leave('call:2');
    expect(open()).toBeNull();
    forms.show('call:1', CALL);
    expect(open()).toMatchObject({ said: CALL.words, told: { words: '路口有车辆熄火，已断道', phone: '12345' } });
  });
});
