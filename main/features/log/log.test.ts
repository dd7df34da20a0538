import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { queries } from '../../../contract/index.ts';
import { actorNamed } from '../../../core/ledger/actor.ts';
import type { LedgerEvent } from '../../../core/ledger/envelope.ts';
import { createInitials } from '../../../core/search/pairInitials.ts';
import { modelDbOn } from '../../../native/sqlite/modelDb.ts';
import { systemClock } from '../../clock.ts';
import { createLiveQueries } from '../../wire/liveQueries.ts';
import type { ReadOrder } from '../../wire/readers.ts';
import { createLogModel, logModel } from './model.ts';
import { logQueries } from './queries.ts';

let made = 0;
const event = ({
  actor = 'duty',
  ...change
}: Partial<Omit<LedgerEvent, 'actor'>> & { actor?: string }): LedgerEvent => {
  made++;
  return {
    ...{
      id: `ops/A-${made}`,
      station: 'A',
      seq: made,
      hlc: '',
      at: made,
      type: 'incident.noted',
      subject: 'incident:1',
    },
    ...{ stream: 'ops', v: 1, actor: actorNamed(actor), body: {}, prev: '', hash: '', ...change },
  };
};
const noted = (text: string) => event({ body: { text } });

/** A log of these events, and the page it answers. */
function logOf(events: readonly LedgerEvent[], model = logModel) {
  const db = new Database(':memory:');
  db.exec(model.tables);
  for (const sql of model.indexes) db.exec(sql);
  const modelDb = modelDbOn(db);
  const writer = model.writer(modelDb);
  const add = (...some: LedgerEvent[]) => modelDb.arrive(some, (rows) => writer.events?.(rows)?.());
  add(...events);
  const read = async ({ sql, values, count }: ReadOrder) => {
    const rows = db.prepare(sql).all(values) as never[];
    const n = db
      .prepare(`SELECT count(*) FROM (${count?.sql} LIMIT ${(count?.most ?? 0) + 1})`)
      .pluck()
      .get(values);
    return { rows, count: Math.min(Number(n), count?.most ?? 0), exact: Number(n) <= (count?.most ?? 0) };
  };
  const answerers = logQueries({ read });
  const answer = answerers['log.list'].answer;
  const list = async (wanted: z.input<(typeof queries)['log.list']['params']>) =>
    await answer(queries['log.list'].params.parse(wanted));
  return {
    db,
    add,
    list,
    seats: async () => await answerers['log.seats'].answer({}),
    ids: async (wanted: Parameters<typeof list>[0]) => (await list(wanted)).rows.map(({ id }) => id),
  };
}

describe('search', () => {
  test('initials are those of Pinyin', () => {
    const words = createInitials().wordsOf('阿波次道鹅风港海基开澜码宁欧泵启热水天为现涌指，a水b位');
    expect(words).toBe('~ab ~bc ~cd ~de ~ef ~fg ~gh ~hj ~jk ~kl ~lm ~mn ~no ~ob ~bq ~qr ~rs ~st ~tw ~wx ~xy ~yz');
  });

  test('Chinese is found wherever it stands, of any length, and as it is; letters as words, beginnings and initials', async () => {
    const log = logOf([
      noted('泵站已启动两台机组，水位每分钟下降约 2 厘米'),
      noted('Traffic diverted at both ends; two cars stand in the water'),
      noted('位水下启动'),
      noted('现场水深继续上涨'),
    ]);
    const first = made - 4;
    const found = async (text: string) => (await log.ids({ text })).map((id) => Number(id.slice(6)) - first);
    expect(await found('水位')).toEqual([1]);
    expect(await found('水')).toEqual([4, 3, 1]);
    expect(await found('涨')).toEqual([4]);
    expect(await found('已启动两台')).toEqual([1]);
    expect(await found('启动')).toEqual([3, 1]);
    expect(await found('水位 厘米')).toEqual([1]);
    expect(await found('水位，2')).toEqual([1]);
    expect(await found('qd')).toEqual([3, 1]);
    expect(await found('bzyqd')).toEqual([1]);
    expect(await found('XCSS')).toEqual([4]);
    expect(await found('diver')).toEqual([2]);
    expect(await found('two cars')).toEqual([2]);
    expect(await found('verted')).toEqual([]);
    expect(await found('！？')).toEqual([]);
  });

  test('what an event says is its members that are texts and the names of things, whatever else is in it (property)', () => {
    const named = fc.record({ zh: fc.string(), en: fc.string() }, { requiredKeys: [] });
    const either = <T>(one: fc.Arbitrary<T>) => fc.oneof(one, fc.jsonValue());
    const typed = ['text', 'note', 'reason', 'option', 'name', 'from', 'to'];
    const one = fc.record(
      {
        ...Object.fromEntries(typed.map((name) => [name, either(fc.string())])),
        title: either(named),
        place: either(fc.record({ name: named })),
        plan: either(fc.record({ name: named })),
        caller: either(fc.record({ name: fc.string(), phone: fc.string() })),
        occurrence: fc.jsonValue(),
        step: either(fc.string({ minLength: 1 })),
        'say "text":': fc.string(),
      },
      { requiredKeys: [] },
    );
    const said = (body: Record<string, unknown>): string => {
      const at = (...path: string[]) => path.reduce<unknown>((of, name) => Object(of)[name], body);
      const names = [['title'], ['place', 'name'], ['plan', 'name']].flatMap((path) => [
        at(...path, 'zh'),
        at(...path, 'en'),
      ]);
      return [...typed.map((name) => body[name]), ...names, at('caller', 'name'), at('caller', 'phone')]
        .filter((it) => typeof it === 'string' && it !== '')
        .join(' ');
    };
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (bodies) => {
        const log = logOf(bodies.map((body) => event({ body: body as LedgerEvent['body'] })));
        expect(
          log.db.prepare("SELECT ifnull(text, '') FROM log LEFT JOIN log_texts ON id = said ORDER BY n").pluck().all(),
        ).toEqual(bodies.map(said));
        const steps = log.db.prepare('SELECT name FROM log LEFT JOIN log_names ON id = step ORDER BY n').pluck().all();
        expect(steps).toEqual(bodies.map(({ step }) => (typeof step === 'string' && step !== '' ? step : null)));
        log.db.close();
      }),
      { seed: 70, numRuns: 200 },
    );
  });

  test('whatever is typed is answered (fuzz)', async () => {
    const log = logOf([noted('泵站已启动两台机组'), noted('x')]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), async (text) => {
        const wanted = queries['log.list'].params.safeParse({ text });
        if (wanted.success) expect((await log.list(wanted.data)).rows.length).toBeLessThanOrEqual(2);
      }),
      { seed: 22, numRuns: 500 },
    );
  });
});

