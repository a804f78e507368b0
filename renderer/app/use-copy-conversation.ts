import { fetchBranch } from '../chat/fetch-branch.ts';
import { useClient } from '../rpc/ConnectionProvider.tsx';
import { conversationMarkdown } from '../../shared/model/conversation-markdown.ts';
import { useToast } from '../ui/Toaster.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useTranslation } from '../ui/use-translation.ts';

/** Puts a whole conversation into the clipboard, as Markdown. */
export function useCopyConversation(): (conversationId: string) => void {
  const { t } = useTranslation('app');
  const { t: tChat } = useTranslation('chat');
  const client = useClient();
  const toast = useToast();
  const attempt = useAttempt();
  return (conversationId) =>
    attempt(async () => {
      const branch = await fetchBranch(client.chat, conversationId);
      if (branch === undefined) return;
      const words = { you: tChat('you'), assistant: tChat('assistant') };
      const text = conversationMarkdown(branch.conversation.title, branch.messages, words);
      try {
        await navigator.clipboard.writeText(text);
        toast({ text: t('copiedMarkdown') });
      } catch {
        // The page lost the focus, or is served from another machine without encryption.
        toast({ text: tChat('actions.copyFailed'), tone: 'danger' });
      }
    });
}
