import { IconFlagPlus, IconMapPin } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Level } from '../../../contract/schema/basics.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { useDrafts } from '../../desk/DraftsProvider.tsx';
import type { OverDetailProps } from '../../desk/feature.ts';
import type { Subject } from '../../desk/subject.ts';
import { isComposing } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { AlreadyOpen } from './AlreadyOpen.tsx';
import { Field } from './Field.tsx';
import { type Fault, textFaults, whatStops } from './faults.ts';
import { NearestUnits } from './NearestUnits.tsx';
import styles from './NewIncident.module.css';
import { type Field as FieldName, keysOf, type OpenForm } from './newForms.ts';
import { PlaceField } from './PlaceField.tsx';
import { placeOf } from './placeOf.ts';
import { pointText, typedPoint } from './typedPoint.ts';
import { useCityBounds } from './useCityBounds.ts';
import { useNewForms, useOpenForm } from './useNewForms.ts';
import { useKinds } from './words.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** An incident that no alarm told of, in place of the detail until it is opened or left; what was written stays. */
export function NewOverDetail({ subject, children }: OverDetailProps) {
  const open = useOpenForm();
  return open === null ? children : <NewIncident key={open.form} subject={subject} open={open} />;
}

function NewIncident({ subject, open }: { subject: Subject; open: OpenForm }) {
  const { t, i18n } = useTranslation();
  const desk = useDeskStore();
  const drafts = useDrafts();
  const kinds = useKinds();
  const { act, busy, failure } = useAct({ beside: true });
  const bounds = useCityBounds();
  /** What was wrong when it was sent, and the coordinates that were asked about: the same are taken when it is sent again. */
  const [sent, setSent] = useState<Fault | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const first = useRef<HTMLSelectElement>(null);
  const whole = useRef<HTMLFormElement>(null);
  const forms = useNewForms();
  const { form, call, said, told } = open;
  const texts = useMemo(() => textFaults(told), [told]);
  const write = (field: FieldName, text: string) => {
    if (sent?.field === field) setSent(null);
    forms.write(open, field, text);
  };
  const faultOf = (field: FieldName) => {
    const fault = sent?.field === field ? sent : texts.find((it) => it.field === field);
    return fault ? t(fault.key, { ...fault.words }) : null;
  };
  const leave = () => forms.leave(open);
  const point = typedPoint(told.at);
  const here = placeOf(subject);
  const level = Number(told.level) as Level;

  useEffect(() => {
    const stops = keysOf(form).map((key) => drafts.show(key));
    return () => {
      for (const stop of stops) stop();
    };
  }, [drafts, form]);
  useEffect(() => first.current?.focus(), []);

  const send = async () => {
    const stops = whatStops(told, bounds, asked);
    setSent(stops);
    if (stops !== null || point === null) {
      if (stops?.field === 'at') setAsked(told.at);
      whole.current?.querySelector<HTMLElement>(`[name="${stops?.field}"]`)?.focus();
      return;
    }
    const name = told.place.trim();
    const answer = await act('incidents.openByHand', {
      type: told.kind,
      title: {
        zh: i18n.getFixedT('zh-CN')(`detail:type.${told.kind}`),
        en: i18n.getFixedT('en')(`detail:type.${told.kind}`),
      },
      place: { ...point, name: { zh: name, en: name } },
      level,
      words: told.words.trim(),
      caller: { name: told.caller.trim(), phone: told.phone.trim() },
      ...(call === null ? {} : { call }),
    });
    if (!answer) return;
    forms.done(open);
    desk.getState().select({ kind: 'incident', id: answer.incident, at: point });
  };

  /** What was told belongs to an incident that is open: it is noted there, and no other is opened. */
  const note = async (incident: string) => {
    const who = [told.caller.trim(), told.phone.trim()].filter((part) => part !== '').join(' ');
    const said = [told.words.trim(), told.place.trim(), who].filter((part) => part !== '').join(' · ');
    if (told.words.trim() === '' && who === '') {
      setSent({ field: 'words', key: 'incidents:new.words-missing' });
      whole.current?.querySelector<HTMLElement>('[name="words"]')?.focus();
      return;
    }
    const line = t('incidents:new.noted', { words: said });
    if (!(await act('incidents.note', { incident, text: line.slice(0, 2000) }))) return;
    if (call !== null) await act('calls.note', { call });
    forms.done(open);
    desk.getState().select({ kind: 'incident', id: incident, at: null });
  };

  return (
    <form
      ref={whole}
      className={styles.form}
      aria-label={t('incidents:new.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === 'Escape') leave();
        else if (event.key !== 'Enter' || !event.ctrlKey) return;
        // A key that is held down has not been pressed again.
        else if (!event.repeat) void send();
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <h3 className={styles.title}>{t('incidents:new.title')}</h3>
      {call !== null && (
        <p className={styles.hint}>
          {t('incidents:call.answered')} <q>{said}</q>
        </p>
      )}
      <Field label={t('incidents:new.kind')} fault={faultOf('kind')}>
        {(marks) => (
          <select
            {...marks}
            ref={first}
            name="kind"
            className={styles.input}
            value={told.kind}
            onChange={(event) => write('kind', event.currentTarget.value)}
          >
            <option value="">{t('incidents:new.kind-choose')}</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`detail:type.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <fieldset className={styles.levels}>
        <legend>{t('detail:fact.level')}</legend>
        {LEVELS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="level"
              value={each}
              checked={each === level}
              onChange={() => write('level', String(each))}
            />
            {t(`common:level.name.${each}`)}
          </label>
        ))}
      </fieldset>
      <PlaceField
        label={t('incidents:new.place')}
        fault={faultOf('place')}
        value={told.place}
        onWrite={(name) => write('place', name)}
        onChoose={(place, name) => {
          write('place', name);
          write('at', pointText(place));
        }}
      />
      <Field label={t('incidents:new.at')} fault={faultOf('at')}>
        {(marks) => (
          <>
            <input
              {...marks}
              name="at"
              className={styles.input}
              placeholder={t('incidents:new.at-placeholder')}
              value={told.at}
              onChange={(event) => write('at', event.currentTarget.value)}
            />
            <ActionButton
              icon={<IconMapPin />}
              disabled={here === null}
              title={t('incidents:new.at-hint')}
              onClick={() => {
                if (here === null) return;
                write('at', pointText(here));
                if (here.name !== '') write('place', here.name);
              }}
            >
              {t('incidents:new.at-selected')}
            </ActionButton>
          </>
        )}
      </Field>
      {point === null ? (
        <p className={styles.hint}>{t('incidents:new.at-hint')}</p>
      ) : (
        <AlreadyOpen point={point} onNote={(incident) => void note(incident)} />
      )}
      <Field label={t('incidents:new.words')} fault={faultOf('words')}>
        {(marks) => (
          <textarea
            {...marks}
            name="words"
            className={styles.words}
            rows={3}
            value={told.words}
            onChange={(event) => write('words', event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('incidents:new.caller')} fault={faultOf('caller')}>
        {(marks) => (
          <input
            {...marks}
            name="caller"
            className={styles.input}
            value={told.caller}
            onChange={(event) => write('caller', event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('incidents:new.phone')} fault={faultOf('phone')}>
        {(marks) => (
          <input
            {...marks}
            name="phone"
            inputMode="tel"
            className={styles.input}
            value={told.phone}
            onChange={(event) => write('phone', event.currentTarget.value)}
          />
        )}
      </Field>
      {point !== null && <NearestUnits point={point} />}
      {failure !== null && <ErrorNote error={failure} reveal />}
      <div className={styles.buttons}>
        <ActionButton
          primary
          icon={<IconFlagPlus />}
          keys="ctrl+enter"
          busy={busy.has('incidents.openByHand')}
          onClick={() => void send()}
        >
          {t('incidents:action.new')}
        </ActionButton>
        <ActionButton keys="escape" onClick={leave}>
          {t('incidents:new.leave')}
        </ActionButton>
      </div>
    </form>
  );
}
