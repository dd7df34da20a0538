import { cellText } from './cellText.ts';

/** What columns are usually called, in Chinese and English: the likeliest first, as {@link plainColumn} makes them. */
const named = (text: string): readonly string[] => text.trim().split(/\s+/);

export const KIND_NAMES = named(`
  类型 类别 种类 设备类型 站点类型 站类 测站类型 监测类型 监测项目 监测要素 传感器类型 设施类型 设施类别 车辆类型
  车型 力量类型 单位类型 kind type category class
`);
export const NAME_NAMES = named(`
  名称 站名 测站名称 站点名称 站点 测站 设备名称 监控点名称 监控名称 摄像机名称 点位名称 点位 设施名称 场所名称
  医院名称 学校名称 部门名称 机构名称 地名 地点名称 姓名 name title stnm
`);
export const DEPARTMENT_NAMES = named(`
  部门 所属部门 主管部门 责任部门 管理部门 权属单位 所属单位 管理单位 主管单位 责任单位 产权单位 运维单位 使用单位
  归口单位 所属机构 单位 单位名称 department dept owner organization org
`);

export const ID_NAMES = named(`
  编号 编码 代码 站码 测站编码 测站代码 站点编码 站点编号 站号 设备编号 设备编码 设备id 监测站编码 测点编号
  测点编码 点位编号 点位编码 监控点编号 摄像机编号 国标编码 设备国标编码 标识码 统一编码 车辆编号 部门编号
  部门编码 单位编码 机构编码 设施编号 设施编码 部件标识码 部件编号 部件编码 id code stcd deviceid sensorid stationid
`);
export const PLATE_NAMES = named('车牌号 车牌号码 车牌 号牌');
export const ENGLISH_NAMES = named('英文名称 英文名 英文 nameen enname englishname english');
export const LON_NAMES = named('经度 东经 lng lon long longitude 东坐标 easting x x坐标 横坐标 pointx');
export const LAT_NAMES = named('纬度 北纬 lat latitude 北坐标 northing y y坐标 纵坐标 pointy');
export const LONLAT_NAMES = named('经纬度 坐标 经纬度坐标 lonlat lnglat coordinates');
/** In geodesy X is north, in programs it is east: which it is shows from the values. */
export const EITHER_NAMES = named('x y x坐标 y坐标 横坐标 纵坐标 pointx pointy');

/** A column's name as the lists above have it: without units in brackets, marks of what must be filled, and blanks. */
export const plainColumn = (name: string): string =>
  cellText(name)
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[\s_*:.·-]/g, '');
