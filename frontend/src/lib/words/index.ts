import { en } from './en';

/** The words of the screens, in the person's language. English for now; another table of the same shape is another language. */
export const t: typeof en = en;
