import { stringify } from 'yaml';
import { USUAL_DEPARTMENTS } from '../../core/people/names.ts';
import { HALL_YAML } from '../../main/config/hallYaml.ts';

/** Files of a new hall by their names in its folder, {@link HALL_YAML} among them. */
type NewHall = Readonly<Record<string, string>> & { readonly [HALL_YAML]: string };

/** @param name of the hall; empty where nobody said */
export function newHallFiles(name: string): NewHall {
  const called = name.trim() === '' ? { zh: '运行中心', en: 'Operations Hall' } : { zh: name.trim(), en: name.trim() };
  return {
    'README.md': README,
    'city/README.md': CITY,
    'city/departments.yaml': departments(),
    'cameras/README.md': CAMERAS,
    'feeds/README.md': FEEDS,
    'rules/README.md': RULES,
    'plans/README.md': PLANS,
    [HALL_YAML]: `# 大厅的名称，显示在状态栏与窗口标题中。What the hall is called, in the strip and the windows' titles.
hall: 1
${stringify({ name: called }).trimEnd()}
# 报告所用时区，省略时为本机时区。In which reports tell the time; the PC's own when left out.
# zone: Asia/Shanghai
`,
  };
}

/** The departments that cities usually have, to be renamed and left out. */
function departments(): string {
  const lines = Object.entries(USUAL_DEPARTMENTS).map(
    ([id, { zh, en }]) => `  - { id: ${id}, name: { zh: ${zh}, en: ${en} }, phone: "" }`,
  );
  return `# 参与联动的部门：改名、删减、增加，编号（id）与预案泳道一致。
# The departments that act together: rename them, leave some out, add others. Plans speak of them by their ids.
departments:
${lines.join('\n')}
`;
}

const README = `# 大厅的文件夹 · A hall's folder

Everything that makes this hall is a file here. What is wrong with a file is named with its line by

    npm run hall -- check --data <this folder>

and under *Notices 提示* once the hall runs; the other files are in use all the same. Files are read when the hall starts.

1. **Map 底图**: \`npm run hall -- import map <extract.osm.pbf | .osm | .osm.gz | .pmtiles | .mbtiles> --data <this folder>\`
2. **Departments 部门**: \`city/departments.yaml\`
3. **Places, facilities, sensors, units 地点、设施、传感器、力量**: from Excel, CSV, GeoJSON, KML, Shapefile or GeoPackage,
   \`npm run hall -- import sensors <file> --dry-run --data <this folder>\`, then without \`--dry-run\`; or by hand: \`city/README.md\`
4. **Cameras 摄像机**: \`npm run hall -- import cameras <file> --data <this folder>\`, or by hand: \`cameras/README.md\`
5. **Departments' systems 各部门系统**: \`feeds/README.md\`
6. **Rules and plans 规则与预案**: those of the product are in use; your own: \`rules/README.md\`, \`plans/README.md\`
7. \`npm start -- --data <this folder>\`

The hall keeps its ledger and everything else here too (\`ledger.db\`, \`views.db\`, tokens). Copy the whole folder, with the hall stopped, to keep it.
`;

const CITY = `# What there is · 城市要素

Files \`.yaml\` or \`.json\`, each with some of these lists; how many and by which names is up to you. An imported list is a file of its own.

    crs: gcj02            # wgs84, gcj02 or bd09: what the coordinates of this file mean
    sensors:
      - { id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }
    units:
      - { id: SW-901, callSign: 水务901, department: water, kind: truck, capability: [pumping] }
    facilities:
      - { id: PS-901, kind: pump-station, name: { zh: 东门泵站, en: East Gate pumps }, department: water, lon: 121.5, lat: 31.2 }
    places:
      - { id: east-gate, name: { zh: 东门, en: East Gate }, lon: 121.5, lat: 31.2 }

Kinds of sensors: rain, water-level, gas, wind, air. Of units: car, truck, ambulance, boat, motorbike, foot-team. Of facilities: hospital,
fire-station, police-station, shelter, pump-station, school, rail-station, government.
`;

const CAMERAS = `# Cameras · 摄像机

    crs: gcj02
    cameras:
      - { id: CAM-901, name: { zh: 东门, en: East Gate }, lon: 121.5, lat: 31.2,
          bearing: 90, fov: 60, range: 150,       # looks east, 60° wide, 150 m far; all around when left out
          source: "rtsp://user:password@10.1.2.3/Streaming/Channels/101" }

Addresses: rtsp, rtsps, rtp, udp, tcp, http, https. Passwords stand in these files as they are, which only the hall's user can read; the hall
shows and logs none of them.
`;

const FEEDS = `# Departments' systems · 数据源

One file a system. Protocols: HJ 212 (hj212), SL 651 (sl651), GB/T 26875.3 (gb26875), JT/T 808 (jt808), MQTT (mqtt), JSON over
HTTP (http-json) and WebSocket (ws-json).

    id: hydro
    protocol: sl651
    name: { zh: 水文站, en: Hydrological stations }
    listen: 127.0.0.1:5651
    devices:
      - { device: "0012345678", readings: { "39": WL-901 } }

docs/feeds.md of the product tells every member.
`;

const RULES =
  '# Alarm rules · 告警规则\n\nYAML files, see docs/rules.md of the product. Its own rules are in resources/rules.\n';
const PLANS =
  '# Plans · 预案\n\nYAML files, see docs/plans.md of the product. Its own plans are in resources/plans; one with the same id and version takes its place.\n';
