import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { useFeatures } from '../FeaturesProvider.tsx';
import { useSubject } from '../useSubject.ts';

/**
 * What features offer to do with what is selected, as buttons.
 *
 * @param props.quiet the detail has something that is to be done before any of these
 */
export function SubjectActions({ quiet = false }: { quiet?: boolean }) {
  const { t } = useTranslation();
  const actions = useFeatures().useSubjectActions(useSubject());
  const first = quiet ? undefined : actions.find((action) => action.first);
  return actions.map((action) => {
    const { id, label, icon: Icon, keys } = action;
    return (
      <ActionButton
        key={id}
        primary={action === first}
        icon={<Icon />}
        onClick={action.run}
        {...(keys === undefined ? {} : { keys })}
      >
        {t(label)}
      </ActionButton>
    );
  });
}
