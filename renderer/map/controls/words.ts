import { useTranslation } from 'react-i18next';

/** A unit's department as the legend and the tooltip name it: from the city's list, else the code itself. */
export type DepartmentNames = ReadonlyMap<string, { zh: string; en: string }>;

export function useDepartmentName(names: DepartmentNames): (department: string) => string {
  const { i18n } = useTranslation();
  return (department) => {
    const name = names.get(department);
    return (i18n.language === 'en' ? name?.en : name?.zh) ?? department;
  };
}
