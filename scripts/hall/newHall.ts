import { stringify } from 'yaml';
import { USUAL_DEPARTMENTS } from '../../core/people/names.ts';
import { HALL_YAML } from '../../main/config/hallYaml.ts';
import { schemaLine } from './schemas.ts';

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
    [HALL_YAML]: `${schemaLine('hall', 0)}
# 大厅的名称，显示在状态栏与窗口标题中。What the hall is called, in the strip and the windows' titles.
hall: 1
${stringify({ name: called }).trimEnd()}
# 报告所用时区，省略时为本机时区。In which reports tell the time; the PC's own when left out.
# zone: Asia/Shanghai
# 不使用的产品自带规则与预案（编号）。自带规则的阈值按演练城市设定，例如把 0.15 米以上的水位视为道路积水，不适用于河道水位站。
# Rules and plans of the product that this hall does not use. Its thresholds are those of the drill city: a water level above 0.15 m is a flooded road.
# without: { rules: [waterlogging], plans: [] }
`,
  };
}

/** The departments that cities usually have, to be renamed and left out. */
function departments(): string {
  const lines = Object.entries(USUAL_DEPARTMENTS).map(
    ([id, { zh, en }]) => `  - { id: ${id}, name: { zh: ${zh}, en: ${en} }, phone: "" }`,
  );
  return `${schemaLine('city', 1)}
# 参与联动的部门：改名、删减、增加，编号（id）与预案泳道一致。
# The departments that act together: rename them, leave some out, add others. Plans speak of them by their ids.
departments:
${lines.join('\n')}
`;
}

const README = `# 大厅的文件夹 · A hall's folder

大厅的全部内容都是此处的文件。某个文件有误时，会指出文件、行号与办法，其余文件照常使用。检查：

    npm run hall -- check --data <此文件夹>

Everything that makes this hall is a file here. What is wrong with a file is named with its line by the command above, and under *Setup 设置* while
the hall runs; the other files are in use all the same.

文件首行的 \`# yaml-language-server: …\` 让编辑器在书写时提示。That line at the head of a file lets an editor tell what may be written.

1. 底图 Map: \`npm run hall -- import map <extract.osm.pbf | .osm | .osm.gz | .pmtiles | .mbtiles> --data <此文件夹>\`
2. 部门 Departments: \`city/departments.yaml\`
3. 传感器、力量、设施、地点 Sensors, units, facilities, places：Excel、CSV、GeoJSON、KML、Shapefile、GeoPackage，
   \`npm run hall -- import sensors <file> --crs gcj02 --dry-run --data <此文件夹>\`，核对后去掉 \`--dry-run\`; 也可手写 or by hand: \`city/README.md\`
4. 摄像机 Cameras: \`npm run hall -- import cameras <file> --crs gcj02 --data <此文件夹>\`，也可手写 or by hand: \`cameras/README.md\`
5. 各部门系统 Departments' systems: \`feeds/README.md\`
6. 规则与预案 Rules and plans：产品自带的已启用 those of the product are in use；自己的 your own: \`rules/README.md\`, \`plans/README.md\`
7. 启动 Start: \`npm start -- --data <此文件夹>\`

账本及其他数据也存放在这里（\`ledger.db\`、\`views.db\`、口令）。备份：停止大厅后复制整个文件夹。
The hall keeps its ledger and everything else here too. To keep it, copy the whole folder with the hall stopped.
`;

const CITY = `# 城市要素 · What there is

每个 \`.yaml\` 或 \`.json\` 文件可含下列任意几项，文件数量与名称自定；导入的表格各成一个文件。坐标系必须写明。
Files \`.yaml\` or \`.json\`, each with some of these lists; how many and by which names is up to you. An imported list is a file of its own.

    ${schemaLine('city', 1)}
    crs: gcj02            # 坐标系 what the coordinates mean: wgs84, gcj02, bd09
    sensors:
      - { id: WL-901, kind: water-level, unit: m, name: { zh: 东门水位, en: East Gate level }, lon: 121.5, lat: 31.2 }
    units:
      - { id: SW-901, callSign: 水务901, department: water, kind: truck, capability: [pumping] }
    facilities:
      - { id: PS-901, kind: pump-station, name: { zh: 东门泵站, en: East Gate pumps }, department: water, lon: 121.5, lat: 31.2 }
    places:
      - { id: east-gate, name: { zh: 东门, en: East Gate }, lon: 121.5, lat: 31.2 }

传感器类别 kinds of sensors: rain, water-level, gas, wind, air；力量 of units: car, truck, ambulance, boat, motorbike, foot-team；设施 of facilities: hospital,
fire-station, police-station, shelter, pump-station, school, rail-station, government；其他类别写入 kinds.yaml, others in kinds.yaml.
`;

const CAMERAS = `# 摄像机 · Cameras

    ${schemaLine('city', 1)}
    crs: gcj02
    cameras:
      - { id: CAM-901, name: { zh: 东门, en: East Gate }, lon: 121.5, lat: 31.2,
          bearing: 90, fov: 60, range: 150,       # 朝东、视角 60°、可视 150 米；省略为环视 looks east, 60° wide, 150 m far; all around when left out
          source: "rtsp://user:password@10.1.2.3/Streaming/Channels/101",
          sub: "rtsp://user:password@10.1.2.3/Streaming/Channels/102" }   # 较小的码流，可省略 its smaller stream, where it has one

国标设备 cameras that register with the hall by GB/T 28181: gb28181.yaml，见产品的 see the product's docs/protocols/gb28181.md。
地址 addresses: rtsp, rtsps, rtp, udp, tcp, http, https。口令按原样保存在文件中，只有运行大厅的用户可读；界面与日志均不显示。
Passwords stand in these files as they are, which only the hall's user can read; the hall shows and logs none of them.
`;

const FEEDS = `# 数据源 · Departments' systems

每个系统一个文件。One file a system. Protocols 协议: HJ 212 (hj212), SL 651 (sl651), GB/T 26875.3 (gb26875), JT/T 808 (jt808), AIS (ais), CoT/TAK (cot), MQTT (mqtt), Modbus TCP (modbus),
JSON over HTTP (http-json 来源推送 posted, http-poll 大厅轮询 asked for), WebSocket (ws-json), 来电与上报 calls and reports (calls 来源推送 posted, open311 大厅轮询 asked for), 放入文件夹的文件 dropped files (folder), 回放录制 recordings (replay).

    ${schemaLine('feeds', 1)}
    id: hydro
    protocol: sl651
    name: { zh: 水文站, en: Hydrological stations }
    listen: 127.0.0.1:5651
    devices:
      - { device: "0012345678", readings: { "39": WL-901 } }

各项说明见产品的 docs/feeds.md, which tells every member.
`;

const RULES = `# 告警规则 · Alarm rules

YAML 文件，写法见产品的 docs/rules.md；自带规则在 resources/rules。首行 first line: \`${schemaLine('rules', 1)}\`
YAML files, see docs/rules.md of the product. Its own rules are in resources/rules.
`;
const PLANS = `# 预案 · Plans

YAML 文件，写法见产品的 docs/plans.md；自带预案在 resources/plans，编号与版本相同的以此处为准。首行 first line: \`${schemaLine('plans', 1)}\`
YAML files, see docs/plans.md of the product. Its own plans are in resources/plans; one with the same id and version takes its place.
`;