describe('log.list', () => {
  test('pages are what filtering and sorting all of it gives, whatever is asked for, and hang together (property)', async () => {
    const kinds = ['alarm.raised', 'incident.noted', 'run.ended'] as const;
    const one = fc.record({
      at: fc.nat(20),
      type: fc.constantFrom(...kinds),
      actor: fc.constantFrom('duty', 'fire'),
      subject: fc.constantFrom('1', '2'),
      text: fc.constantFrom('水位', '水深', 'water'),
    });
    const wanted = fc.record(
      {
        kind: fc.constantFrom('alarm', 'incident', 'run'),
        type: fc.constantFrom(...kinds),
        seat: fc.constantFrom('duty', 'fire'),
        subject: fc.constantFrom('alarm:1', 'run:2'),
        from: fc.nat(20),
        until: fc.nat(20),
        text: fc.constantFrom('水', '水位', 'wat', 'sw'),
        limit: fc.integer({ min: 1, max: 5 }),
      },
      { requiredKeys: ['limit'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 25 }), wanted, fc.nat(12), async (some, ask, eraRows) => {
        const events = some.map(({ at, type, actor, subject, text }) =>
          event({ at, type, actor, subject: `${type.split('.')[0]}:${subject}`, body: { text } }),
        );
        const says = { 水: '水', 水位: '水位', wat: 'water', sw: '水位' };
        const fits = events
          .map((each, n) => ({ ...each, n }))
          .filter(
            (each) =>
              (ask.kind === undefined || each.subject.startsWith(ask.kind)) &&
              (ask.type === undefined || each.type === ask.type) &&
              (ask.seat === undefined || each.actor.seat === ask.seat) &&
              (ask.subject === undefined || each.subject === ask.subject) &&
              (ask.from === undefined || each.at >= ask.from) &&
              (ask.until === undefined || each.at < ask.until) &&
              (ask.text === undefined || String(each.body.text).includes(says[ask.text])),
          )
          .sort((a, b) => (ask.text === undefined ? b.at - a.at : 0) || b.n - a.n);
        // Each by itself, as they are decided: an era ends between two commits.
        const log = logOf([], eraRows === 0 ? logModel : createLogModel(eraRows));
        for (const each of events) log.add(each);
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await log.list({ ...ask, ...(after === undefined ? {} : { after }) });
          expect(page.total).toEqual({ count: fits.length, exact: true });
          expect(page.rows.length).toBeLessThanOrEqual(ask.limit);
          seen.push(...page.rows.map(({ id }) => id));
          after = page.more ?? undefined;
        } while (after !== undefined);
        expect(seen).toEqual(fits.map(({ id }) => id));
        log.db.close();
      }),
      { seed: 24, numRuns: 200 },
    );
  });

  test('a text stands once in an era, however often it is said, and is found where it was said', async () => {
    const log = logOf([], createLogModel(6));
    for (let i = 0; i < 12; i++) log.add(noted(i % 2 === 0 ? '水位下降' : `第${i}次`));
    const texts = log.db.prepare('SELECT text FROM log_texts ORDER BY id').pluck().all() as string[];
    expect(texts.filter((text) => text === '水位下降')).toHaveLength(2);
    expect(texts).toHaveLength(8);
    expect(log.db.prepare('SELECT count(*) FROM log_words WHERE log_words MATCH \'"水位"\'').pluck().get()).toBe(2);
    expect((await log.list({ text: '水位', limit: 50 })).rows).toHaveLength(6);
  });

  test('V2 a text that was first said in what a disk refused stands when it is said again', async () => {
    const log = logOf([noted('水位下降')]);
    log.db.exec('BEGIN');
    log.add(noted('泵站已启动'), noted('水位下降'));
    log.db.exec('ROLLBACK');
    log.add(noted('现场水深'));
    log.add(noted('泵站已启动'), noted('水位下降'));
    expect((await log.list({ limit: 9 })).rows.map(({ text }) => text)).toEqual([
      '水位下降',
      '泵站已启动',
      '现场水深',
      '水位下降',
    ]);
    expect(await log.ids({ text: '水位' })).toHaveLength(2);
    expect(await log.ids({ text: '泵站' })).toHaveLength(1);
  });

  test('V2 a name that was first written in what a disk refused is written again', async () => {
    const log = logOf([]);
    const one = event({ actor: 'fire', type: 'incident.opened' });
    log.db.exec('BEGIN');
    log.add(one);
    log.db.exec('ROLLBACK');
    log.add(event({ actor: 'duty' }));
    log.add(one);
    const { rows } = await log.list({ limit: 2, kind: 'incident' });
    expect(rows.map(({ actor, type }) => [actor, type])).toContainEqual(['fire', 'incident.opened']);
    expect(rows.map(({ actor, type }) => [actor, type])).toContainEqual(['duty', 'incident.noted']);
    log.db.close();
  });

  test('a line of a step says which, and every seat that decided anything is told', async () => {
    const log = logOf([
      event({ type: 'step.acknowledged', subject: 'run:1', actor: 'fire', body: { step: 'look' } }),
      event({
        type: 'step.unit-assigned',
        subject: 'run:1',
        actor: 'coast-guard',
        body: { step: 'send', name: '海巡01' },
      }),
      event({ type: 'run.launched', subject: 'run:1', actor: 'duty' }),
      event({ type: 'alarm.raised', subject: 'alarm:1', actor: 'rule.waterlogging' }),
    ]);
    const { rows } = await log.list({ limit: 10, kind: 'run' });
    expect(rows.map(({ step, text }) => [step, text])).toEqual([
      [null, ''],
      ['send', '海巡01'],
      ['look', ''],
    ]);
    expect((await log.seats()).rows).toEqual([{ seat: 'coast-guard' }, { seat: 'duty' }, { seat: 'fire' }]);
  });

  test('a wall that was pushed to says which region it shows', async () => {
    const body = { scene: 'alarms', selection: null, cameras: [] };
    const log = logOf([event({ type: 'wall.scene-shown', subject: 'wall:wall-1', body })]);
    expect((await log.list({ limit: 5, kind: 'wall' })).rows.map(({ text }) => text)).toEqual(['alarms']);
  });

  test('a call that came says what was told, in both languages, and who called, and is found by it', async () => {
    const text = { zh: '解放路有人被困', en: 'People trapped in Jiefang Road' };
    const about = { caller: { name: '王先生', phone: '13900000000' } };
    const log = logOf([
      event({ type: 'call.came', subject: 'call:1', actor: 'hall.calls', body: { text, to: ['duty'], about } }),
    ]);
    for (const looked of ['被困', 'trapped', '王先生', '139000'])
      expect((await log.list({ limit: 5, text: looked })).rows.map((row) => row.text)).toEqual([
        `${text.zh} ${text.en} 王先生 13900000000`,
      ]);
  });

  test('a row is what the contract says; many are counted to a bound; a page that is none is refused', async () => {
    const log = logOf(Array.from({ length: 2500 }, (_, i) => noted(`第${i}次`)));
    const { rows, total, more } = await log.list({ limit: 3, kind: 'incident' });
    expect(total).toEqual({ count: 2000, exact: false });
    expect(more).toMatch(/^\d+\.\d+$/);
    for (const row of rows) expect(queries['log.list'].row.parse(row)).toEqual(row);
    const live = createLiveQueries({
      clock: systemClock(),
      answerers: logQueries({ read: async () => expect.fail() }) as never,
    });
    const ends: unknown[] = [];
    live.open('log.list', { limit: 3, after: "1' OR 1" }, { page() {}, end: (why) => ends.push(why) });
    await expect.poll(() => ends.length).toBe(1);
    expect(ends).toEqual([expect.objectContaining({ code: 'bad-request', field: 'after' })]);
    live.close();
  });
});
