import type { Text } from '../words.ts';

/**
 * Every right there is, with what it lets somebody do, in words that follow 无权 and “may not”. A method, topic or stream of the
 * contract names one of them.
 */
export const RIGHTS = {
  'hall.see': { zh: '查看大厅状态', en: 'see the state of the hall' },
  'situation.see': { zh: '查看态势', en: 'see the situation' },
  'cameras.see': { zh: '查看视频', en: 'see cameras' },
  'cameras.steer': { zh: '操作云台', en: 'steer cameras' },
  'runs.report': { zh: '导出执行报告', en: 'make reports' },
  'refusals.see': { zh: '查看被拒内容', en: 'see what was refused' },
  'refusals.act': { zh: '处置被拒内容', en: 'put through again or drop what was refused' },
  'ledger.verify': { zh: '核对账本', en: 'verify the ledger' },
  'seat.use': { zh: '使用席位', en: 'use a seat' },
  'alarms.acknowledge': { zh: '确认告警', en: 'acknowledge alarms' },
  'alarms.shelve': { zh: '搁置告警', en: 'shelve alarms' },
  'warnings.acknowledge': { zh: '确认预警', en: 'acknowledge warnings' },
  'incidents.open': { zh: '建立事件', en: 'open incidents' },
  'incidents.level': { zh: '调整事件等级', en: 'set the level of incidents' },
  'incidents.note': { zh: '记录事件备注', en: 'write notes on incidents' },
  'incidents.close': { zh: '结束事件', en: 'close incidents' },
  'plans.launch': { zh: '启动预案', en: 'launch plans' },
  'steps.act': { zh: '执行任务', en: 'act on steps' },
  'runs.end': { zh: '结束、恢复和评价预案执行', en: 'end, reopen and rate plan runs' },
  'shifts.hand-over': { zh: '交接班', en: 'hand over the shift' },
  'conflicts.mark': { zh: '标记冲突已阅', en: 'mark conflicts as seen' },
  'walls.show': { zh: '推送大屏', en: 'push to walls' },
  'windows.open': { zh: '打开窗口', en: 'open windows' },
  'windows.report': { zh: '报告已打开的窗口', en: 'report which windows stand open' },
  'station.operate': { zh: '操作本站', en: 'operate the station' },
  'hall.set-up': { zh: '配置大厅', en: 'set up the hall' },
  'drill.run': { zh: '控制演练', en: 'run the drill' },
} as const satisfies Record<string, Text>;

export type Right = keyof typeof RIGHTS;
