/** A handover, in words, as a file has it. */
interface WrittenHandover {
  readonly title: string;
  /** Who handed over to whom, where and when. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly sections: readonly {
    readonly title: string;
    readonly count: number;
    readonly none: string;
    readonly lines: readonly string[];
    /** That there are more; empty where the lines are all. */
    readonly more: string;
  }[];
}

/** What means something in Markdown means itself; a line stays one. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&');
}

/** The handover as Markdown. */
export function handoverMarkdown({ title, facts, sections }: WrittenHandover): string {
  const parts = sections.map((section) => {
    const lines = section.lines.map((line) => `- ${plain(line)}`);
    const body = section.count === 0 ? [section.none] : [...lines, ...(section.more === '' ? [] : ['', section.more])];
    return [`## ${plain(section.title)} (${section.count})`, '', ...body].join('\n');
  });
  const head = facts.map(([label, value]) => `- ${plain(label)}: ${plain(value)}`).join('\n');
  return `${[`# ${plain(title)}`, head, ...parts].join('\n\n')}\n`;
}
