import type { RunView, TimelineEntry } from '../../../../contract/features/plans.ts';
import type { Decision } from '../../../../contract/schema/basics.ts';
import type { Incident } from '../../../../core/incidents/incident.ts';
import { levelOf } from '../../../../core/incidents/incident.ts';
import type { Conflict } from '../../../../core/ledger/register.ts';
import { own } from '../../../../core/own.ts';
import { actorName, type DepartmentNames, departmentName } from '../../../../core/people/names.ts';
import type { PlanRun } from '../../../../core/plans/run.ts';
import { NUMERAL } from '../../../../core/words.ts';
import { runView } from '../view.ts';
import type { OfDrill } from './drillOf.ts';
import { escapeHtml, page } from './page.ts';
import { departmentTimes, phaseTimes, stepTimes } from './responseTimes.ts';
import { timesIn, zoneName } from './times.ts';
import { duration, type Lang, WORDS } from './words.ts';

/** A file name that says which run it is of. */
export function reportName(run: PlanRun): string {
  return `opshall-${run.plan?.plan ?? 'run'}-${run.id.replace(/[^\w-]/g, '_')}.html`;
}

/** What a report is written with: its words, its times, and names instead of ids. */
function writer(lang: Lang, zone: string, names: DepartmentNames) {
  const words = WORDS[lang];
  const name = lang === 'en' ? ('en' as const) : ('zh' as const);
  const time = timesIn(zone);
  const who = ({ actor, station }: Pick<Decision, 'actor' | 'station'>) =>
    words.at(actorName(actor, names)[name], station.replace(/~\d+$/, ''));
  const took = (ms: number | null) => (ms === null ? '' : duration(ms, lang));
  const department = (id: string) => departmentName(id, names)[name];
  return { words, name, time, who, took, department };
}
type Writer = ReturnType<typeof writer>;

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('');
  return `<table><thead><tr>${cells('th', heads)}</tr></thead><tbody>${body}</tbody></table>`;
}

function phases(view: RunView, entries: readonly TimelineEntry[], openedAt: number | null, write: Writer): string {
  const { words, time, took } = write;
  const times = phaseTimes(view, entries, openedAt);
  const rows = times.map(({ phase, at }, i) => [
    ...[words.phases[phase], time(at)],
    took(i === 0 ? null : at - (times[0]?.at ?? at)),
    took(i === 0 ? null : at - (times[i - 1]?.at ?? at)),
  ]);
  return table([words.phase, words.time, words.sinceFirst, words.sinceLast], rows);
}

function departments(view: RunView, { words, took, department: nameOf }: Writer): string {
  const longest = (ms: number | null) => (ms === null ? '' : words.slowest(took(ms)));
  const rows = departmentTimes(view).map(({ department, counts, acknowledged, started, done }) => [
    nameOf(department),
    words.counts(counts.done, counts.skipped, counts.total),
    ...[longest(acknowledged), longest(started), longest(done)],
  ]);
  return table([words.lane, words.steps, words.acknowledged, words.started, words.finished], rows);
}

function steps(view: RunView, { words, name, time, who, took, department }: Writer): string {
  const after = (at: number | undefined, ms: number | null) =>
    at === undefined ? '' : `${time(at)}${ms === null ? '' : ` · ${took(ms)}`}`;
  const rows = view.steps.map((step) => {
    const times = stepTimes(step);
    return [
      department(step.department), // As in the other tables and at who decided, not as each plan calls its lanes.
      ...[step.title[name], words.states[step.state]],
      step.readyAt === null ? '' : time(step.readyAt),
      after(step.acknowledged?.at, times.acknowledged),
      after(step.started?.at, times.started),
      step.state === 'done' ? after(step.finished?.at, times.done) : '',
      step.finished ? who(step.finished) : '',
      step.units.map((unit) => `${unit.name} · ${time(unit.by.at)}`).join('；'),
    ];
  });
  const heads = [words.lane, words.step, words.state, words.ready, words.acknowledged, words.started, words.finished];
  return table([...heads, words.by, words.units], rows);
}

