import { ContractError } from '../../../contract/errors.ts';
import type { MethodName } from '../../../contract/index.ts';
import type { Handlers } from '../../../contract/wire/served.ts';
import { decideIncident } from '../../../core/incidents/decide.ts';
import { incidentAggregate } from '../../../core/incidents/incident.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import { Refusal } from '../../../core/refusal.ts';
import { centreOf } from '../../../core/warnings/centre.ts';
import { decideWarning } from '../../../core/warnings/decide.ts';
import type { Said } from '../../../core/warnings/message.ts';
import { incidentOfWarning, warningAggregate } from '../../../core/warnings/warning.ts';
import { decided } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';

type Served = Extract<MethodName, `warnings.${string}`>;

/** Kinds of incident that events of the weather are, by the names that they have in China; others are of no kind that the hall has. */
const TYPES = new Map([
  ['台风', 'typhoon'],
  ...['暴雨', '大风', '雷雨大风'].map((event): [string, string] => [event, 'storm']),
]);

/** Of all that is told of an incident as much as its opening takes. */
const MOST_WORDS = 10_000;

/** A person acknowledges a warning, or makes an incident of it. */
export function warningHandlers(options: {
  domain: Domain;
  newId(): string;
  /** The middle of the city, for a warning that names districts alone; null where the hall has nothing that lies anywhere. */
  middle: LonLat | null;
}): Pick<Handlers, Served> {
  const { domain, newId, middle } = options;
  const warnings = domain.of(warningAggregate);
  const incidents = domain.of(incidentAggregate);
  return {
    async 'warnings.acknowledge'({ warning }, caller) {
      await decided(domain, caller, (actor) => decideWarning(warnings.get(warning), { do: 'acknowledge', actor }));
      return {};
    },
    async 'warnings.openIncident'({ warning: id }, caller) {
      let answer = '';
      await decided(domain, caller, (actor) => {
        const warning = warnings.get(id);
        const { said } = warning;
        if (said === null) throw new ContractError('not-found', `there is no warning ${id}`);
        answer = incidentOfWarning(warning) ?? '';
        if (answer) return [];
        const at = centreOf(said.area) ?? middle;
        if (at === null)
          throw new Refusal('N6', {
            zh: '预警没有给出范围，大厅也没有任何地点；请先导入地图或地点',
            en: 'the warning has no outline and the hall has no place at all; import a map or places first',
          });
        const incident = incidents.get(`incident:${newId()}`);
        answer = incident.id;
        return [
          ...decideWarning(warning, { do: 'acknowledge', actor }),
          ...decideWarning(warning, { do: 'link', incident: incident.id, actor }),
          ...decideIncident(incident, {
            ...{ do: 'open', actor, alarm: null, type: TYPES.get(said.event.zh) ?? 'other', level: said.level },
            title: said.title,
            place: { ...at, name: said.area.name },
            words: wordsOf(said, caller.lang === 'en' ? 'en' : 'zh'),
          }),
        ];
      });
      return { incident: answer };
    },
  };
}

/** What the message says, in the language of whoever opens the incident where it has that, else as it is. */
function wordsOf({ from, text, instruction }: Said, lang: 'zh' | 'en'): string {
  const other = lang === 'zh' ? 'en' : 'zh';
  const words = [from, text, instruction].map((each) => each[lang] || each[other]);
  return words
    .filter((each) => each !== '')
    .join('\n')
    .slice(0, MOST_WORDS);
}
