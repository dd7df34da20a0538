import type { Random } from './random.ts';
import type { Zone } from './zones.ts';

export interface Name {
  readonly zh: string;
  readonly en: string;
}

const words = (list: string): Name[] =>
  list.split(' ').map((word) => {
    const [zh = '', en = ''] = word.split('=');
    return { zh, en };
  });

const COMMON = words(
  '建设=Jianshe 文化=Wenhua 和平=Heping 新华=Xinhua 东风=Dongfeng 长江=Changjiang 黄河=Huanghe 友谊=Youyi 团结=Tuanjie 振兴=Zhenxing 光明=Guangming 幸福=Xingfu 青年=Qingnian 学院=Xueyuan 体育场=Tiyuchang 健康=Jiankang 朝阳=Chaoyang 凤凰=Fenghuang 龙山=Longshan 金山=Jinshan 银河=Yinhe 玉泉=Yuquan 松江=Songjiang 柳林=Liulin 桃源=Taoyuan 梅园=Meiyuan 兰亭=Lanting 竹溪=Zhuxi 菊园=Juyuan 云湖=Yunhu 月湖=Yuehu 镜湖=Jinghu 星光=Xingguang 春晖=Chunhui 夏荷=Xiahe 秋实=Qiushi 永安=Yongan 长兴=Changxing 安康=Ankang 泰和=Taihe 嘉和=Jiahe 宁远=Ningyuan 平湖=Pinghu 清泉=Qingquan 甬江=Yongjiang 丹城=Dancheng 象山=Xiangshan 天童=Tiantong 丹霞=Danxia 雁荡=Yandang 天目=Tianmu 会稽=Kuaiji 括苍=Kuocang 四明=Siming 普陀=Putuo 舟山=Zhoushan 杭州=Hangzhou 绍兴=Shaoxing 台州=Taizhou 温州=Wenzhou 嘉兴=Jiaxing 湖州=Huzhou 金华=Jinhua 衢州=Quzhou 丽水=Lishui 福建=Fujian 南京=Nanjing 苏州=Suzhou 青岛=Qingdao 大连=Dalian 厦门=Xiamen 珠海=Zhuhai 泉州=Quanzhou 广济=Guangji 惠民=Huimin 崇文=Chongwen 尚德=Shangde 明德=Mingde 致远=Zhiyuan 弘毅=Hongyi 思源=Siyuan 百丈=Baizhang 中兴=Zhongxing 沧海=Canghai 兴宁=Xingning 江东=Jiangdong 通途=Tongtu 环湖=Huanhu',
);
const OLD = words(
  '鼓楼=Gulou 城隍庙=Chenghuangmiao 县前=Xianqian 府桥=Fuqiao 孝闻=Xiaowen 药行=Yaohang 车轿=Chejiao 开明=Kaiming 咸塘=Xiantang 竹行=Zhuhang 鱼市=Yushi 米行=Mihang 盐仓=Yancang 水巷=Shuixiang 井头=Jingtou 马弄=Manong 石板=Shiban 牌楼=Pailou 文昌=Wenchang 关帝=Guandi 天后宫=Tianhougong 书院=Shuyuan 状元=Zhuangyuan 进士=Jinshi 仓桥=Cangqiao 永寿=Yongshou 莲花=Lianhua 大庙=Damiao 小梁=Xiaoliang 醋坊=Cufang 染坊=Ranfang 打铁=Datie 灯笼=Denglong 绣衣=Xiuyi 紫薇=Ziwei 桂井=Guijing 双井=Shuangjing 念书=Nianshu 月洞=Yuedong 呼童=Hutong 庆丰=Qingfeng 白衣=Baiyi 碶桥=Qiqiao 后河=Houhe 西殿=Xidian 东渡=Dongdu 横河=Henghe 纱帽=Shamao 佛前=Foqian 郎官=Langguan',
);
const SEA = words(
  '海晏=Haiyan 海宁=Haining 海棠=Haitang 观海=Guanhai 听潮=Tingchao 望潮=Wangchao 碧海=Bihai 蓝湾=Lanwan 银滩=Yintan 白沙=Baisha 金沙=Jinsha 渔港=Yugang 帆影=Fanying 灯塔=Dengta 鸥鹭=Oulu 珊瑚=Shanhu 海虹=Haihong 海天=Haitian 海源=Haiyuan 海润=Hairun 明州=Mingzhou 启航=Qihang 远航=Yuanhang 扬帆=Yangfan 星海=Xinghai 会展=Huizhan 商务=Shangwu 科创=Kechuang 文澜=Wenlan 云帆=Yunfan',
);
const WORK = words(
  '兴业=Xingye 创业=Chuangye 创新=Chuangxin 科技=Keji 宏达=Hongda 鼎盛=Dingsheng 振业=Zhenye 腾飞=Tengfei 信息=Xinxi 物流=Wuliu 船厂=Chuanchang 冷链=Lenglian 机电=Jidian 模具=Moju 纺织=Fangzhi 钢城=Gangcheng 电厂=Dianchang 石化=Shihua 海通=Haitong 通港=Tonggang 保税=Baoshui 码头=Matou 集运=Jiyun 新材=Xincai 智造=Zhizao 光电=Guangdian',
);
const COUNTRY = words(
  '王家=Wangjia 陈家=Chenjia 林家=Linjia 石浦=Shipu 塘头=Tangtou 上岙=Shangao 下沈=Xiashen 墙头=Qiangtou 茅洋=Maoyang 西周=Xizhou 岭下=Lingxia 山前=Shanqian 大塘=Datang 樟树=Zhangshu 湖边=Hubian 前洋=Qianyang',
);

