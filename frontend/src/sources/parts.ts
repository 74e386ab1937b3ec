/** The parts of a source's page, in the order of their digits. */
export const parts = ['health', 'customers', 'calls', 'codes'] as const;
export type Part = (typeof parts)[number];
