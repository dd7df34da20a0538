import type { Camera, CameraScene } from '../../core/places/camera.ts';
import { along, lengthOf } from './curve.ts';
import type { Name } from './names.ts';
import { type CityPlan, crossingName } from './plan.ts';
import { add, compass, direction, dist, inBounds, left, lonLat, type Pt, pt } from './plane.ts';
import { randomFor } from './random.ts';
import { crossings } from './trunk.ts';

const COUNT = 200;

interface Post {
  readonly at: Pt;
  readonly look: Pt;
  readonly name: Name;
  readonly scene: CameraScene;
  readonly fov: number;
  readonly range: number;
  readonly height: number;
}

/** The city's cameras: first the six around the underpass, then bridges, harbour, expressway, squares, junctions. */
export function placeCameras(plan: CityPlan): Camera[] {
  const posts: Post[] = [];
  const put = (post: Post, apart: number): void => {
    if (posts.length < COUNT && inBounds(post.at, -30) && posts.every((o) => dist(o.at, post.at) >= apart))
      posts.push(post);
  };
  for (const post of underpassPosts(plan)) put(post, 0);
  for (const post of bridgePosts(plan).slice(0, 22)) put(post, 60);
  for (const post of harbourPosts()) put(post, 60);
  for (const post of expresswayPosts(plan)) put(post, 400);
  for (const post of squarePosts(plan).slice(0, 16)) put(post, 90);
  for (const [pick, apart, upTo] of [
    ['main', 420, 138],
    ['old', 170, 166],
    ['side', 420, COUNT],
  ] as const) {
    for (const post of junctionPosts(plan, pick)) if (posts.length < upTo) put(post, apart);
  }
  return posts.map((post, i) => {
    const [lon, lat] = lonLat(post.at);
    const bearing = (Math.round(compass(post.look) * 10) / 10) % 360;
    return {
      id: `CAM-${String(i + 1).padStart(3, '0')}`,
      ...post.name,
      lon,
      lat,
      height: post.height,
      bearing,
      fov: post.fov,
      range: post.range,
      scene: post.scene,
    };
  });
}

function underpassPosts(plan: CityPlan): Post[] {
  const { at, along: t } = plan.trunk.underpass;
  const n = left(t);
  const views: [string, string, number, number, number][] = [
    ['东引道', 'east approach', 95, 9, 62],
    ['西引道', 'west approach', -92, -9, 62],
    ['洞口东', 'east portal', 34, -8, 84],
    ['洞口西', 'west portal', -36, 8, 84],
    ['泵站侧', 'pump station side', 18, 38, 78],
    ['河岸侧', 'river side', -22, -30, 92],
  ];
  return views.map(([zh, en, s, side, fov]) => {
    const from = add(add(at, t, s), n, side);
    return {
      at: from,
      look: direction(from, at),
      name: { zh: `滨河路下穿${zh}`, en: `Binhe Road underpass, ${en}` },
      scene: 'underpass-flood',
      fov,
      range: Math.abs(s) > 60 ? 190 : 130,
      height: 6,
    };
  });
}

function bridgePosts(plan: CityPlan): Post[] {
  const posts: Post[] = [];
  const seen: Pt[] = [];
  plan.network.segments.forEach((s, i) => {
    if (s.class === 'local' || s.class === 'service' || s.ramp) return;
    for (const x of crossings(s.line, plan.terrain.riverLine)) {
      if (!inBounds(x.p, -100) || seen.some((p) => dist(p, x.p) < 120)) continue;
      seen.push(x.p);
      const road = plan.names[plan.nameOf[i] as number] as Name;
      const stem = road.zh.replace(/(大道|路|街)$/, '');
      const total = lengthOf(s.line);
      const ends: [string, string, number][] = [
        ['北', 'north', 1],
        ['南', 'south', -1],
      ];
      for (const [zh, en, sign] of ends) {
        const here = along(s.line, Math.max(0, Math.min(total, x.sa + sign * 70)));
        posts.push({
          at: add(here.p, left(here.t), 8),
          look: direction(here.p, x.p),
          name: { zh: `${stem}大桥${zh}`, en: `${road.en.replace(/ (Road|Avenue|Street)$/, '')} Bridge, ${en}` },
          scene: 'bridge',
          fov: 58,
          range: 260,
          height: 9,
        });
      }
    }
  });
  return posts;
}

