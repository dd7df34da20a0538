import { expect, test } from 'vitest';
import { handoverMarkdown } from './markdown.ts';

test('a handover is a page of headings and lists, and nothing that people typed is a heading of its own', () => {
  const page = handoverMarkdown({
    title: '交接班',
    facts: [
      ['交班人', '张伟'],
      ['接班人', '# 李娜'],
    ],
    sections: [
      { title: '未结事件', count: 3, none: '无', lines: ['积水 <b>\n## 假标题'], more: '另有 2 项' },
      { title: '搁置告警', count: 0, none: '无', lines: [], more: '' },
    ],
  });
  expect(page.split('\n')).toEqual([
    ...['# 交接班', '', '- 交班人: 张伟', '- 接班人: \\# 李娜', ''],
    ...['## 未结事件 (3)', '', '- 积水 \\<b\\> \\#\\# 假标题', '', '另有 2 项', ''],
    ...['## 搁置告警 (0)', '', '无', ''],
  ]);
});
