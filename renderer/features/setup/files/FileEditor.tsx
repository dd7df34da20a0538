import { IconArrowBackUp, IconArrowLeft, IconDeviceFloppy, IconTestPipe } from '@tabler/icons-react';
import { type ReactNode, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormView } from '../../../../contract/features/setupFiles.ts';
import { useDeskStore, useSlice } from '../../../desk/DeskProvider.tsx';
import { useLang } from '../../../i18n/index.ts';
import { useShortcuts } from '../../../keys/KeysProvider.tsx';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { useArrival } from '../import/useArrival.ts';
import { LoadFiles, type Reload, useSure } from '../LoadFiles.tsx';
import { setupDesk, type Written } from '../setupDesk.ts';
import styles from './Files.module.css';
import { FormFields } from './FormFields.tsx';
import { RuleFields } from './RuleFields.tsx';
import { RuleTrialPane } from './RuleTrialPane.tsx';
import { TrialPane } from './TrialPane.tsx';
import { useFeedTrial } from './useFeedTrial.ts';
import { useFileDraft } from './useFileDraft.ts';
import { useRuleTrial } from './useRuleTrial.ts';
import { YamlPane } from './YamlPane.tsx';
import { formText, withItem } from './yamlText.ts';

/** One file of the hall: as a form and as it is written, side by side, with everything that is wrong in it. */
export function FileEditor(props: {
  of: Written;
  forms: readonly FormView[];
  /** Whether the hall can load its files by itself. */
  reloads: boolean;
  reload: Reload;
  onChanged: () => void;
}) {
  const { of, forms, reloads, reload, onChanged } = props;
  const { t } = useTranslation();
  const { text: inLang } = useLang();
  const desk = useDeskStore();
  const heading = useId();
  const { asked, press } = useSure();
  const savedLast = useSlice(setupDesk, ({ saved }) => saved);
  const begun = forms.find(({ id }) => id === of.form);
  const state = useFileDraft(of, begun?.beginning ?? null);
  const { form: draft, ready, written, faults, looking, failure, saving } = state;
  // A feed says itself by which form it is filled in, whatever it was begun with.
  const protocol = useMemo(() => formText(draft.text)?.valueOf(['protocol']), [draft.text]);
  const form = forms.find(({ id }) => id === protocol) ?? begun;
  const wrong = faults?.some(({ severity }) => severity === 'error') ?? true;
  const trial = useFeedTrial();
  const ruleTrial = useRuleTrial();
  const isRules = of.kind === 'rules';
  const saved = savedLast !== null && savedLast === of.file && !written;

  const leave = () => {
    draft.leave();
    desk.getState().setIn(setupDesk, { writes: null, saved: null });
  };
  const save = async () => {
    if (!ready || !written || wrong || saving) return;
    const file = await state.save();
    if (file === null) return;
    desk.getState().setIn(setupDesk, { writes: { kind: of.kind, file, form: '' }, saved: file });
    onChanged();
  };
  const test = () => {
    if (!ready || wrong) return;
    if (isRules) ruleTrial.begin(state.draft, state.refused);
    else if (!trial.beginning) trial.begin(state.draft, state.refused);
  };
  useShortcuts([
    {
      ...{ id: 'setup.back', keys: ['escape'], label: 'setup:files.key-back', scope: 'setup' },
      ...{ whileTyping: true, overControl: true },
      run: () => (trial.underWay ? trial.end() : leave()),
    },
    {
      ...{ id: 'setup.test', keys: ['ctrl+enter'], label: 'setup:trial.key-test', scope: 'setup' },
      ...{ whileTyping: true, overControl: true },
      run: test,
    },
    {
      ...{ id: 'setup.save', keys: ['ctrl+s'], label: 'setup:files.key-save', scope: 'setup' },
      ...{ whileTyping: true, overControl: true },
      run: () => void save(),
    },
  ]);
  return (
    <section className={styles.editor} aria-labelledby={heading}>
      <header className={styles.head}>
        <ActionButton icon={<IconArrowLeft />} keys="escape" onClick={leave}>
          {t('setup:files.back')}
        </ActionButton>
        <Title id={heading} of={of} form={form} />
        {written && (
          <ActionButton icon={<IconArrowBackUp />} onClick={() => press('discard', state.openAgain)}>
            {t(asked === null ? 'setup:files.discard' : 'setup:files.discard-sure')}
          </ActionButton>
        )}
        <ActionButton
          icon={<IconTestPipe />}
          keys="ctrl+enter"
          busy={trial.beginning || ruleTrial.busy}
          disabled={!ready || wrong || looking}
          onClick={test}
        >
          {t('setup:trial.test')}
        </ActionButton>
        <ActionButton
          primary={written && !wrong}
          icon={<IconDeviceFloppy />}
          keys="ctrl+s"
          busy={saving}
          disabled={!ready || !written || wrong || looking}
          onClick={() => void save()}
        >
          {t('setup:files.save')}
        </ActionButton>
      </header>
      {form && <p className={styles.quiet}>{inLang(form.what)}</p>}
      {failure !== null && <ErrorNote error={failure} {...(ready ? {} : { onRetry: state.openAgain })} reveal />}
      {saved && <Saved file={`${of.kind}/${of.file}`}>{reloads && <LoadFiles reload={reload} primary />}</Saved>}
      {reload.failure !== null && <ErrorNote error={reload.failure} reveal />}
      {ready ? (
        <div className={styles.panes}>
          {isRules ? (
            <RuleFields
              text={draft.text}
              faults={faults ?? []}
              tried={ruleTrial.tried?.view ?? null}
              onWrite={draft.write}
            />
          ) : (
            form && (
              <FormFields
                form={form}
                text={draft.text}
                given={state.given}
                faults={faults ?? []}
                onWrite={draft.write}
              />
            )
          )}
          <div className={styles.beside}>
            {isRules && <RuleTrialPane trial={ruleTrial} text={draft.text} />}
            {trial.failure !== null && <ErrorNote error={trial.failure} reveal />}
            {trial.view && (
              <TrialPane
                key={trial.view.startedAt}
                view={trial.view}
                onEnd={trial.end}
                onAdd={(device) => draft.write(withItem(draft.text, ['devices'], device.replace(/^- /, '')))}
              />
            )}
            <YamlPane text={draft.text} faults={faults} looking={looking} onWrite={draft.write} />
          </div>
        </div>
      ) : (
        failure === null && <p className={styles.quiet}>{t('common:loading')}</p>
      )}
    </section>
  );
}

function Title({ id, of, form }: { id: string; of: Written; form: FormView | undefined }) {
  const { t } = useTranslation();
  const { text: inLang } = useLang();
  // In answer to the button that opened it, which is gone.
  const heading = useArrival<HTMLHeadingElement>();
  return (
    <h3 id={id} ref={heading} tabIndex={-1}>
      {of.file === null ? t('setup:files.new', { form: form ? inLang(form.name) : '' }) : `${of.kind}/${of.file}`}
      {of.file !== null && form && <span className={styles.quiet}> {inLang(form.name)}</span>}
    </h3>
  );
}

function Saved({ file, children }: { file: string; children: ReactNode }) {
  const { t } = useTranslation();
  const said = useArrival<HTMLParagraphElement>();
  return (
    <div className={styles.saved}>
      <p ref={said} role="status" tabIndex={-1}>
        {t('setup:files.saved', { file })}
      </p>
      {children}
    </div>
  );
}