function harbourPosts(): Post[] {
  const names: [string, string][] = [
    ['一号码头', 'Pier 1'],
    ['二号码头', 'Pier 2'],
    ['集装箱堆场东', 'Container yard, east'],
    ['集装箱堆场西', 'Container yard, west'],
    ['渔港码头', 'Fishing pier'],
    ['港区闸口', 'Port gate'],
    ['港池', 'Basin'],
    ['油品码头', 'Oil jetty'],
    ['引航站', 'Pilot station'],
    ['客运码头', 'Ferry terminal'],
    ['堤头灯塔', 'Breakwater light'],
    ['修船坞', 'Dry dock'],
  ];
  const a = pt(10540, 4110);
  const u = direction(a, pt(12050, 3580));
  return names.map(([zh, en], i) => ({
    at: add(add(a, u, 40 + i * 128), left(u), i % 3 === 0 ? -14 : -70 - 40 * (i % 2)),
    look: add(left(u), u, ((i % 5) - 2) * 0.4),
    name: { zh: `澜港港区${zh}`, en: `Langang port, ${en}` },
    scene: 'harbour' as const,
    fov: 70,
    range: 320,
    height: 18,
  }));
}

function expresswayPosts(plan: CityPlan): Post[] {
  const posts: Post[] = [];
  for (const road of plan.trunk.roads) {
    if (road.class !== 'expressway' || road.ramp) continue;
    const line = road.line.filter((p) => inBounds(p, -60));
    for (let s = 300, km = 1; s < lengthOf(line); s += 820, km++) {
      const here = along(line, s);
      posts.push({
        at: add(here.p, left(here.t), 16),
        look: km % 2 === 0 ? here.t : pt(-here.t.x, -here.t.y),
        name: {
          zh: `${road.zh} K${km}+${String((s * 7) % 1000).padStart(3, '0')}`,
          en: `${road.en} K${km}+${String((s * 7) % 1000).padStart(3, '0')}`,
        },
        scene: 'expressway',
        fov: 46,
        range: 420,
        height: 12,
      });
    }
  }
  return posts;
}

function squarePosts(plan: CityPlan): Post[] {
  return plan.blocks
    .filter((b) => b.use === 'square' && b.area > 4000)
    .map((b) => {
      const corner = b.ring[0] as Pt;
      const from = add(corner, direction(corner, b.centre), 16);
      const community = plan.communities.reduce((m, c) =>
        dist(c.centre, b.centre) < dist(m.centre, b.centre) ? c : m,
      );
      const stem = community.name.zh.replace('社区', '');
      return {
        at: from,
        look: direction(from, b.centre),
        name: { zh: `${stem}广场`, en: `${community.name.en.replace(' Community', '')} Plaza` },
        scene: 'plaza' as const,
        fov: 90,
        range: 160,
        height: 10,
      };
    });
}

function junctionPosts(plan: CityPlan, pick: 'main' | 'old' | 'side'): Post[] {
  const random = randomFor(plan.seed, `cameras-${pick}`);
  const rank = (node: number): number =>
    (plan.at[node] ?? []).reduce(
      (sum, s) =>
        sum +
        ({ arterial: 4, secondary: 2, local: 0.5, service: 0.2, expressway: 0 }[
          plan.network.segments[s]?.class ?? 'service'
        ] ?? 0),
      0,
    );
  const nodes = plan.network.nodes
    .map((p, node) => ({
      p,
      node,
      rank: rank(node) + random.next() * 0.4,
      zone: plan.zones.at(p),
      degree: plan.at[node]?.length ?? 0,
    }))
    .filter(
      (n) =>
        n.degree >= 3 && inBounds(n.p, -80) && new Set((plan.at[n.node] ?? []).map((s) => plan.nameOf[s])).size > 1,
    )
    .filter((n) =>
      pick === 'main'
        ? n.rank >= 8 && n.zone !== 'oldtown'
        : pick === 'old'
          ? n.zone === 'oldtown'
          : n.zone === 'residential' || n.zone === 'newtown',
    )
    .sort((m, n) => (pick === 'side' ? random.next() - 0.5 + (n.rank < 5 ? 0.1 : 0) : n.rank - m.rank));
  return nodes.map(({ p, node }) => {
    const arm = plan.network.segments[random.pick(plan.at[node] ?? [])];
    const line = arm?.a === node ? arm.line : [...(arm?.line ?? [])].reverse();
    const look = direction(line[0] ?? p, line[1] ?? add(p, pt(0, 1)));
    const scene: CameraScene = pick === 'main' ? 'arterial' : pick === 'old' ? 'oldtown' : 'residential';
    return {
      at: add(add(p, left(look), 11), look, -12),
      look,
      name: crossingName(plan, node),
      scene,
      fov: random.pick([58, 64, 72, 80]),
      range: pick === 'main' ? 240 : 140,
      height: pick === 'main' ? 8 : 6,
    };
  });
}
