import { describe, expect, it } from 'vitest';
import type { Feed, FeedKind } from '$lib/api';
import { addOf, backTo, changeOf, customersText, draftOf, fields, lacking, rare } from './told';

const setting = (key: string, more = {}) => ({ key, label: key, help: '', secret: false, needed: false, default: '', choices: [], ...more });
const kind: FeedKind = {
  kind: 'project44', title: 'project44',
  settings: [setting('region', { default: 'na' }), setting('clientId', { needed: true }), setting('clientSecret', { needed: true, secret: true }), setting('customers'), setting('codes'), setting('path')],
};
const feed: Feed = {
  name: 'p44', kind: 'project44', title: 'project44', enabled: true, state: 'ok', reason: '', lastAsked: null, lastAnswered: null, lastNews: null, nextAsk: null, skewSeconds: 0, waiting: 0, parked: 0,
  settings: [{ key: 'clientId', value: 'id1', secret: false, kept: false }, { key: 'clientSecret', value: '', secret: true, kept: true }, { key: 'codes', value: 'row', secret: false, kept: false }],
  customers: [{ customer: 'Acme', idType: 'ORDER', billTo: '' }], progress: null, kept: { bodies: 0, bytes: 0, since: null },
};

describe('the form of a source', () => {
  it('asks for what is needed first; customers and codes have their own places', () => expect(fields(kind).map((f) => f.key)).toEqual(['clientId', 'clientSecret', 'region', 'path']));
  it('starts as shipped', () => expect(draftOf(kind, null).values).toEqual({ clientId: '', clientSecret: '', region: '', path: '' }));
  it('keeps apart what most people leave as it is', () => expect(rare(kind).map((f) => f.key)).toEqual(['path']));
  it('shows an account without its secrets', () => expect(draftOf(kind, feed)).toMatchObject({ name: 'p44', values: { clientId: 'id1', clientSecret: '', region: '', path: '' } }));

  it('tells what it lacks, and takes a kept secret for given', () => {
    expect(lacking(kind, draftOf(kind, null), null)?.key).toBe('clientId');
    const draft = draftOf(kind, null);
    draft.values['clientId'] = 'x';
    expect(lacking(kind, draft, null)?.key).toBe('clientSecret');
    expect(lacking(kind, draftOf(kind, feed), feed)).toBeUndefined();
  });

  it('sends secrets apart, and only those that were typed', () => {
    const draft = draftOf(kind, feed);
    expect(changeOf(kind, draft)).toEqual({ values: [{ key: 'clientId', value: 'id1' }, { key: 'region', value: '' }, { key: 'path', value: '' }, { key: 'customers', value: 'Acme=ORDER' }] });
    draft.values['clientSecret'] = ' s3cret ';
    expect(changeOf(kind, draft).secrets).toEqual([{ key: 'clientSecret', value: 's3cret' }]);
    expect(addOf(kind, draft)).toEqual({ kind: 'project44', name: 'p44', values: [{ key: 'clientId', value: 'id1' }, { key: 'customers', value: 'Acme=ORDER' }], secrets: [{ key: 'clientSecret', value: 's3cret' }] });
  });

  it('goes back to how an account stood without touching its secrets', () =>
    expect(backTo(feed)).toEqual({ enabled: true, values: [{ key: 'clientId', value: 'id1' }, { key: 'codes', value: 'row' }] }));
});

describe('customers', () =>
  it.each([
    [[], ''],
    [[{ customer: ' Acme ', idType: 'BILL_OF_LADING', billTo: '' }], 'Acme=BILL_OF_LADING'],
    [[{ customer: 'Acme', idType: '', billTo: '' }, { customer: 'Borden', idType: 'ORDER', billTo: 'BT77' }], 'Acme;Borden=ORDER:BT77'],
    [[{ customer: 'Borden', idType: '', billTo: 'BT77' }], 'Borden=:BT77'],
    [[{ customer: ' ', idType: 'ORDER', billTo: 'x' }], ''],
  ])('%j', (list, want) => expect(customersText(list)).toBe(want)));
