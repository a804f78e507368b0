import type { ReactNode } from 'react';

import type { AppInfo } from '../../shared/contract/index.ts';
import { CopyableText } from '../ui/CopyableText.tsx';
import { SettingRow } from '../ui/SettingRow.tsx';
import { useTranslation } from '../ui/use-translation.ts';

export function AboutSettings({ info }: { info: AppInfo | null }): ReactNode {
  const { t } = useTranslation('settings');
  if (!info) return <p className="text-muted">{t('waiting')}</p>;
  return (
    <>
      <SettingRow title={t('version')}>
        <span className="text-muted select-text">{info.version}</span>
      </SettingRow>
      <SettingRow title={t('host')}>
        <span className="text-muted">
          {t(info.host === 'desktop' ? 'hostDesktop' : 'hostHeadless')} · {info.platform}
        </span>
      </SettingRow>
      <SettingRow title={t('licence')}>
        <span className="text-muted">{t('licenceText')}</span>
      </SettingRow>
      <SettingRow title={t('dataDirectory')} hint={t('dataHint')}>
        <CopyableText text={info.dataDirectory} />
      </SettingRow>
    </>
  );
}