/** What two stations decided differently: what it is about, each value with who and when, and by which rule one stands. */
function conflictRows(conflicts: readonly Conflict[], view: RunView, { words, name, time, who }: Writer): string {
  const said = conflicts.map(({ field, values, stands, rule }) => {
    const [head = field, ...rest] = field.split('.');
    const step = view.steps.find(({ id }) => id === rest.join('.'));
    const told = (value: string) => {
      const option = step?.options.find(({ id }) => id === value)?.title[name];
      const word = own<string>(words.values, value) ?? own<string>(words.states, value);
      const numeral = head === 'level' ? own<string>(NUMERAL, value) : undefined;
      return option ?? word ?? numeral ?? (head === 'plan' ? words.launched : value);
    };
    const lines = values.map(
      ({ value, by, why }, i) =>
        `${escapeHtml(told(value))}${i === stands ? ` <b>(${words.stands})</b>` : ''} — ${escapeHtml(who(by))} ${time(by.at)}${why ? ` · ${escapeHtml(why)}` : ''}`,
    );
    const what = [own<string>(words.fields, head) ?? head, ...(step ? [step.title[name]] : [])].join(' · ');
    const why = own<string>(words.rules, rule) ?? '';
    return `<tr><td>${escapeHtml(what)}</td><td>${lines.join('<br>')}</td><td>${escapeHtml(why)}</td></tr>`;
  });
  return said.length === 0 ? `<p>${words.none}</p>` : `<table><tbody>${said.join('')}</tbody></table>`;
}

/** The level that stands, with who set it and why where it is not the one of the opening. */
function levelSaid(incident: Incident, { time, who }: Writer): string {
  const { value, by, why } = levelOf(incident);
  return [NUMERAL[value], ...(why ? [time(by.at), who(by), why] : [])].join(' · ');
}

/** The report of one run as a page that needs nothing else: for the file, for printing, for the handover. */
export function runReport(report: {
  run: PlanRun;
  incident: Incident;
  entries: readonly TimelineEntry[];
  lang: Lang;
  station: string;
  /** IANA name of the zone its times are told in. */
  zone: string;
  /** What the hall calls its departments. */
  departments: DepartmentNames;
  madeAt: number;
  /** Null for live work. */
  drill: OfDrill | null;
}): string {
  const { run, incident, entries, lang, station, zone, madeAt, drill } = report;
  const write = writer(lang, zone, report.departments);
  const { words, name, time, who } = write;
  const view = runView(run);
  const known = incident.state !== 'unknown';
  const by = (decision: Decision) => `${time(decision.at)} · ${who(decision)}`;
  const rating = view?.rating ?? null;
  const facts: [string, string][] = [
    [words.incident, incident.title[name]],
    [words.place, incident.place.name[name]],
    [words.level, known ? levelSaid(incident, write) : ''],
    [words.launched, view ? by(view.launched) : ''],
    [words.ended, view?.ended ? by(view.ended) : words.running],
    [words.steps, view ? words.counts(view.done, view.skipped, view.total) : ''],
  ];
  const timeline = entries.map((entry) => [time(entry.at), entry.text[name], who(entry)]);
  const stars = rating && `${'★'.repeat(rating.stars)}${'☆'.repeat(5 - rating.stars)} ${rating.stars}/5`;
  const heading = [...(drill ? [words.drill] : []), view?.name[name] ?? ''].join(' · ');
  const drillName = drill?.name?.[name] ?? '';
  const band = drill && [words.drill, drillName, words.drillMeans].filter((part) => part !== '').join(' · ');
  const title = [...(drill ? [words.drill, drillName] : []), view?.name[name] ?? words.title];
  const body = `<h1>${escapeHtml(heading)}</h1>
<p class="sub">${words.title} · ${escapeHtml(station)} · ${words.made} ${time(madeAt)}<br>${escapeHtml(words.zone(zoneName(zone, lang, madeAt)))}</p>
<dl>${facts.map(([k, v]) => `<dt>${k}</dt><dd>${escapeHtml(v)}</dd>`).join('')}</dl>
<h2>${words.response}</h2>
${view ? phases(view, entries, known ? incident.openedAt : null, write) : ''}
<h2>${words.departments}</h2>
${view ? departments(view, write) : ''}
<h2>${words.steps}</h2>
${view ? steps(view, write) : ''}
<h2>${words.conflicts}</h2>
${view ? conflictRows([...run.conflicts, ...incident.conflicts], view, write) : ''}
<h2>${words.timeline}</h2>
${table([words.time, words.what, words.by], timeline)}
<h2>${words.rating}</h2>
${rating ? `<p>${stars} · ${escapeHtml(by(rating.by))}</p><p>${escapeHtml(rating.words)}</p>` : `<p>${words.none}</p>`}`;
  return page(title.filter((part) => part !== '').join(' · '), lang, body, band);
}
