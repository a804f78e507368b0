import type { ReactNode } from 'react';

import { ExportSetting } from './ExportSetting.tsx';
import { ImportSetting } from './ImportSetting.tsx';
import { SnapshotSettings } from './SnapshotSettings.tsx';

/** The person's data as a whole: in, out, and back. */
export function DataSettings({ onPrintAll }: { onPrintAll: () => void }): ReactNode {
  return (
    <div className="flex flex-col gap-6">
      <ImportSetting />
      <ExportSetting onPrintAll={onPrintAll} />
      <SnapshotSettings />
    </div>
  );
}
