import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { reasonInChinese } from '../../shared/model/reasons-zh.ts';
import { defaultModel } from '../models/models-store.ts';
import { useConnection, useConnectionState } from '../rpc/ConnectionProvider.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import type { Stores } from './stores.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';

interface NoticesProps {
  readonly stores: Stores;
  readonly onAddModel: () => void;
}

/** What the person should know about the whole app; the most urgent first. */
export function Notices({ stores, onAddModel }: NoticesProps): ReactNode {
  const { t } = useTranslation('app');
  const { t: tUi } = useTranslation('ui');
  const connection = useConnection();
  const lost = useLostConnection();
  const list = useStore(stores.models, (state) => state.list);
  const use = useStore(stores.models, (state) => state.use);
  const attempt = useAttempt();
  const engine = useStore(stores.status, (state) => state.status?.engine);
  const [dismissedCrashes, setDismissedCrashes] = useState(0);
  const [slownessKnown, setSlownessKnown] = useState(false);
  const meaningProblem = useStore(stores.status, (state) => state.status?.meaningProblem);
  const [knownProblem, setKnownProblem] = useState<string>();
  const language = useLanguage();
  const inWords = (reason: string): string => (language === 'zh' ? reasonInChinese(reason) : reason);
  const model = defaultModel(list);
  const addModel = <Button onClick={onAddModel}>{t('addModel')}</Button>;

  if (lost) {
    return (
      <Banner tone="warning" actions={<Button onClick={() => connection.retryNow()}>{t('tryNow')}</Button>}>
        {t('offline')} <span className="text-muted">{t('offlineHint')}</span>
      </Banner>
    );
  }
  return (
    <>
      {engine?.kind === 'crashed' && !engine.returning && engine.crashes > dismissedCrashes ? (
        <Banner
          tone="danger"
          actions={
            <Button tone="quiet" onClick={() => setDismissedCrashes(engine.crashes)}>
              {tUi('dismiss')}
            </Button>
          }
        >
          {t('engineCrashed', { reason: inWords(engine.reason), context: engine.cause ?? '' })}
        </Banner>
      ) : null}
      {engine?.kind === 'ready' && engine.careful && !slownessKnown ? (
        <Banner
          tone="info"
          actions={
            <Button tone="quiet" onClick={() => setSlownessKnown(true)}>
              {tUi('dismiss')}
            </Button>
          }
        >
          {t('engineCareful')}
        </Banner>
      ) : null}
      {meaningProblem !== undefined && meaningProblem !== knownProblem ? (
        <Banner
          tone="warning"
          actions={
            <Button tone="quiet" onClick={() => setKnownProblem(meaningProblem)}>
              {tUi('dismiss')}
            </Button>
          }
        >
          {t('meaningProblem', { reason: meaningProblem })}
        </Banner>
      ) : null}
      {model?.state.kind === 'quarantined' ? (
        <Banner tone="danger" actions={<Button onClick={() => attempt(() => use(model.id))}>{t('tryAgain')}</Button>}>
          {t('modelQuarantined', {
            name: model.name,
            crashes: model.state.crashes,
            reason: inWords(model.state.reason),
          })}
        </Banner>
      ) : null}
      {list && !model ? (
        <Banner tone="warning" actions={addModel}>
          {t('noModel')}
        </Banner>
      ) : null}
      {model?.placeholder ? (
        <Banner tone="info" actions={addModel}>
          {t('placeholderModel')}
        </Banner>
      ) : null}
    </>
  );
}

const patienceMs = 700;

/** True once the line has been down for a moment; a short break is nobody's business. */
function useLostConnection(): boolean {
  const online = useConnectionState() === 'online';
  const [lost, setLost] = useState(false);
  useEffect(() => {
    if (online) {
      setLost(false);
      return undefined;
    }
    const timer = setTimeout(() => setLost(true), patienceMs);
    return () => clearTimeout(timer);
  }, [online]);
  return lost && !online;
}
