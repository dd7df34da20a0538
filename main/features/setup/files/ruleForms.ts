import { join } from 'node:path';
import type { FormView } from '../../../../contract/features/setupFiles.ts';
import { AlarmRules } from '../../../../core/alarms/rules.ts';
import type { Text } from '../../../../core/words.ts';
import { checkYaml } from '../../../config/readYaml.ts';
import { readTextFile, TextFileError } from '../../../config/textFile.ts';
import { yamlFolder } from '../../../config/yamlFolder.ts';

const BEGINNING: Text = {
  zh: `rules:
  - rule: my-rule                                   # 小写字母、数字与 -
    name: { zh: 水位过高, en: High water level }
    sensor: { kind: water-level }                   # 只看几个传感器时加 ids: [WL-901]
    levels:
      - { level: 4, raise: 2.5, clear: 2.3, for: 60 }
`,
  en: `rules:
  - rule: my-rule                                   # small letters, digits and -
    name: { zh: 水位过高, en: High water level }
    sensor: { kind: water-level }                   # for some sensors alone add ids: [WL-901]
    levels:
      - { level: 4, raise: 2.5, clear: 2.3, for: 60 }
`,
};

/** How files of rules are begun: anew, or as the product has its own, which a rule of the same id stands in for. */
export function ruleForms(resources: string): FormView[] {
  const ofProduct = yamlFolder(join(resources, 'rules'), 'be-missing').files.flatMap((file): FormView[] => {
    const text = textOf(file);
    const checked = checkYaml(text, AlarmRules);
    if (!checked.ok) return [];
    const names = checked.value.rules.map(({ name }) => name);
    const ids = checked.value.rules.map(({ rule }) => rule).join(', ');
    return [
      {
        id: checked.value.rules[0]?.rule ?? file,
        name: { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') },
        what: {
          zh: `从产品自带的规则 ${ids} 开始：保存后代替它`,
          en: `Begin with the product's own ${ids}: once saved it stands in for that`,
        },
        ...{ fields: [], beginning: { zh: text, en: text } },
      },
    ];
  });
  return [
    {
      id: 'blank',
      name: { zh: '新的规则', en: 'A new rule' },
      what: {
        zh: '为一类传感器、力量或几条规则写出各等级的阈值',
        en: 'Thresholds of each level for sensors, units or several rules',
      },
      ...{ fields: [], beginning: BEGINNING },
    },
    ...ofProduct,
  ];
}

function textOf(file: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    if (error instanceof TextFileError) return '';
    throw error;
  }
}
