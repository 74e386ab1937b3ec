import type { Feed, FeedAdd, FeedChange, FeedCustomer, FeedKind, FeedSetting } from '$lib/api';

/** What a person typed into the form of a source. */
export interface Draft {
  kind: string;
  name: string;
  values: Record<string, string>; // secrets too, until they are handed over
  customers: FeedCustomer[];
}

/** The setting that says whose loads live on an account: it has an editor of its own. */
export const customersKey = 'customers';
/** The setting with an account's own codes: it has a table of its own. */
export const codesKey = 'codes';

const apart = [customersKey, codesKey];

/** The fields of the form: what is needed first, as the system names them. */
export const fields = (kind: FeedKind | undefined): FeedSetting[] => {
  const all = (kind?.settings ?? []).filter((s) => !apart.includes(s.key));
  return [...all.filter((s) => s.needed), ...all.filter((s) => !s.needed)];
};

/** Fields that most people leave as they are: what a system names behind its customers and does not need. */
export function rare(kind: FeedKind | undefined): FeedSetting[] {
  const all = kind?.settings ?? [];
  const from = all.findIndex((s) => s.key === customersKey);
  return from < 0 ? [] : all.slice(from).filter((s) => !s.needed && !apart.includes(s.key));
}

/** A form to fill in: empty where it is as shipped, or as the account is. A secret that is kept is never shown: empty keeps it. */
export function draftOf(kind: FeedKind | undefined, feed: Feed | null): Draft {
  const said = new Map(feed?.settings.map((s) => [s.key, s.value]) ?? []);
  const values = Object.fromEntries(fields(kind).map((s) => [s.key, s.secret ? '' : (said.get(s.key) ?? '')]));
  return { kind: kind?.kind ?? '', name: feed?.name ?? '', values, customers: (feed?.customers ?? []).map((c) => ({ ...c })) };
}

/** The first needed field without a value. */
export const lacking = (kind: FeedKind | undefined, draft: Draft, feed: Feed | null): FeedSetting | undefined =>
  fields(kind).find((s) => s.needed && !s.default && !draft.values[s.key]?.trim() && !(s.secret && feed?.settings.some((v) => v.key === s.key && v.kept)));

/** Customers as the desk keeps them: "Acme=BILL_OF_LADING;Borden=ORDER:BT77". */
export const customersText = (list: readonly FeedCustomer[]): string =>
  list
    .filter((c) => c.customer.trim())
    .map((c) => `${c.customer.trim()}${c.idType.trim() || c.billTo.trim() ? `=${c.idType.trim()}` : ''}${c.billTo.trim() ? `:${c.billTo.trim()}` : ''}`)
    .join(';');

const pairs = (kind: FeedKind | undefined, draft: Draft, secret: boolean) => fields(kind).filter((s) => s.secret === secret).map((s) => ({ key: s.key, value: (draft.values[s.key] ?? '').trim() }));

/** What is sent to add an account. */
export function addOf(kind: FeedKind | undefined, draft: Draft): FeedAdd {
  const values = pairs(kind, draft, false).filter((p) => p.value);
  const customers = customersText(draft.customers);
  if (customers) values.push({ key: customersKey, value: customers });
  return { kind: draft.kind, name: draft.name.trim(), values, secrets: pairs(kind, draft, true).filter((p) => p.value) };
}

/** What is sent to change one: every open value as it stands, of the secrets only those typed anew. */
export function changeOf(kind: FeedKind | undefined, draft: Draft): FeedChange {
  const values = [...pairs(kind, draft, false), { key: customersKey, value: customersText(draft.customers) }];
  const secrets = pairs(kind, draft, true).filter((p) => p.value);
  return { values, ...(secrets.length ? { secrets } : {}) };
}

/** What brings an account back to how it stood; its secrets stay as they are now. */
export const backTo = (feed: Feed): FeedChange => ({ enabled: feed.enabled, values: feed.settings.filter((s) => !s.secret).map(({ key, value }) => ({ key, value })) });

const taken: Record<string, readonly string[]> = { project44: ['BILL_OF_LADING', 'ORDER'], macropoint: ['ORDER', 'BILL_OF_LADING', 'PURCHASE_ORDER', 'PRO', 'LOAD_NUMBER'] };

/** The types of number by which a system takes loads, to choose from; others may be typed. */
export const idTypes = (kind: string): readonly string[] => taken[kind] ?? ['BILL_OF_LADING', 'ORDER', 'PURCHASE_ORDER', 'SHIPMENT', 'PRO'];
