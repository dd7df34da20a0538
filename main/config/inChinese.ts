import type { z } from 'zod';

type ZodIssue = z.core.$ZodIssue;

/** What is wrong with a file and what to do about it, in Chinese: sentences without a full stop. */
export interface InChinese {
  readonly fault: string;
  readonly remedy: string;
}

/** What files of a hall are wrong in, beside what a schema finds. */
export const PLAIN_FAULTS = {
  large: { fault: '文件过大', remedy: '请拆分文件，或删去不属于它的内容' },
  syntax: { fault: '此处不合 YAML 语法', remedy: '请检查此处的缩进、冒号、引号与括号' },
  empty: { fault: '文件是空的', remedy: '请写入内容，或移走文件' },
  aliases: { fault: '引用过多，或引用了没有定义的内容', remedy: '请直接写出内容，不用引用' },
  deep: { fault: '嵌套层次过深', remedy: '请减少层次' },
  twice: { fault: '此项写了两次', remedy: '请只保留一处' },
  missing: { fault: '没有这个文件或文件夹', remedy: '请改正名称，或把它放到此处' },
  kind: { fault: '不是普通文件', remedy: '请在此处放一个普通文件' },
  rights: { fault: '没有读取权限', remedy: '请允许运行大厅服务的用户读取' },
  disk: { fault: '无法读取', remedy: '请检查磁盘与文件，必要时用备份恢复' },
  encoding: { fault: '文件不是 UTF-8 编码的文本', remedy: '请用 UTF-8 编码另存' },
  unread: { fault: '不会被读取：不是以 .yaml 或 .yml 结尾的文件', remedy: '请改名或移走' },
  folder: { fault: '文件夹无法使用', remedy: '请在此处放一个文件夹，并允许运行大厅服务的用户读取' },
  many: { fault: '文件过多，其余未读取', remedy: '请移走不用的文件' },
} as const satisfies Record<string, InChinese>;

const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数值',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '一组键与值',
};

/** Of the forms that files are asked for, by what their schemas say in English. */
const FORMS: Readonly<Record<string, string>> = {
  'lower-case letters, digits and hyphens': '小写字母、数字与连字符',
  'small letters, digits and - after a letter': '字母开头的小写字母、数字与连字符',
  'a time such as 90s, 2m or 1h': '时间，例如 90s、2m 或 1h',
  'a time such as 12, 12s or 1m': '时间，例如 12、12s 或 1m',
  'a step, or incident/step': '任务，或“事件/任务”',
  'a text in each language': '不为空的文字',
};

/**
 * What a schema finds wrong, in Chinese. A custom issue brings its sentence along as `params: { zh: '…' }`.
 */
export function faultInChinese(issue: ZodIssue): InChinese {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? { fault: '缺少此项', remedy: '请补上此项' }
        : { fault: '此项的类型不对', remedy: `此处应为${TYPES[issue.expected] ?? '另一种内容'}` };
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `“${key}”`).join('、');
      return { fault: `不认识的项 ${keys}`, remedy: '请删去，或改正拼写' };
    }
    case 'invalid_value':
      return { fault: '此项的值不在允许之列', remedy: `请写其中之一：${issue.values.map(String).join('、')}` };
    case 'too_small':
      return { fault: '此项过小、过短或过少', remedy: `${least(issue.inclusive)} ${issue.minimum}` };
    case 'too_big':
      return { fault: '此项过大、过长或过多', remedy: `${most(issue.inclusive)} ${issue.maximum}` };
    case 'invalid_format':
      return { fault: '此项的格式不对', remedy: `此处应为${FORMS[issue.message] ?? '另一种格式'}` };
    case 'custom': {
      const said: unknown = issue.params?.zh;
      return { fault: typeof said === 'string' ? said : '此处不符合要求', remedy: '请改正此处' };
    }
    default:
      return { fault: '此处不符合要求', remedy: '请改正此处' };
  }
}

function least(inclusive: boolean | undefined): string {
  return inclusive === false ? '应大于' : '不得小于';
}

function most(inclusive: boolean | undefined): string {
  return inclusive === false ? '应小于' : '不得大于';
}
