import { expect, test } from 'vitest';
import { ErrorCode } from '../../../contract/errors.ts';
import { RejectView } from '../../../contract/features/rejects.ts';
import { StationView } from '../../../contract/features/station.ts';
import { createDomainRig } from '../../../tests/fakes/domainRig.ts';
import { halfSaid } from '../../../tests/support/bothLanguages.ts';
import { badFileNotices } from '../../notices/configuration.ts';
import { recoveryNotice } from '../../notices/ledger.ts';
import type { NewestReject } from '../../rejects/rejects.ts';
import type { Sync } from '../../sync/sync.ts';
import { everyNotice } from '../notices/everyNotice.ts';
import { everyReject } from '../rejects/everyReject.ts';
import { stationView } from './stationView.ts';

test('the strip: link and outbox from the exchange, events from the ledger, every notice from whoever has one', async () => {
  const rig = createDomainRig();
  await rig.raise(2);
  const notices = badFileNotices(
    [
      {
        file: '/p/x.yaml',
        message: { zh: '/p/x.yaml 第 1 行：不对', en: '/p/x.yaml:1:1: bad' },
        remedy: { zh: '请改正', en: 'Mend it.' },
      },
    ],
    5,
  );
  const clock = { ...notices[0], id: 'clock:B' } as (typeof notices)[number];
  const sync = {
    status: () => ({ link: 'alone', cut: true, outbox: 3, peers: [] }),
  } as unknown as Sync;
  const view = stationView({
    ...{ station: 'A', name: null, simulated: true, version: '1', startedAt: 1, ledger: rig.ledger, sync },
    ...{ drill: null, ffmpeg: null, rejects: 7 },
  });
  expect(StationView.parse(view)).toEqual(view);
  expect(view).toMatchObject({
    link: 'alone',
    cut: true,
    outbox: 3,
    rejects: 7,
    ledger: { events: 1, recovery: false },
  });
  const all = everyNotice({ ledger: rig.ledger.status(), links: [clock, clock], board: notices, startedAt: 1 });
  expect(all.map((notice) => notice.id)).toEqual(['clock:B', 'file:/p/x.yaml']);
  expect(all[1]?.remedy).toEqual({
    zh: '请改正，然后在“设置”中载入文件',
    en: 'Mend it. Then load the files under Setup.',
  });
});

test('what was refused at any door is in one list, newest first, as the contract has it', () => {
  const reject = (id: string, at: number): NewestReject => ({
    ...{ id, at, door: 'feed', source: 'a feed', path: '', excerpt: 'e' },
    ...{ message: { zh: '不对', en: 'm' }, remedy: { zh: '改', en: 'r' } },
  });
  const windows = [
    {
      n: 7,
      at: 30,
      client: 'wall:north',
      error: { code: 'bad-request' as const, message: 'no', field: 't' },
      ...{ text: null, excerpt: '{' },
    },
  ];
  const list = everyReject({ feeds: [reject('f1', 10), reject('f2', 40)], peers: [reject('p1', 20)], windows });
  expect(list.map((each) => each.at)).toEqual([40, 30, 20, 10]);
  for (const each of list) expect(RejectView.parse(each)).toEqual(each);
  expect(list[1]).toMatchObject({
    id: 'window-7',
    ...{ door: 'window', source: 'wall:north', path: 't', excerpt: '{' },
    message: { zh: '窗口发来的内容不符合约定', en: 'no' },
  });
});

test.each(ErrorCode.options)('a window that is refused with %s is told of in both languages', (code) => {
  const frame = { n: 1, at: 1, client: null, excerpt: '', error: { code, message: 'no' } };
  const text = { zh: '席位 fire 无权', en: 'the seat fire may not' };
  const [known, unknown] = everyReject({
    feeds: [],
    peers: [],
    windows: [
      { ...frame, text },
      { ...frame, text: null },
    ],
  });
  expect(known).toMatchObject({ source: null, message: text });
  for (const said of [known?.message, known?.remedy, unknown?.message, unknown?.remedy])
    expect(said && halfSaid(said)).toBeNull();
});

test('what another station gave back is not called damage', () => {
  const faults = [
    { fault: 'lost-tail', file: 'ledger.db', chain: 'B', seq: 1, message: 'station A holds event 1' },
  ] as const;
  const given = recoveryNotice({ at: 1, aside: null, kept: 0, chain: 'B~2', faults: [...faults], givenBy: 'A' });
  expect(given.text.en).toBe(
    "Station A holds records under this station's name that its file lacks; they were taken back, and it goes on as B~2",
  );
  expect(`${given.text.en}${given.text.zh}`).not.toMatch(/damaged|损坏/);
  expect(given.remedy?.en).toContain('token');
});
