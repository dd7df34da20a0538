import { setImmediate as nextTurn } from 'node:timers/promises';
import { pino } from 'pino';
import { EVERY, takesStream } from '../../core/ledger/stream.ts';
import { createLink, type Link } from '../../main/sync/link.ts';
import { createWireTexts } from '../../main/sync/wireTexts.ts';
import type { FakeClock } from '../fakes/clock.ts';
import type { FakeNetwork } from '../fakes/network.ts';
import type { SimStation } from './sync.station.ts';

const log = pino({ level: 'silent' });

/** Stations and the cables between them. A cable that is in is dialled again within a second of its loss. */
export class Simulation {
  readonly stations: SimStation[];
  private readonly clock: FakeClock;
  private readonly network: FakeNetwork;
  private readonly cables: { ends: [number, number]; cut: boolean; links: [Link, Link] | null }[];

  constructor(stations: SimStation[], cables: readonly [number, number][], clock: FakeClock, network: FakeNetwork) {
    this.stations = stations;
    this.clock = clock;
    this.network = network;
    this.cables = cables.map((ends) => ({ ends, cut: false, links: null }));
    stations.forEach((station, index) => {
      station.onDeath = () => this.partAll(index);
    });
  }

  /** Whether what `from` writes in a stream comes to `to`, when all cables are in: by stations that take it and pass it on. */
  reaches(from: number, to: number, stream: string): boolean {
    const reached = new Set([from]);
    for (const one of reached) {
      for (const { ends } of this.cables) {
        const other = ends.includes(one) ? ends[ends[0] === one ? 1 : 0] : one;
        if (takesStream(this.stations[other]?.takes ?? [], stream)) reached.add(other);
      }
    }
    return reached.has(to);
  }

  async advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1000) {
      for (const station of this.stations) if (!station.alive) station.start();
      this.dial();
      await this.clock.advance(Math.min(1000, left));
    }
  }

  cut(cable: number, cut: boolean): void {
    const found = this.cables[cable % this.cables.length];
    if (!found) return;
    found.cut = cut;
    if (cut) this.part(found);
  }

  cutAll(cut: boolean): void {
    for (let cable = 0; cable < this.cables.length; cable++) this.cut(cable, cut);
  }

  async restart(station: number): Promise<void> {
    const found = this.stations[station % this.stations.length] as SimStation;
    const index = this.stations.indexOf(found);
    found.kill();
    this.partAll(index);
    await nextTurn();
    found.start();
  }

  heal(): void {
    for (const cable of this.cables) cable.cut = false;
    this.network.mood = { lose: 0, repeat: 0, delay: 5 };
  }

  /** Every station comes to run the second generation, and to take every stream. */
  async renew(): Promise<void> {
    for (const [index, station] of this.stations.entries()) {
      station.generation = 2;
      station.takes = EVERY;
      await this.restart(index);
    }
  }

  private partAll(station: number): void {
    for (const cable of this.cables) if (cable.ends.includes(station)) this.part(cable);
  }

  private part(cable: { links: [Link, Link] | null }): void {
    for (const link of cable.links ?? []) link.close('cut');
    cable.links = null;
  }

  private dial(): void {
    for (const cable of this.cables) {
      if (cable.cut || cable.links) continue;
      const [a, b] = cable.ends.map((i) => this.stations[i] as SimStation) as [SimStation, SimStation];
      const peers = this.network.pair(a.name, b.name);
      const links = [a, b].map((station, i) => {
        const texts = createWireTexts(station.ledger);
        const unlisten = station.ledger.listen({ committed: texts.committed });
        return createLink({
          peer: peers[i] as (typeof peers)[0],
          station: station.name,
          ledger: station.ledger,
          texts,
          streams: station.takes,
          clock: station.clock,
          log,
          onNews: () => undefined,
          onReject: () => undefined,
          onEnd: () => {
            unlisten();
            cable.links = null;
          },
        });
      }) as [Link, Link];
      cable.links = links;
      for (const link of links) link.start();
    }
  }
}
