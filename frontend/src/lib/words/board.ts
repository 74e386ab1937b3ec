const many = (n: number, one: string, more = `${one}s`) => `${number(n)} ${n === 1 ? one : more}`;
const numbers = new Intl.NumberFormat('en-US');
const number = (n: number) => numbers.format(n);

const flagNames: Record<string, string> = { key_account: 'key account', high_value: 'high value', pinned: 'pinned' };
const flag = (f: string) => flagNames[f] ?? f.replaceAll('_', ' ');
const minutes = (n: number) => (n % 60 ? `${n} min` : `${n / 60} h`);

/** Words of the board: views, columns, choosing and acting on many loads. */
export const boardEn = {
  flag,
  shippedViews: { all: 'All loads', soon: 'Next 4 hours', silent: 'No news', noPOD: 'Delivered without POD', mine: 'My loads', byCustomer: 'By customer', key: 'Key accounts' },
  views: 'Views', view: (name: string) => `View: ${name}`, viewChanged: 'changed', saveView: 'Save as', saveViewOver: 'Save the change', viewName: 'Name of the view', rename: 'Rename', viewNew: (name: string) => `Rename ${name}`, viewDelete: (name: string) => `Delete ${name}`, viewUp: (name: string) => `Move ${name} up`, viewDown: (name: string) => `Move ${name} down`,
  viewSaved: (name: string) => `View “${name}” saved.`, viewDropped: (name: string) => `View “${name}” deleted.`, viewBack: (name: string) => `View “${name}” is back.`, ownViews: 'Own', shippedTitle: 'Shipped', noOwnViews: 'None yet. Filter and order the board, then save it here.',
  columnsMenu: 'Columns', columnUp: (name: string) => `Move ${name} to the left`, columnDown: (name: string) => `Move ${name} to the right`, columnsReset: 'As they ship', columnsSay: 'On a column head: Shift+← → sizes, Ctrl+← → moves.', groupBy: 'Group by', groups: { '': 'nothing', customer: 'customer', carrier: 'carrier', state: 'state' }, noName: (what: string) => `no ${what}`,
  within: (n: number) => `due within ${minutes(n)}`, silentFor: (n: number) => `no news for ${minutes(n)}`, ownedBy: (who: string) => (who === 'me' ? 'mine' : `of ${who}`), flagged: (f: string) => flag(f),
  fresh: (fresh: number, moved: number) => [fresh ? `${number(fresh)} new` : '', moved ? `${number(moved)} moved or gone` : ''].filter(Boolean).join(', '), resort: 'Re-sort',
  chosen: (n: number) => `${many(n, 'load')} chosen`, chosenFirst: (n: number, of: number) => `The first ${number(n)} of ${number(of)} loads are chosen: one act touches no more.`, clearChosen: 'Choose none', actsOn: (what: string) => `on ${what}`,
  act: { note: 'Note', owner: 'Owner', flag: 'Flag', pin: 'Pin' }, askFor: { note: 'Note (who told you what)', owner: 'Who works it', flag: 'Flag, such as key account, high value' }, pinned: 'pinned', doIt: 'Do it',
  acted: {
    note: (n: number) => `Note on ${many(n, 'load')}.`, owner: (n: number, who: string) => `${many(n, 'load')} given to ${who}.`, flag: (n: number, f: string) => `${many(n, 'load')} flagged ${f}.`, pin: (n: number) => `${many(n, 'load')} pinned.`, unpin: (n: number) => `${many(n, 'load')} no longer pinned.`,
  },
  pinStays: 'This pin was not set by hand here: it came with the load.', saidAlready: 'That stands already; nothing changed.', tookBack: (n: number) => `${many(n, 'entry', 'entries')} taken back.`,
  becameActNow: (n: number, all: number) => `${many(n, 'load')} more to act on now, ${number(all)} in all.`, becameAtRisk: (n: number, all: number) => `${many(n, 'load')} more at risk, ${number(all)} in all.`,
  due: 'Act by', noRule: 'nothing asks for an act',
  paletteParts: { recent: 'Lately', loads: 'Loads and references', customers: 'Customers', carriers: 'Carriers', acts: 'Screens and acts' }, similar: 'similar number', liveLoads: (n: number) => `${many(n, 'live load')}`,
};
