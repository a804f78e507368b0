import { createContext, useContext } from 'react';

/** Sends a text as a person's message in the conversation that is open. */
export type AskQuestion = (text: string) => void;

export const AskQuestionContext = createContext<AskQuestion | undefined>(undefined);

/** Undefined where there is no conversation to ask in. */
export const useAskQuestion = (): AskQuestion | undefined => useContext(AskQuestionContext);