const STEMS: Record<Zone, readonly Name[]> = {
  oldtown: OLD,
  core: [...COMMON, ...SEA],
  newtown: [...SEA, ...COMMON],
  residential: COMMON,
  industry: WORK,
  harbour: [...WORK, ...SEA],
  village: COUNTRY,
  rural: COUNTRY,
};

/** Gives every street a name that no other street has, fit for its part of the city, its class and its direction. */
export function streetNamer(random: Random): (zone: Zone, main: boolean, eastWest: boolean, half: 0 | 1) => Name {
  const used = new Set<string>([
    '滨海大道',
    '人民路',
    '中山路',
    '解放路',
    '环城路',
    '滨河路',
    '滨河南路',
    '海滨路',
    '西山路',
    '北屏路',
    '南塘路',
    '东岬路',
    '茅洋路',
  ]);
  return (zone, main, eastWest, half) => {
    const stems = random.shuffle(STEMS[zone]);
    const side: Name = eastWest
      ? half
        ? { zh: '东', en: 'East ' }
        : { zh: '西', en: 'West ' }
      : half
        ? { zh: '北', en: 'North ' }
        : { zh: '南', en: 'South ' };
    const plain: Name = { zh: '', en: '' };
    const road: Name = { zh: '路', en: 'Road' };
    const street: Name = { zh: '街', en: 'Street' };
    const lane: Name = { zh: '巷', en: 'Lane' };
    const alley: Name = { zh: '弄', en: 'Alley' };
    const order = ['一', '二', '三', '四', '五', '六', '七', '八', '九'].map((zh, i) => ({
      zh,
      en: `${i + 1}${['st', 'nd', 'rd'][i] ?? 'th'} `,
    }));
    const endings: [Name, Name][] =
      zone === 'oldtown' && !main
        ? [
            [plain, lane],
            [plain, street],
            [plain, alley],
            [side, lane],
            [side, street],
          ]
        : main
          ? [
              [plain, road],
              [side, road],
            ]
          : [
              [plain, street],
              [plain, road],
              [side, road],
              [side, street],
              ...order.map((o): [Name, Name] => [o, road]),
              ...order.map((o): [Name, Name] => [o, street]),
            ];
    for (const [middle, end] of endings) {
      for (const stem of stems) {
        const zh = `${stem.zh}${middle.zh}${end.zh}`;
        if (used.has(zh)) continue;
        used.add(zh);
        return { zh, en: `${stem.en} ${middle.en}${end.en}` };
      }
    }
    throw new Error(`No street name is left in zone ${zone}; add words to names.ts.`);
  };
}

/** The eight streets (街道) of the county with seven or eight communities (社区) each, and where the street office stands. */
export const STREET_OFFICES: readonly {
  readonly name: Name;
  readonly at: readonly [number, number];
  readonly communities: readonly Name[];
}[] = [
  {
    name: { zh: '鼓楼街道', en: 'Gulou Subdistrict' },
    at: [5900, 5500],
    communities: words(
      '鼓楼=Gulou 城隍庙=Chenghuangmiao 县前=Xianqian 天后宫=Tianhougong 文昌=Wenchang 西河=Xihe 东门=Dongmen 北门=Beimen',
    ),
  },
  {
    name: { zh: '滨海街道', en: 'Binhai Subdistrict' },
    at: [9300, 6900],
    communities: words(
      '海晏=Haiyan 观海=Guanhai 听潮=Tingchao 蓝湾=Lanwan 碧海=Bihai 银滩=Yintan 帆影=Fanying 灯塔=Dengta',
    ),
  },
  {
    name: { zh: '新城街道', en: 'Xincheng Subdistrict' },
    at: [7600, 8800],
    communities: words('明德=Mingde 致远=Zhiyuan 云湖=Yunhu 科创=Kechuang 会展=Huizhan 文澜=Wenlan 学院=Xueyuan'),
  },
  {
    name: { zh: '澜西街道', en: 'Lanxi Subdistrict' },
    at: [3600, 7200],
    communities: words(
      '车站=Chezhan 朝阳=Chaoyang 镜湖=Jinghu 桃源=Taoyuan 龙山=Longshan 永安=Yongan 铁路新村=Tieluxincun',
    ),
  },
  {
    name: { zh: '江南街道', en: 'Jiangnan Subdistrict' },
    at: [6300, 3200],
    communities: words(
      '滨江=Binjiang 解放=Jiefang 春晖=Chunhui 泰和=Taihe 百丈=Baizhang 江东=Jiangdong 嘉和=Jiahe 友谊=Youyi',
    ),
  },
  {
    name: { zh: '港口街道', en: 'Gangkou Subdistrict' },
    at: [10300, 2700],
    communities: words('渔港=Yugang 码头=Matou 通港=Tonggang 石浦=Shipu 东岙=Dongao 海通=Haitong 船厂=Chuanchang'),
  },
  {
    name: { zh: '工业园街道', en: 'Gongyeyuan Subdistrict' },
    at: [4600, 1300],
    communities: words('兴业=Xingye 创新=Chuangxin 宏达=Hongda 机电=Jidian 南塘=Nantang 前洋=Qianyang 智造=Zhizao'),
  },
  {
    name: { zh: '西山街道', en: 'Xishan Subdistrict' },
    at: [1100, 5100],
    communities: words(
      '西山=Xishan 王家=Wangjia 塘头=Tangtou 上岙=Shangao 茅洋=Maoyang 岭下=Lingxia 大塘=Datang 湖边=Hubian',
    ),
  },
];
