import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ChainHead, EMPTY_CHAIN, ledgerDigest, seal } from '../../../core/ledger/chain.ts';
import { type Checkpoint, isCheckpointDue } from '../../../core/ledger/checkpoint.ts';
import { createDocuments } from '../../../core/ledger/documents.ts';
import type { EventDraft, LedgerEvent } from '../../../core/ledger/envelope.ts';
import { HLC_ZERO, tick } from '../../../core/ledger/hlc.ts';
import { checkpointText, sealWith } from '../../../core/ledger/seal.ts';
import { chainKey } from '../../../core/ledger/stream.ts';
import { planDraft, planHash } from '../../../core/plans/document.ts';
import { PlanTemplate } from '../../../core/plans/template.ts';
import { readYaml } from '../../../main/config/readYaml.ts';
import { openHeadMark } from '../../../main/ledger/headMark.ts';
import { sealPoints } from '../../../main/ledger/sealPoints.ts';
import { sha256 } from '../../../main/ledger/sha256.ts';
import { keptStationKey } from '../../../main/ledger/stationKey.ts';
import { CHAIN_NOTE, VERIFIED_NOTE } from '../../../main/ledger/store.ts';
import type { Verified } from '../../../main/ledger/verification.ts';
import { openLedgerStore } from '../../../native/sqlite/ledgerStore.ts';
import { compareWithStamp } from '../../../scripts/fingerprint.ts';
import { inProject, OUT, say } from '../../../scripts/project.ts';
import { OPS_1 } from '../../fakes/fold.ts';
import { testSigner } from '../../fakes/ledgerStore.ts';
import { seededRandom } from '../../support/random.ts';
import { casesOf, createHistory } from './history.ts';
import { sizesOf } from './sizes.ts';

/** The station whose ledger it is; the others are its peers. */
export const STATION = 'A';
const CHAINS = [STATION, STATION, STATION, STATION, STATION, STATION, STATION, 'B', 'C', 'D'];

/** The ledger's time: three years, by clocks that are right, to a day that is past on every machine. */
const END = Date.UTC(2026, 5, 1);
const BEGIN = Date.UTC(2023, 5, 1);
const COMMIT = 2000;
/** Cases that go on side by side. */
const AT_ONCE = 200;

/** Where what is made for measurements is kept: made once, and no part of the product. */
export const CACHE = join(OUT, 'bench');

/** What the generated events and rows depend on. */
const SOURCES = [
  ...['generate', 'history', 'sizes'].map((name) => `tests/bench/scale/${name}.ts`),
  ...['core/ledger', 'core/alarms', 'core/incidents', 'core/plans', 'core/bodies.ts', 'native/sqlite', 'main/ledger'],
  'resources/plans/urban-flooding.yaml',
];

/** A data folder whose ledger has so many events, made when it is not there or what it is made from has changed. Not to be written to. */
export function bigLedger(events: number): string {
  const folder = join(CACHE, `ledger-${events}`);
  const sources = compareWithStamp(
    join(CACHE, `.ledger-${events}.json`),
    SOURCES.map((name) => inProject(name)),
    (path) => /\.test\.ts$|\.md$/.test(path),
  );
  if (sources.fresh && existsSync(join(folder, 'ledger.db'))) return folder;
  const began = performance.now();
  say(`  making a ledger of ${events.toLocaleString('en')} events …`);
  const half = `${folder}.half`;
  for (const old of [half, folder]) rmSync(old, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  writeLedger(half, events);
  renameSync(half, folder);
  sources.remember();
  say(`  made (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return folder;
}

/**
 * Seals and appends as the ledger does, without its queue and without reading each event twice: what lies on the disk afterwards is
 * what a hall would have left, hash by hash, and a hall verifies it at its start.
 */
function writeLedger(dir: string, events: number): void {
  const sizes = sizesOf(events);
  const random = seededRandom(6);
  const planFile = inProject('resources', 'plans', 'urban-flooding.yaml');
  const plan = readYaml(planFile, readFileSync(planFile, 'utf8'), PlanTemplate);
  const cases = casesOf(sizes, random);
  const store = openLedgerStore(join(dir, 'ledger.db'));
  store.setNote(CHAIN_NOTE, STATION);

  const heads = new Map<string, ChainHead>();
  let hlc = HLC_ZERO;
  let written = 0;
  let group: LedgerEvent[] = [];
  const append = (chain: string, draft: EventDraft): LedgerEvent => {
    const at = Math.round(BEGIN + ((END - BEGIN) * written) / events);
    hlc = tick(hlc, at);
    const event = seal(draft, { ...OPS_1, station: chain, head: heads.get(chain) ?? EMPTY_CHAIN, hlc, at }, sha256);
    heads.set(chain, { seq: event.seq, hash: event.hash });
    written++;
    if (group.push(event) >= COMMIT) commit();
    return event;
  };
  const signers = { [STATION]: keptStationKey(dir), B: testSigner('B'), C: testSigner('C'), D: testSigner('D') };
  const keys = Object.entries(signers).map(([station, { key }]) => [station, key] as const);
  const sealed = (event: LedgerEvent) =>
    sealWith(signers[event.station as keyof typeof signers], { ...event, chain: chainKey(event) });
  let checkpoint: Checkpoint | null = null;
  const commit = (): void => {
    store.appendAll(group, { seals: sealPoints(group).map(sealed), keys });
    const at = group.at(-1)?.at ?? BEGIN;
    group = [];
    if (!isCheckpointDue(checkpoint, written, at)) return;
    const stood = Object.fromEntries([...heads].map(([station, head]) => [chainKey({ ...OPS_1, station }), head]));
    const text = checkpointText({ at, events: written }, ledgerDigest(stood, sha256));
    checkpoint = { at, events: written, heads: stood, sig: signers[STATION].sign(text) };
    store.addCheckpoint(checkpoint);
  };
  /** What exceeds the number of events is not written: the ledger ends in the middle of things, as every ledger does. */
  const say = (drafts: readonly EventDraft[]) => {
    const chain = CHAINS[Math.floor(random() * CHAINS.length)] ?? STATION;
    return drafts.slice(0, events - written).map((draft) => append(chain, draft));
  };

  const hash = planHash(plan, sha256);
  const documented = CHAINS.map((chain) => append(chain, planDraft(plan, hash, 'commander')));
  const documents = createDocuments(() => documented);
  const history = createHistory({ sizes, random, end: END, plan, hash, documents });
  const list: Iterator<undefined>[] = [];
  const begin = () => {
    const next = cases.next();
    if (!next.done) list.push(history.live(next.value, say));
  };
  for (let i = 0; i < Math.min(AT_ONCE, Math.ceil(sizes.points / 4)); i++) begin();
  while (written < events) {
    const i = Math.floor(random() * list.length);
    const one = list[i];
    if (one === undefined || !one.next().done) continue;
    list.splice(i, 1);
    begin();
  }
  commit();
  const verified: Verified = { at: END, events: written, faults: [] };
  store.setNote(VERIFIED_NOTE, JSON.stringify(verified));
  store.close();
  const own = heads.get(STATION) ?? EMPTY_CHAIN;
  const mark = openHeadMark(join(dir, 'ledger.head'));
  mark.write({ chain: STATION, heads: { [OPS_1.stream]: own } });
  mark.close();
}
