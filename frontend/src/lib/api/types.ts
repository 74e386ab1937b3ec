// Generated from the Go types by "go run ./app/api/tsgen". Do not edit: a Go test fails when it is stale.
// Times are RFC 3339 strings with an offset.

export type Fact = "customer" | "carrier" | "scac" | "mc" | "dot" | "mode" | "equipment" | "driver" | "reference" | "value_usd" | "temp_range" | "flag" | "owner" | "status" | "tracking" | "gone" | "cancelled" | "note" | "exception" | "reason" | "temperature" | "position" | "document" | "paper" | "tender" | "kind" | "place" | "appointment" | "original" | "arrived" | "departed" | "loaded" | "unloaded" | "picked_up" | "delivered" | "eta" | "pieces" | "pallets" | "weight" | "handled" | "cause" | "party" | "evidence" | "contact" | "promise" | "gap" | "step" | "dismissed" | "money" | "phone" | "email" | "hours" | "closed" | "free_time" | "insurance" | "authority" | "other";

export type FileKind = "loads" | "events" | "facilities" | "carriers" | "x12.204" | "x12.214" | "edifact.iftsta" | "edifact.iftmin" | "epcis" | "dcsa" | "document" | "unknown";

export type Level = "actNow" | "atRisk" | "verify" | "waiting" | "onPlan" | "done";

export type LoadState = "planned" | "dispatched" | "atPickup" | "loaded" | "inTransit" | "atDelivery" | "delivered" | "papersIn" | "verified" | "closed" | "cancelled" | "notUsed" | "onHold" | "";

export type PaperState = "missing" | "received" | "exception" | "verified" | "";

export type RefType = "LOAD" | "BOL" | "PO" | "PRO" | "ORDER" | "PICKUP" | "DELIVERY" | "APPOINTMENT" | "BOOKING" | "CONTAINER" | "P44" | "FOURKITES" | "MACROPOINT" | "TRAILER" | "OTHER";

export type Severity = "watch" | "minor" | "major" | "critical";

export type TrackingState = "pending" | "ready" | "tracking" | "stale" | "hidden" | "denied" | "expired" | "failed" | "lost" | "ended" | "";

/** AlertRules are all stakeholders to alert. */
export interface AlertRules {
  rules: AlertRule[];
  /** inApp, os, mail, sms */
  channels: string[];
}

/** AlertRule is one stakeholder of a customer's loads, or of all. */
export interface AlertRule {
  id: string;
  /** "" all */
  customer: string;
  /** and worse */
  severity: Severity;
  /** the stakeholder's name */
  who: string;
  channel: AlertChannel;
  /** mail address or phone number; "" on this desk's channels */
  address: string;
  /** "22:00"; "" when never quiet. What opens in quiet hours is told at their end */
  quietFrom: string;
  quietTo: string;
  /** of the quiet hours, IANA; needed where there are any */
  zone: string;
  at: string;
  by: string;
}

/** AlertChannel is how a stakeholder is told. */
export type AlertChannel = "inApp" | "os" | "mail" | "sms";

/** AlertChange adds a stakeholder (no ID), changes one, or removes one. */
export interface AlertChange {
  id?: string;
  remove?: boolean;
  customer?: string;
  severity?: Severity;
  who?: string;
  channel?: AlertChannel;
  address?: string;
  quietFrom?: string;
  quietTo?: string;
  zone?: string;
  as?: string;
  now?: string;
}

/** RecentAlerts are the alerts after a number, oldest first. Ask again with Seq. */
export interface RecentAlerts {
  seq: number;
  alerts: Alert[];
}

/** Alert is one exception told to one stakeholder. */
export interface Alert {
  seq: number;
  at: string;
  load: string;
  loadId: string;
  customer: string;
  exception: string;
  kind: string;
  severity: Severity;
  /** "Load 4711: Appointment missed" */
  title: string;
  /** why */
  text: string;
  who: string;
  channel: AlertChannel;
  /** show it through the operating system too */
  os: boolean;
}

/** Archives are all archives written from this desk, newest first. */
export interface Archives {
  archives: Archived[];
}

/** Archived is one archive as it was written and verified. */
export interface Archived {
  at: string;
  by: string;
  /** YYYY-MM-DD: nothing in it was heard or due on that day or later */
  until: string;
  file: string;
  /** SHA-256 */
  digest: string;
  size: number;
  loads: number;
}

/** ArchiveRequest asks for an archive of what ended before a day (UTC). */
export interface ArchiveRequest {
  /** YYYY-MM-DD */
  until: string;
  /** the file to write, a whole path; "" only tells what would go */
  out?: string;
  /** the loads stay in the desk file too */
  keep?: boolean;
  /** loads of which something is left to do go too */
  unsettled?: boolean;
  as?: string;
  now?: string;
}

/** ArchiveDone is what went, or would go. */
export interface ArchiveDone {
  until: string;
  loads: number;
  observations: number;
  positions: number;
  documents: number;
  /** loads of the period that stay, because something is left to do */
  unsettled: number;
  /** "" when nothing was written */
  file: string;
  digest: string;
  size: number;
  /** the loads left the desk file */
  left: boolean;
  /** it reaches into the last three years, which US brokers must keep at hand */
  young: boolean;
}

/** Manifest is what an archive says of itself. */
export interface Manifest {
  /** "tracedesk-archive-1" */
  format: string;
  at: string;
  by: string;
  until: string;
  loads: number;
  observations: number;
  positions: number;
  documents: number;
  files: ArchiveEntry[];
}

/** ArchiveEntry is one file in an archive. */
export interface ArchiveEntry {
  name: string;
  size: number;
  /** SHA-256, hexadecimal */
  digest: string;
}

/** ExportRequest asks for everything of one customer in a file. */
export interface ExportRequest {
  customer: string;
  /** a whole path */
  out: string;
}

/** ExportDone is what was written. */
export interface ExportDone {
  customer: string;
  file: string;
  size: number;
  /** SHA-256 */
  digest: string;
}

/** Row is one line of the board. */
export interface Row {
  /** the load's id, 32 hex digits */
  id: string;
  load: string;
  customer: string;
  carrier: string;
  mode: string;
  state: LoadState;
  tracking: TrackingState;
  attention: Attention;
  refs: Ref[];
  /** "Dallas, TX" of the first pickup */
  origin: string;
  dest: string;
  stops: number;
  nextStop: NextStop | null;
  lastNews: News | null;
  heard: Heard;
  papers: Papers;
  flags: string[];
  /** who of the desk works it */
  owner: string;
  /** a full export no longer lists it */
  gone: boolean;
  /** known to the carrier only */
  oneSided: boolean;
}

/** Attention says how urgent a load is and why. Minutes counts to the point where a person must act; negative is past. */
export interface Attention {
  level: Level;
  minutes: number | null;
  due: string | null;
  why: string;
  rule: string;
}

/** Ref is a reference number of a load. */
export interface Ref {
  type: RefType;
  value: string;
}

/** Window is when a stop may be served. */
export interface Window {
  start: string | null;
  end: string | null;
}

/** NextStop is the stop a load is heading for or standing at. Window is null when unknown. */
export interface NextStop {
  seq: number;
  kind: string;
  place: string;
  /** IANA name */
  zone: string;
  window: Window | null;
  eta: string | null;
  etaBy: string;
  /** "" or "arrived" */
  status: string;
}

/** News is the last thing heard that told something new. */
export interface News {
  at: string;
  source: string;
  text: string;
}

/** Heard is when each road to a load last told something of it; null where it never did. It does not compare with News: a source may say again what is known. */
export interface Heard {
  tms: string | null;
  visibility: string | null;
  carrier: string | null;
  phone: string | null;
}

/** Papers is where proof of pickup and of delivery stand. */
export interface Papers {
  pop: PaperState;
  pod: PaperState;
}

/** Filter chooses rows. Empty fields choose all. */
export interface Filter {
  /** load number, reference, customer, carrier, place */
  text?: string;
  levels?: Level[];
  customers?: string[];
  carriers?: string[];
  states?: LoadState[];
  papers?: PaperFilter[];
  /** only what belongs on the board */
  live?: boolean;
  flags?: string[];
  /** "me" is the desk's person */
  owner?: string;
  /** minutes: the next stop's window ends, or an ETA falls, by then */
  within?: number;
  /** minutes: nothing was heard for so long */
  silent?: number;
}

/** PaperFilter chooses by papers. */
export type PaperFilter = "podMissing" | "podReceived" | "podVerified" | "popMissing";

/** SortKey names the order of a view. */
export type SortKey = "attention" | "load" | "customer" | "carrier" | "lane" | "window" | "news" | "eta" | "state" | "papers";

/** Sort is the order of a view. */
export interface Sort {
  by: SortKey;
  desc?: boolean;
}

/** GroupKey names what a view is grouped by; "" is no grouping. */
export type GroupKey = "" | "customer" | "carrier" | "state";

/** ViewSpec asks for a view. */
export interface ViewSpec {
  filter: Filter;
  sort: Sort;
  group?: GroupKey;
  /** a load's id whose place in the new view is wanted */
  find?: string;
}

/** View is an ordered, counted answer whose order stays until it is opened again. A view may be forgotten after a while: asking for its rows then answers not_found and the screen opens it anew. */
export interface View {
  view: string;
  count: number;
  /** by level, under the same filter without its levels */
  counts: Counts;
  groups: Group[];
  /** place of Find, -1 when it is not in the view */
  found: number;
  seq: number;
  asOf: string;
}

/** Counts is how many loads stand at each level. */
export interface Counts {
  actNow: number;
  atRisk: number;
  verify: number;
  waiting: number;
  onPlan: number;
  done: number;
}

/** Group is a run of rows with one value. */
export interface Group {
  name: string;
  from: number;
  count: number;
}

/** Rows is a piece of a view, in the view's fixed order with the loads' present values. */
export interface Rows {
  view: string;
  from: number;
  count: number;
  /** now */
  counts: Counts;
  /** loads that would enter, leave or move if the view were opened anew */
  pending: number;
  /** those of them that would enter */
  fresh: number;
  seq: number;
  asOf: string;
  rows: Row[];
}

/** Changes names the loads that changed after a sequence number. Resync says that the list no longer reaches back that far, or that so much changed that listing it is no use: everything on the screen is to be asked for again. */
export interface Changes {
  /** the number it follows: a gap shows that something was missed */
  since: number;
  seq: number;
  /** ids */
  loads: string[];
  resync: boolean;
  /** the state of the desk changed too (sources, quarantine, documents, intents, jobs) */
  desk: boolean;
}

/** Hits is what a search found, best first. */
export interface Hits {
  query: string;
  hits: Hit[];
  more: boolean;
}

/** Hit is one load found. */
export interface Hit {
  id: string;
  load: string;
  customer: string;
  carrier: string;
  lane: string;
  state: LoadState;
  /** what matched: load, PRO, BOL, customer, note ... */
  field: string;
  /** the words that matched */
  text: string;
}

/** Parties lists customers or carriers with their loads. */
export interface Parties {
  parties: Party[];
}

/** Party is a customer or a carrier. */
export interface Party {
  name: string;
  live: number;
  total: number;
}

/** DeskStatus is the frame around the board: whose desk, which clock, how current its sources are, what waits for a person. */
export interface DeskStatus {
  version: string;
  /** the data folder */
  home: string;
  /** a simulated desk */
  demo: boolean;
  person: string;
  /** the desk's clock */
  now: string;
  /** the person's IANA zone, for the clock only */
  zone: string;
  seq: number;
  live: number;
  total: number;
  sources: SourceHealth[];
  waiting: Waiting;
  /** a salvaged file, a folder that cannot be watched, a rebuild under way */
  notices: string[];
}

/** SourceHealth is how current one source is. */
export interface SourceHealth {
  source: string;
  state: Health;
  /** the last contact */
  lastAt: string | null;
  loads: number;
  text: string;
}

/** Health is a source's state. */
export type Health = "ok" | "stale" | "down";

/** Waiting counts what waits for a person. */
export interface Waiting {
  quarantine: number;
  documents: number;
  intents: number;
}

/** Comparison is one load as each source tells it: sources are columns, fields are rows. */
export interface Comparison {
  load: string;
  loadId: string;
  asOf: string;
  at: string;
  /** of the stop ahead; IANA, "" when it cannot be told */
  zone: string;
  columns: CompareColumn[];
  rows: CompareRow[];
}

/** CompareColumn is one source. What a source says on its portal's page is a column of its own. */
export interface CompareColumn {
  /** "tms/tms", "carrier/ABCD", "carrier/ABCD via portal", "user"; cells name it */
  key: string;
  /** kind and account: "carrier/ABCD" */
  source: string;
  /** tms, carrier, project44 ... ; "user" for what people of the desk stated */
  kind: string;
  /** "TMS", "Portal of ABCD", "Dispatcher", "Our log" */
  name: string;
  portal: boolean;
  /** null when it has said nothing yet, and stands here for its portal */
  lastSaidAt: string | null;
  /** its page for this load, from the template of the source; "" when there is none */
  url: string;
}

/** CompareRow is one field with every source's word. */
export interface CompareRow {
  /** of this row: "status", "delivered/2", "equipment/trailer" */
  key: string;
  /** as claims name it: status, event, position, eta, appointment, arrived ..., reference, equipment, driver, pieces, pallets, weight, document */
  field: string;
  /** BOL, TRUCK, PHONE, pod ...; "" where the field has none */
  type: string;
  /** in words: "ETA, stop 2" */
  name: string;
  /** 0: the load */
  stop: number;
  /** in which its times are given */
  zone: string;
  cells: CompareCell[];
  /** null when nothing is accepted */
  accepted: AcceptedWord | null;
  /** "Portal of ABCD says delivered 13:05; TMS still in transit"; "" when all agree */
  contradiction: string;
  /** the one question that settles it, put to askWhom; "" when all agree */
  question: string;
  /** driver, dispatcher, facility, customer; "" when all agree */
  askWhom: string;
  /** the contradiction is known; null when nobody said so */
  dismissed: DismissedWord | null;
  /** a cell's word may be accepted */
  canAccept: boolean;
  /** the open exception about it; "" */
  exception: string;
}

/** CompareCell is one source's word on a field. */
export interface CompareCell {
  /** key of its column */
  column: string;
  /** as its claims name it */
  source: string;
  /** as a person reads it, times in the row's zone */
  value: string;
  /** as received; "" where value says the same */
  written: string;
  /** of what the value tells: when it happened or is expected */
  at: string | null;
  statedAt: string | null;
  receivedAt: string;
  observation: string;
  /** with the accepted word */
  agrees: boolean;
  /** the one that differs from the rest */
  odd: boolean;
  /** 0 the most trusted for this field */
  trustRank: number;
  note: string;
}

/** AcceptedWord is the word that counts. */
export interface AcceptedWord {
  column: string;
  source: string;
  value: string;
}

/** DismissedWord says who knows of a contradiction, since when, and why nothing is done about it. */
export interface DismissedWord {
  by: string;
  at: string;
  note: string;
  /** to undo it */
  observation: string;
}

/** Paste is what a portal's page says of a load, pasted or typed. Without Commit nothing is stored. */
export interface Paste {
  /** the carrier's name or SCAC, a platform, or a source such as "carrier/ABCD"; "" the load's carrier */
  source: string;
  text: string;
  commit?: boolean;
  as?: string;
  now?: string;
}

/** Pasted is what was read of a pasted page. */
export interface Pasted {
  /** whose word it becomes */
  source: string;
  claims: PastedClaim[];
  /** kept as a note of that source */
  unread: PastedLine[];
  stored: boolean;
  /** to undo it; "" when nothing was stored */
  observation: string;
  says: string;
}

/** PastedClaim is one thing that a page says. */
export interface PastedClaim {
  fact: Fact;
  type: string;
  /** 0: the load, or a stop that the page does not name */
  stop: number;
  value: string;
  /** from 1 */
  line: number;
  /** the words it was read from */
  where: string;
}

/** PastedLine is a line that says nothing we can read. */
export interface PastedLine {
  line: number;
  text: string;
}

/** Accept takes one cell's word as what counts: a statement of a person with the reason, and the intent to write it to the TMS. */
export interface Accept {
  field: string;
  type?: string;
  stop?: number;
  /** whose word; may be left out where the observation is named */
  source?: string;
  /** the cell's */
  observation: string;
  reason: string;
  as?: string;
  now?: string;
}

/** Dismiss notes that the contradiction of a field is known and nothing is done about it. */
export interface Dismiss {
  field: string;
  type?: string;
  stop?: number;
  note: string;
  as?: string;
  now?: string;
}

/** CompareDone is the answer to accepting or dismissing. */
export interface CompareDone {
  /** to undo it; "" when nothing changed */
  observation: string;
  says: string;
}

/** Portals are the pages of sources, by template. */
export interface Portals {
  portals: Portal[];
  /** load, pro, bol ...: written in braces in a template */
  placeholders: string[];
}

/** Portal is the page of a source: an https address with placeholders in braces. */
export interface Portal {
  /** "carrier/ABCD", "project44", "tms" */
  source: string;
  /** "" takes the page away */
  template: string;
  at: string | null;
  by: string;
}

/** PortalChange sets the page of one source. */
export interface PortalChange {
  source: string;
  template: string;
  as?: string;
  now?: string;
}

/** TrustOrders are the orders in which sources are believed, the general ones and those of single customers. */
export interface TrustOrders {
  orders: TrustOrder[];
  /** every word an order may hold */
  kinds: string[];
}

/** TrustOrder is who is believed about a group of fields, the most trusted first. */
export interface TrustOrder {
  /** "" all */
  customer: string;
  /** actuals, windows, etas, plan, equipment */
  group: string;
  /** in words */
  name: string;
  ranks: TrustRank[];
  /** nobody has changed it */
  shipped: boolean;
  at: string | null;
  by: string;
}

/** TrustRank are kinds of sources that are believed alike: of their words the later wins. */
export interface TrustRank {
  kinds: string[];
}

/** TrustChange sets one order; without ranks the shipped (or general) one holds again. */
export interface TrustChange {
  customer?: string;
  group: string;
  ranks: TrustRank[];
  as?: string;
  now?: string;
}

/** ExceptionState is where an exception stands in its life. */
export type ExceptionState = "detected" | "acknowledged" | "worked" | "resolved";

/** Exceptions is the list: by level, due, severity, load and id, the most urgent first; open ones before resolved ones. */
export interface Exceptions {
  asOf: string;
  /** the desk's last change; ask for changes since then */
  seq: number;
  items: ExceptionItem[];
  /** of all that the query chooses, listed or not */
  counts: ExceptionCounts;
  /** how many the query chooses after the last one listed */
  moreLater: number;
  /** with no items: why there are none, and how fresh the data is; else "" */
  why: string;
}

/** ExceptionCounts are numbers of open exceptions, but All, which counts resolved ones too. */
export interface ExceptionCounts {
  all: number;
  open: number;
  critical: number;
  major: number;
  minor: number;
  watch: number;
  unowned: number;
  snoozed: number;
  escalated: number;
  /** service failures that still lack cause, party or evidence */
  needCause: number;
}

/** ExceptionItem is one exception with all that is known of its life. */
export interface ExceptionItem {
  id: string;
  load: string;
  loadId: string;
  customer: string;
  carrier: string;
  kind: string;
  /** the kind in words */
  words: string;
  /** the field it speaks of, where it does: "pieces", "appointment" */
  part: string;
  /** other kinds that hold too */
  also: string[];
  severity: Severity;
  level: Level;
  /** a service failure: closed only with cause, party and evidence */
  service: boolean;
  /** 0: the load as a whole */
  stop: number;
  stopName: string;
  /** IANA; since and next.due are told in it */
  zone: string;
  /** in the world */
  since: string | null;
  /** the kind told here; a milder one may have been detected before */
  detectedAt: string;
  /** anything of it; the time to detect runs from here to shownAt */
  firstAt: string;
  /** when a running desk first showed it */
  shownAt: string | null;
  /** null while its cause holds */
  clearedAt: string | null;
  state: ExceptionState;
  owner: string;
  why: string;
  /** observation ids */
  evidence: string[];
  inputs: ExceptionInput[];
  next: ExceptionNext;
  /** it cannot be resolved yet: cause, party or evidence are missing */
  needsCause: boolean;
  /** what keeps it from being resolved, in words; "" when nothing does */
  lacks: string;
  cause: ExceptionCause | null;
  party: string;
  /** evidence that people filed */
  proof: string[];
  reopened: number;
  snoozedUntil: string | null;
  /** "", lead, manager */
  escalated: string;
  /** who has that role */
  escalatedTo: string[];
  resolvedBy: string;
  resolvedNote: string;
  resolvedAt: string | null;
  /** oldest first */
  history: ExceptionChange[];
}

/** ExceptionInput is one thing it was concluded from: a threshold, or a source with what it said and when. */
export interface ExceptionInput {
  name: string;
  value: string;
}

/** ExceptionNext is what a person should do next and by when. Action is call, message, askPaper, correct, compare, cover, close or none. */
export interface ExceptionNext {
  action: string;
  text: string;
  due: string | null;
}

/** ExceptionCause is why it happened, as a person filed it. */
export interface ExceptionCause {
  /** 1651 or own */
  type: string;
  code: string;
  words: string;
  /** who mostly is responsible for it: offered, never filled in by itself; "" when it may be anybody */
  party: string;
}

/** ExceptionChange is one line of its life. */
export interface ExceptionChange {
  at: string;
  /** a person, or "rule" */
  by: string;
  what: string;
  old: string;
  new: string;
}

/** Causes are what a person may name when closing a service failure. */
export interface Causes {
  causes: ExceptionCause[];
  parties: string[];
}

/** ExceptionDeed is what a person does about an exception. */
export type ExceptionDeed = "acknowledge" | "work" | "assign" | "snooze" | "resolve" | "reopen" | "file";

/** ExceptionRef names one exception. */
export interface ExceptionRef {
  /** the load's id or number; may be empty for one that is open */
  load: string;
  id: string;
}

/** ExceptionActs is one deed on one or many exceptions. */
export interface ExceptionActs {
  items: ExceptionRef[];
  act: ExceptionDeed;
  owner?: string;
  until?: string;
  /** 1651 or own; may be left out where the code tells */
  causeType?: string;
  cause?: string;
  party?: string;
  /** observation ids, document hashes, or words */
  evidence?: string[];
  note?: string;
  as?: string;
  now?: string;
}

/** ExceptionsActed is the answer: one observation a load. Undoing all of them takes the whole deed back. */
export interface ExceptionsActed {
  observations: string[];
  says: string;
  refused: ExceptionRefusal[];
}

/** ExceptionRefusal is an exception that stays as it is, and why. */
export interface ExceptionRefusal {
  load: string;
  id: string;
  why: string;
}

/** FeedList is every account, by name. */
export interface FeedList {
  sources: Feed[];
  /** where secrets are kept, in words; "" nowhere yet */
  keyStore: string;
  /** why secrets cannot be kept; "" they can */
  keyless: string;
  /** how long what sources said is kept byte for byte; 0 for ever */
  keepDays: number;
}

/** Feed is one account at an outside system and how it does. */
export interface Feed {
  name: string;
  /** project44, fourkites, macropoint */
  kind: string;
  /** as the system's maker writes it */
  title: string;
  enabled: boolean;
  state: FeedState;
  /** why, in words; "" when there is nothing to say */
  reason: string;
  /** null: never */
  lastAsked: string | null;
  /** null: never */
  lastAnswered: string | null;
  /** when it last said something new; null: never */
  lastNews: string | null;
  /** null: not planned */
  nextAsk: string | null;
  /** its clock minus ours */
  skewSeconds: number;
  /** entries that wait to be sent to it */
  waiting: number;
  /** entries that a person must look at */
  parked: number;
  settings: FeedValue[];
  customers: FeedCustomer[];
  /** null: no long work goes on */
  progress: FeedProgress | null;
  /** of what it said, byte for byte */
  kept: FeedKept;
}

/** FeedState is how an account does. */
export type FeedState = "ok" | "never" | "paused" | "failing" | "held" | "silent" | "signIn";

/** FeedValue is one setting of an account. The value of a secret never leaves the desk. */
export interface FeedValue {
  key: string;
  /** "" of a secret */
  value: string;
  /** it is in the key store */
  secret: boolean;
  /** of a secret: one is kept */
  kept: boolean;
}

/** FeedKept is what is kept of what an account said. It is counted now and then. */
export interface FeedKept {
  bodies: number;
  /** on the disk, compressed */
  bytes: number;
  /** when the oldest was received: so far back it can be read anew; null: nothing is kept */
  since: string | null;
}

/** FeedKeep says how long what sources said is kept. */
export interface FeedKeep {
  /** 0 for ever */
  days: number;
  as?: string;
}

/** FeedCustomer says that a customer's loads live on the account, and under which number. */
export interface FeedCustomer {
  customer: string;
  /** BILL_OF_LADING, ORDER ... */
  idType: string;
  billTo: string;
}

/** FeedProgress is how far long work has come: the first bringing in, a back-fill, a reading anew. */
export interface FeedProgress {
  /** in words */
  what: string;
  done: number;
  /** 0 unknown */
  total: number;
  /** a second */
  rate: number;
  /** minutes; 0 unknown */
  left: number;
}

/** FeedKinds is what kinds of system can be added. */
export interface FeedKinds {
  kinds: FeedKind[];
}

/** FeedKind is one kind of system and what a person fills in for an account there. */
export interface FeedKind {
  kind: string;
  title: string;
  settings: FeedSetting[];
}

/** FeedSetting is one field of the form. */
export interface FeedSetting {
  key: string;
  label: string;
  help: string;
  secret: boolean;
  needed: boolean;
  default: string;
  choices: string[];
}

/** FeedPair is a setting as a person gave it. */
export interface FeedPair {
  key: string;
  value: string;
}

/** FeedAdd is a new account. */
export interface FeedAdd {
  kind: string;
  /** "" the kind, with a number where that is taken */
  name?: string;
  values: FeedPair[];
  /** go to the key store and nowhere else */
  secrets: FeedPair[];
  as?: string;
}

/** FeedChange changes an account. What it leaves out stays. */
export interface FeedChange {
  enabled?: boolean;
  values?: FeedPair[];
  /** one that is "" is forgotten */
  secrets?: FeedPair[];
  as?: string;
}

/** FeedRemoved is what became of an account that was removed. */
export interface FeedRemoved {
  says: string;
}

/** FeedTest is what a test of the connection found out. */
export interface FeedTest {
  ok: boolean;
  /** in words; of a failure what to do */
  says: string;
  host: string;
  /** on the way there, as host:port; empty: directly */
  proxy: string;
  identity: string;
  may: string[];
  notes: string[];
  skewSeconds: number;
}

/** FeedCalls are the last questions asked of a system, newest first. */
export interface FeedCalls {
  calls: FeedCall[];
}

/** FeedCall is one of them. Secrets in it are hidden. */
export interface FeedCall {
  at: string;
  method: string;
  url: string;
  /** 0: no answer came */
  status: number;
  millis: number;
  /** of the answer's body */
  bytes: number;
  error: string;
  headers: FeedHeader[];
}

/** FeedHeader is one header of a call. */
export interface FeedHeader {
  name: string;
  value: string;
  /** of the answer, else of the request */
  answer: boolean;
}

/** SyncRequest has accounts asked now; none named is all that are enabled. */
export interface SyncRequest {
  sources?: string[];
  untilIdle?: boolean;
  /** ask now, whatever is due */
  force?: boolean;
  as?: string;
  now?: string;
}

/** SyncResult is what came of it. */
export interface SyncResult {
  sources: SyncLine[];
}

/** SyncLine is what came of one account. */
export interface SyncLine {
  name: string;
  kind: string;
  /** bodies */
  pulled: number;
  /** observations that nobody had told before */
  new: number;
  /** observations on file already */
  duplicates: number;
  /** what could not be read or matched */
  quarantined: number;
  /** entries of the outbox that were accepted */
  pushed: number;
  /** entries that were refused or parked, and questions without an answer */
  failed: number;
  error: string;
}

/** FeedReplayed is what came of reading stored bodies anew. */
export interface FeedReplayed {
  bodies: number;
  new: number;
  duplicates: number;
  quarantined: number;
  /** taken back, because the codes as they are read now do not give it */
  back: number;
  /** how far back it reached; null: nothing was kept */
  since: string | null;
  says: string;
}

/** FeedCodes is what a system's codes mean on one account. */
export interface FeedCodes {
  /** by list and code */
  codes: FeedCode[];
}

/** FeedCode is one row of the table. */
export interface FeedCode {
  list: string;
  code: string;
  means: string;
  words: string;
  /** said by the account, not shipped */
  own: boolean;
  /** as a person writes it: "status IN_TRANSIT/IDLE idle stale = standing still" */
  row: string;
}

/** FeedMeaning has an account read a code otherwise. */
export interface FeedMeaning {
  list: string;
  code: string;
  /** "" as it is shipped */
  row: string;
  as?: string;
}

/** FeedBy says who acts; "" the person of the desk. */
export interface FeedBy {
  as?: string;
}

/** SentEdit changes what an entry of the outbox says to a system. */
export interface SentEdit {
  /** JSON, as the outbox shows it */
  says: string;
  as?: string;
}

/** Sent is what became of an entry of the outbox. */
export interface Sent {
  id: string;
  /** waiting */
  state: string;
  says: string;
}

/** Load is one load as known at an instant. */
export interface Load {
  id: string;
  load: string;
  account: string;
  /** known to the carrier only */
  provisional: boolean;
  customer: string;
  carrier: string;
  scac: string;
  mode: string;
  state: LoadState;
  asOf: string;
  at: string;
  attention: LoadAttention;
  findings: Finding[];
  tracking: Tracking;
  refs: LoadRef[];
  /** customer, carrier, equipment, driver, temperature, value ... with every source's word */
  facts: KnownFact[];
  flags: string[];
  position: Position | null;
  stops: Stop[];
  /** events whose stop cannot be told */
  unplaced: UnplacedTime[];
  /** impossible things, named */
  problems: Problem[];
  /** each source's own status word, newest first */
  statuses: Word[];
  notes: Word[];
  exceptions: Word[];
  others: Word[];
  shipments: Shipment[];
  papers: LoadPapers;
  /** newest received first, one line a claim */
  observations: Observation[];
  documents: LoadDocument[];
  gone: boolean;
}

/** LoadAttention says how urgent the load is, and why. Minutes counts to the point where a person must act; negative is past. */
export interface LoadAttention {
  level: Level;
  minutes: number | null;
  due: string | null;
  why: string;
  rule: string;
}

/** Finding is a rule's conclusion with what it was concluded from. */
export interface Finding {
  kind: string;
  level: Level;
  stop: number;
  since: string | null;
  why: string;
  /** observation ids */
  evidence: string[];
  inputs: Input[];
}

/** Input is a threshold, source or age that a finding used. */
export interface Input {
  name: string;
  value: string;
}

/** Tracking is whether the truck can be seen, who says so and why. */
export interface Tracking {
  state: TrackingState;
  source: string;
  at: string | null;
  cause: string;
}

/** LoadRef is a reference number with its scope and who gave it. */
export interface LoadRef {
  type: RefType;
  value: string;
  scope: string;
  source: string;
}

/** KnownFact is one named value with every source's word; the first claim is the accepted one. */
export interface KnownFact {
  /** customer, carrier, equipment, driver ... */
  fact: string;
  /** TRUCK, PHONE ... */
  type: string;
  value: string;
  agree: boolean;
  claims: TextClaim[];
}

/** TextClaim is one source's word on a value. */
export interface TextClaim {
  value: string;
  source: string;
  statedAt: string | null;
  receivedAt: string;
  observation: string;
  note: string;
}

/** Position is where the truck was last seen. */
export interface Position {
  at: string;
  source: string;
  place: string;
  lat: number;
  lon: number;
}

/** StopWindow is when a stop may be served. */
export interface StopWindow {
  start: string | null;
  end: string | null;
  dayOnly: boolean;
}

/** Stop is one stop: plan, expected and actual. */
export interface Stop {
  seq: number;
  kind: string;
  place: string;
  facility: string;
  address: string;
  /** IANA name, "" when it cannot be told */
  zone: string;
  /** stated, coordinates, postal, city, state */
  zoneHow: string;
  lat: number;
  lon: number;
  apptType: string;
  window: StopWindow | null;
  windowBy: string;
  original: StopWindow | null;
  /** each source's current word, the accepted first */
  windows: WindowClaim[];
  /** oldest first */
  history: WindowClaim[];
  arrived: Actual | null;
  departed: Actual | null;
  loaded: Actual | null;
  unloaded: Actual | null;
  pickedUp: Actual | null;
  delivered: Actual | null;
  eta: Estimate | null;
  /** pieces, pallets, weight */
  amounts: Amount[];
}

/** WindowClaim is one source's word on a window. */
export interface WindowClaim {
  start: string | null;
  end: string | null;
  dayOnly: boolean;
  type: string;
  source: string;
  statedAt: string | null;
  receivedAt: string;
  observation: string;
  note: string;
}

/** Actual is a time that happened, the accepted claim first. At is null when the accepted word cannot be resolved. */
export interface Actual {
  at: string | null;
  source: string;
  agree: boolean;
  claims: TimeClaim[];
}

/** TimeClaim is one source's word on a time. */
export interface TimeClaim {
  at: string | null;
  source: string;
  statedAt: string | null;
  receivedAt: string;
  basis: string;
  written: string;
  dayOnly: boolean;
  observation: string;
  note: string;
}

/** Estimate is an expected arrival. */
export interface Estimate {
  at: string | null;
  source: string;
  statedAt: string | null;
  claims: TimeClaim[];
}

/** UnplacedTime is an event whose stop cannot be told. */
export interface UnplacedTime {
  fact: Fact;
  at: string | null;
  source: string;
  claims: TimeClaim[];
}

/** Amount is pieces, pallets or weight with every source's word. */
export interface Amount {
  fact: string;
  /** "42", "18000 LB" */
  value: string;
  agree: boolean;
  claims: TextClaim[];
}

/** Problem is something impossible in what is known. */
export interface Problem {
  kind: string;
  stop: number;
  why: string;
  evidence: string[];
}

/** Word is something said in words or codes. */
export interface Word {
  fact: Fact;
  stop: number;
  type: string;
  text: string;
  source: string;
  at: string | null;
  receivedAt: string;
  observation: string;
}

/** Shipment is one consignment on the load. */
export interface Shipment {
  key: string;
  stop: number;
  customer: string;
  refs: LoadRef[];
  pieces: number;
  weight: number;
}

/** LoadPapers is where proof of pickup and of delivery stand. */
export interface LoadPapers {
  pop: PaperState;
  pod: PaperState;
}

/** Observation is one claim on file: a line of the history. Claims of one observation share its id. */
export interface Observation {
  id: string;
  /** the fact's word */
  kind: string;
  /** 0: the load itself */
  stop: number;
  occurredAt: string | null;
  receivedAt: string;
  statedAt: string | null;
  source: string;
  channel: string;
  /** the person, for what people did */
  by: string;
  value: string;
  text: string;
  /** "row 17 of loads.csv" */
  where: string;
  /** taken back later */
  retracted: boolean;
  /** the observation this one takes back */
  retracts: string;
}

/** LoadDocument is a document filed on the load. */
export interface LoadDocument {
  hash: string;
  name: string;
  /** pop, pod, other */
  kind: string;
  /** received, verified, rejected */
  state: string;
  by: string;
  at: string | null;
  note: string;
  pages: number;
  mime: string;
}

/** RawBody is an observation as it came. */
export interface RawBody {
  observation: string;
  file: string;
  where: string;
  /** the bytes as text; what is not text is shown as hex */
  text: string;
  /** only the beginning is shown */
  cut: boolean;
  /** the body was erased; its digest stays */
  erased: boolean;
}

/** Edit is what a person states by hand: an observation of source user. At and Value are as written by the person; a time without an offset is local to the stop. For an appointment Value is "start/end". */
export interface Edit {
  /** 0: the load itself */
  stop: number;
  fact: Fact;
  /** reference type, PHONE, TRUCK ... */
  type?: string;
  at?: string;
  value?: string;
  note?: string;
  /** act under this name instead of the desk's person */
  as?: string;
  /** act at this instant instead of the desk's clock */
  now?: string;
}

/** Stated is the answer to an edit. */
export interface Stated {
  /** to undo it */
  observation: string;
  /** "Arrived at stop 2 set to Tue 14:30 CDT" */
  says: string;
}

/** MilestoneList is what the plan of one load asks for, in order. */
export interface MilestoneList {
  load: string;
  loadId: string;
  state: LoadState;
  asOf: string;
  milestones: Milestone[];
  /** how many are closed */
  closed: number;
  /** of how many */
  total: number;
  /** what keeps the load from being closed, each with what to do */
  problems: string[];
  canClose: boolean;
  /** who closed the load; null while it is not closed */
  ended: MilestoneWord | null;
}

/** Milestone is one thing that must be on record: documented by a source, verified by a second one or a checked paper. */
export interface Milestone {
  key: string;
  /** 0: the load's */
  stop: number;
  name: string;
  zone: string;
  at: string | null;
  documented: boolean;
  source: string;
  verified: boolean;
  verifiedBy: string;
  closed: boolean;
  /** why it may stay open; null when nobody said */
  gap: MilestoneWord | null;
  /** in words; "" when closed */
  missing: string;
  /** a reason may be given */
  canGap: boolean;
}

/** MilestoneWord is what a person said of a milestone or of the whole load. */
export interface MilestoneWord {
  text: string;
  by: string;
  at: string;
  /** to undo it */
  observation: string;
}

/** GapReason says why a milestone may stay undocumented or unverified. */
export interface GapReason {
  milestone: string;
  reason: string;
  as?: string;
  now?: string;
}

/** CloseLoad closes a load. It is refused, naming them, while milestones are open without a reason. */
export interface CloseLoad {
  note?: string;
  as?: string;
  now?: string;
}

/** MilestoneDone is the answer to a reason or a close. */
export interface MilestoneDone {
  /** to undo it; "" when nothing changed */
  observation: string;
  says: string;
  list: MilestoneList;
}

/** DocumentState is where a document stands. */
export type DocumentState = "unmatched" | "received" | "verified" | "rejected" | "setAside";

/** PaperKind is what a document proves. */
export type PaperKind = "pop" | "pod" | "other";

/** Documents is a list of documents, newest first. */
export interface Documents {
  documents: Document[];
  counts: DocumentCounts;
}

/** DocumentCounts is how many documents stand where, over the whole desk. */
export interface DocumentCounts {
  unmatched: number;
  received: number;
  verified: number;
  rejected: number;
  setAside: number;
}

/** Document is one document: a file, or some pages of one. */
export interface Document {
  /** its id: SHA-256 of the file in hex, and ".2", ".3" for further documents of the file */
  hash: string;
  name: string;
  mime: string;
  size: number;
  /** pages that can be shown as pictures; 0 when none can */
  pages: number;
  receivedAt: string;
  /** "dropped by Ana", "folder C:\\Scans" */
  from: string;
  kind: PaperKind;
  state: DocumentState;
  /** number; "" while unmatched */
  load: string;
  loadId: string;
  /** who gave the verdict */
  by: string;
  /** when */
  at: string | null;
  note: string;
  /** references read in the text or the file name */
  found: FoundRef[];
  /** best first */
  candidates: PaperCandidate[];
  /** the same bytes were on file before */
  known: boolean;
  stage: PaperStage;
  type: PaperType;
  verdict: PaperVerdict;
  reasons: string[];
  /** its pages in the file */
  pageList: number[];
}

/** FoundRef is a reference read in a document. */
export interface FoundRef {
  type: RefType;
  value: string;
  /** "page 1", "file name" */
  where: string;
}

/** PaperCandidate is a load a document may belong to. Score is 0 to 1. */
export interface PaperCandidate {
  load: string;
  loadId: string;
  customer: string;
  lane: string;
  score: number;
  why: string;
}

/** Verdict is what a person decides about a document: whose it is, what it proves, and whether it holds. An empty verdict files it on the load without judging it; unmatched takes it off its load, setAside puts it away. */
export interface Verdict {
  /** "" keeps the load it is on */
  load: string;
  /** "" keeps what it was read as */
  kind: PaperKind;
  verdict: DocumentState;
  /** of a rejected one: short, over, damaged, refused, unsigned, otherLoad, pageMissing, illegible */
  fault?: string;
  note?: string;
  as?: string;
  now?: string;
}

/** Judged is the answer to a verdict. */
export interface Judged {
  document: Document;
  /** to undo it among all acts */
  observation: string;
  /** to undo it among the acts on papers */
  act: string;
  says: string;
  /** id of the next one that needs a person */
  next: string;
}

/** Filing asks to file documents that lie on this computer (paths) on a load, or to find their loads. */
export interface Filing {
  paths: string[];
  load?: string;
  /** key of the task it answers: "paper/pod/ask" */
  task?: string;
  /** answer only when all are read; else what can be read at once is told */
  wait?: boolean;
  as?: string;
  now?: string;
}

/** EdiPartners are all partners with settings, and the lists of which a partner's own codes can be given a meaning. */
export interface EdiPartners {
  partners: EdiPartner[];
  lists: EdiCodeList[];
}

/** EdiPartner is how one partner writes and is written to. */
export interface EdiPartner {
  /** as in ISA06 and ISA08 */
  id: string;
  /** kind of the id (ISA05); "ZZ" where nothing else is set */
  qualifier: string;
  name: string;
  scac: string;
  /** of what is written to it: 004010 or later */
  version: string;
  /** code of element 623 for times without one; "" local to the place */
  zone: string;
  /** what a 990 to it says for "declined": D or E */
  declined: string;
  /** its wrong counts of segments are noted, not rejected */
  miscounts: boolean;
  codes: EdiCode[];
  /** of the last change */
  at: string;
  by: string;
}

/** EdiCode says that a partner's code stands for a code of the standard. */
export interface EdiCode {
  /** number of the data element: 1650, 1651, 128 ... */
  list: string;
  code: string;
  as: string;
  /** of As, in words */
  meaning: string;
}

/** EdiCodeList is a list of codes, as a person knows it. */
export interface EdiCodeList {
  list: string;
  name: string;
}

/** EdiMeanings are the codes of a list that the desk understands: what a partner's own code can stand for. */
export interface EdiMeanings {
  list: string;
  name: string;
  meanings: EdiMeaning[];
}

/** EdiMeaning is one of them. */
export interface EdiMeaning {
  code: string;
  words: string;
  /** of which it speaks, where the code alone tells */
  facts: Fact[];
}

/** EdiPartnerEdit sets a partner's settings, or removes them. Codes are set one by one: see EdiCodeEdit. */
export interface EdiPartnerEdit {
  id: string;
  qualifier?: string;
  name?: string;
  scac?: string;
  version?: string;
  zone?: string;
  declined?: string;
  miscounts?: boolean;
  remove?: boolean;
  as?: string;
  now?: string;
}

/** EdiCodeEdit gives a partner's code a meaning, or takes it away ("" in means), and reads the partner's files anew. */
export interface EdiCodeEdit {
  partner: string;
  list: string;
  code: string;
  means: string;
  as?: string;
  now?: string;
}

/** EdiReplayed is what came of reading a partner's files anew. */
export interface EdiReplayed {
  files: number;
  /** observations that now say something else */
  changed: number;
  loads: number;
  says: string;
}

/** EdiUnknowns are codes in the files on hand that have no meaning, the most frequent first. */
export interface EdiUnknowns {
  unknown: EdiUnknown[];
  /** looked through */
  files: number;
}

/** EdiUnknown is one code of one partner. */
export interface EdiUnknown {
  partner: string;
  list: string;
  /** of the list */
  name: string;
  code: string;
  count: number;
  /** the first one with it */
  segment: string;
}

/** ExplainRequest asks what a text or a file says: one of text, path and upload. Skip and max page through a long one. */
export interface ExplainRequest {
  text?: string;
  path?: string;
  /** a file that was staged */
  upload?: string;
  skip?: number;
  /** 0 is 2,000 */
  max?: number;
}

/** Explanation is a text explained, segment by segment. */
export interface Explanation {
  kind: FileKind;
  segments: ExplainedSegment[];
  /** there are segments beyond the last one */
  more: boolean;
  notes: string[];
}

/** ExplainedSegment is one segment with what it says and what the desk makes of it. */
export interface ExplainedSegment {
  interchange: string;
  group: string;
  /** 214 */
  setKind: string;
  /** its control number */
  set: string;
  /** place in its set, ST being 1; 0 outside any */
  number: number;
  /** of its first byte */
  offset: number;
  length: number;
  tag: string;
  /** "" unknown */
  name: string;
  raw: string;
  elements: ExplainedElement[];
  became: ExplainedFact[];
  faults: string[];
}

/** ExplainedElement is one element of a segment. */
export interface ExplainedElement {
  n: number;
  /** of the data element */
  number: string;
  name: string;
  value: string;
  /** of a code */
  meaning: string;
  /** the standard's code for which the partner's stands */
  means: string;
  /** a code to which a person can give a meaning */
  unknown: boolean;
  fault: string;
  expected: string;
}

/** ExplainedFact is a fact that came of a segment. */
export interface ExplainedFact {
  subject: string;
  fact: string;
  value: string;
  at: string;
  note: string;
}

/** EdiWrite asks for an outgoing interchange. */
export interface EdiWrite {
  /** 214, 990, 997, 999, TA1 */
  kind: string;
  /** 214 and 990: the load */
  load?: string;
  /** 990: accept or decline */
  answer?: string;
  /** 990: code of the reason for declining; 214: of element 1651 */
  reason?: string;
  /** 990 */
  note?: string;
  /** 214: one status; "" everything that is known of the load */
  code?: string;
  /** 214, with code */
  stop?: number;
  /** 214, with code */
  when?: string;
  /** receiver; "" the one in the settings */
  partner?: string;
  /** 997, 999, TA1: the file to answer */
  path?: string;
  /** the same, as text */
  text?: string;
  /** the same, as a file that was staged */
  upload?: string;
  as?: string;
  now?: string;
}

/** EdiWritten is an outgoing file. */
export interface EdiWritten {
  /** a file name for it */
  name: string;
  text: string;
  /** interchange numbers in it */
  control: number[];
  notes: string[];
}

/** Books are all playbooks with what they may be made of. */
export interface Books {
  /** the one in force of each kind or topic, in the order of kinds */
  books: Book[];
  kinds: BookKind[];
  /** whom a step may concern */
  parties: string[];
  /** what a wording may hold in braces */
  placeholders: string[];
}

/** BookKind is a kind of exception and the playbook that serves it. */
export interface BookKind {
  kind: string;
  topic: string;
  words: string;
  /** the playbook's kind or topic; "" when none serves it */
  book: string;
}

/** Book is one playbook in one version. */
export interface Book {
  /** a kind, or a topic: then it serves all its kinds that have none of their own */
  kind: string;
  version: number;
  title: string;
  steps: BookStep[];
  /** the same as plain text for an editor */
  text: string;
  /** as it came with the program */
  shipped: boolean;
  /** one of this kind came with the program: it can be gone back to */
  ships: boolean;
  /** when it was edited */
  at: string | null;
  by: string;
  /** newest first; the shipped one, if any, is version 0 */
  versions: BookVersion[];
}

/** BookVersion is an older or present version of a playbook. */
export interface BookVersion {
  version: number;
  title: string;
  shipped: boolean;
  at: string | null;
  by: string;
  text: string;
}

/** BookStep is one thing to do. */
export interface BookStep {
  key: string;
  text: string;
  who: string;
  /** minutes after the exception opened; 0: no time is set */
  withinMin: number;
  wording: string;
}

/** BookEdit saves a playbook as a new version: from its plain text, or from steps. Shipped goes back to the one that came with the program. */
export interface BookEdit {
  kind: string;
  shipped?: boolean;
  text?: string;
  title?: string;
  steps?: BookStep[];
  as?: string;
  now?: string;
}

/** CheckSheet is the playbook of one exception as a checklist. */
export interface CheckSheet {
  load: string;
  exception: string;
  kind: string;
  why: string;
  open: boolean;
  /** "late 3"; "" when no playbook serves the kind */
  book: string;
  title: string;
  steps: CheckStep[];
  done: number;
}

/** CheckStep is a step of a checklist, its wording filled with what is known; what is not known stays in braces. */
export interface CheckStep {
  key: string;
  text: string;
  who: string;
  due: string | null;
  wording: string;
  /** null while it is open */
  doneAt: string | null;
  doneBy: string;
  note: string;
  /** that marked it done, to undo it */
  observation: string;
}

/** StepMark says that a step is done. */
export interface StepMark {
  step: string;
  note?: string;
  as?: string;
  now?: string;
}

/** StepMarked is the answer to a mark. */
export interface StepMarked {
  /** to undo it; "" when it was done already */
  observation: string;
  says: string;
  sheet: CheckSheet;
}

/** Quality is how clean the data are. */
export interface Quality {
  customer: string;
  from: string;
  to: string;
  /** those that found something first */
  kinds: QualityKind[];
  /** of the kind asked for */
  rows: QualityRow[];
  quarantine: number;
  days: QualityDay[];
  /** the least complete first */
  loads: QualityLoad[];
}

/** QualityKind is one thing that can be wrong. */
export interface QualityKind {
  kind: string;
  title: string;
  /** what is looked at, and by what rule */
  says: string;
  n: number;
  loads: number;
}

/** QualityRow is one case. */
export interface QualityRow {
  load: string;
  stop?: number;
  customer: string;
  carrier: string;
  /** as it stands */
  value?: string;
  why: string;
  at?: string;
}

/** QualityDay is how much of what the plan of a day's delivered loads asks for is on record. */
export interface QualityDay {
  day: string;
  present: number;
  required: number;
  /** null where nothing is required */
  share: number | null;
}

/** QualityLoad is a delivered load that lacks something. */
export interface QualityLoad {
  load: string;
  customer: string;
  carrier: string;
  present: number;
  required: number;
  missing: string[];
}

/** Corrections are what people corrected, newest first. */
export interface Corrections {
  corrections: Correction[];
}

/** Correction is one word of a person over what was said before. */
export interface Correction {
  at: string;
  by: string;
  load: string;
  loadId: string;
  /** "arrived at stop 2" */
  what: string;
  /** what was said before; "" nothing */
  from: string;
  fromBy: string;
  to: string;
  /** the person's note */
  why: string;
  undone: boolean;
}

/** NumberCheck is what is wrong with the form of a number; "" where nothing is. */
export interface NumberCheck {
  type: string;
  value: string;
  why: string;
  /** there is a public rule for numbers of this type */
  known: boolean;
}

/** Daily is what the daily report will say, in brief. */
export interface Daily {
  customer: string;
  date: string;
  /** "each stop's own day" or an IANA name */
  zone: string;
  asOf: string;
  summary: string;
  sections: ReportSection[];
  sources: string[];
}

/** ReportSection is one list of the report. */
export interface ReportSection {
  title: string;
  count: number;
  loads: ReportLine[];
}

/** ReportLine is one load in a section. */
export interface ReportLine {
  load: string;
  text: string;
}

/** Outline is what a paper says, in brief: its figures, and how long its lists are. */
export interface Outline {
  kind: string;
  title: string;
  about: string;
  period: string;
  asOf: string;
  figures: OutlineFigure[];
  lists: OutlineList[];
  /** sources that have been silent for long */
  stale: string[];
}

/** OutlineFigure is one number on top of a paper. */
export interface OutlineFigure {
  label: string;
  value: string;
  note: string;
}

/** OutlineList is one list of a paper. */
export interface OutlineList {
  /** asked for in a CSV */
  id: string;
  title: string;
  count: number;
}

/** RuleSettings are all settings in the order of the screen. */
export interface RuleSettings {
  asOf: string;
  groups: string[];
  settings: RuleSetting[];
  /** values on file that cannot be read and do not count */
  problems: RuleProblem[];
}

/** RuleSetting is one number or choice. Values are words: minutes, miles and USD as plain numbers, clocks as 06:00, yes or no. */
export interface RuleSetting {
  key: string;
  group: string;
  name: string;
  help: string;
  /** min, miles, mph, USD, count, ratio, clock, yes/no, choice, days */
  unit: string;
  choices: string[];
  min: number;
  max: number;
  /** as shipped */
  default: string;
  /** in force for everybody: the global one, else the default */
  value: string;
  /** values now set: global, then customers, then carriers, by name */
  scopes: RuleValue[];
  /** every edit, newest first; "" took the scope's own value back */
  history: RuleValue[];
}

/** RuleValue is a setting's value in a scope. */
export interface RuleValue {
  /** global, customer:NAME, carrier:NAME */
  scope: string;
  value: string;
  version: number;
  at: string;
  by: string;
}

/** RuleProblem is a value on file that does not count. */
export interface RuleProblem {
  key: string;
  scope: string;
  value: string;
  why: string;
}

/** RuleEdit sets a value in a scope; "" goes back to the next wider scope. */
export interface RuleEdit {
  scope: string;
  key: string;
  value: string;
  as?: string;
  now?: string;
}

/** RuleEdited is the answer. Setting before again in the same scope takes the edit back. */
export interface RuleEdited {
  setting: RuleSetting;
  scope: string;
  /** the scope's own value before; "" when it had none */
  before: string;
  says: string;
}

/** RuleTrial asks what an edit would have flagged in the last days. */
export interface RuleTrial {
  scope: string;
  key: string;
  value: string;
  /** 7 when 0, at most 31 */
  days?: number;
  now?: string;
}

/** RulePreviewState is where a preview stands. */
export type RulePreviewState = "running" | "done" | "cancelled" | "failed";

/** RulePreview is a preview under way or done. */
export interface RulePreview {
  id: string;
  state: RulePreviewState;
  /** loads looked at */
  done: number;
  /** loads to look at */
  total: number;
  error: string;
  /** null until it is done */
  result: RuleOutlook | null;
}

/** RuleOutlook is what the rules would have flagged from one instant to another: with the settings of now, and with the edit. */
export interface RuleOutlook {
  from: string;
  to: string;
  /** alive in that time */
  loads: number;
  scope: string;
  key: string;
  value: string;
  /** what holds in that scope now */
  before: string;
  /** those found under either, the ones that change first */
  kinds: RuleKind[];
  says: string;
}

/** RuleKind is one kind of finding under both settings. */
export interface RuleKind {
  kind: string;
  words: string;
  before: number;
  after: number;
  /** no longer found: the first 20 */
  onlyBefore: RuleHit[];
  /** newly found: the first 20 */
  onlyAfter: RuleHit[];
  /** found under both, earlier with the edit */
  sooner: number;
  later: number;
}

/** RuleHit is one finding. */
export interface RuleHit {
  load: string;
  loadId: string;
  stop: number;
  since: string | null;
  /** detected */
  at: string;
  why: string;
}

/** PersonRole is what somebody does on the desk: exceptions climb from desk to lead to manager. */
export type PersonRole = "desk" | "lead" | "manager";

/** People are who works on this desk, by role and name. */
export interface People {
  /** who works here now */
  you: string;
  people: Person[];
}

/** Person is somebody of the desk. Limit is what they may approve alone, in USD; null: what their role may. */
export interface Person {
  name: string;
  role: PersonRole;
  limit: number | null;
  /** the limit that counts: their own, else their role's */
  mayUpTo: number;
  phone: string;
  isYou: boolean;
}

/** PersonEdit adds or changes somebody, by name; Remove takes them off. */
export interface PersonEdit {
  name: string;
  role?: PersonRole;
  limit?: number;
  phone?: string;
  remove?: boolean;
  as?: string;
  now?: string;
}

/** Schedules are all schedules, in the order in which they were added. */
export interface Schedules {
  schedules: Schedule[];
  /** what can be made by itself */
  reports: string[];
  /** where papers lie when a schedule names none */
  folder: string;
}

/** Schedule makes one report at one time of day. */
export interface Schedule {
  id: string;
  report: string;
  customer: string;
  carrier: string;
  /** "07:30" */
  time: string;
  /** IANA; "" the customer's */
  zone: string;
  /** "Mon-Fri", "daily", "Mon,Thu" */
  days: string;
  /** made on holidays too; else not on those that the rules list */
  holidays: boolean;
  /** "" the desk's own */
  folder: string;
  /** pdf, xlsx */
  format: string;
  /** mail address for the draft; "" no draft */
  to: string;
  paused: boolean;
  /** no instant up to then is due */
  since: string;
  at: string;
  by: string;
  /** in its zone; null when paused or never */
  next: string | null;
  /** why it cannot be made; "" when it can */
  why: string;
  last: ScheduleRun | null;
}

/** ScheduleRun is what became of one due instant: making, made, failed (and tried again), skipped. */
export interface ScheduleRun {
  schedule: string;
  /** the report in words */
  says: string;
  due: string;
  state: string;
  at: string;
  file: string;
  /** SHA-256 of the paper */
  digest: string;
  size: number;
  tries: number;
  reason: string;
  /** when a failed one is tried again */
  wait: string | null;
}

/** ScheduleRuns are the last runs, newest first. */
export interface ScheduleRuns {
  runs: ScheduleRun[];
}

/** ScheduleChange adds a schedule (no ID), changes one, or removes one. */
export interface ScheduleChange {
  id?: string;
  remove?: boolean;
  report?: string;
  customer?: string;
  carrier?: string;
  time?: string;
  zone?: string;
  days?: string;
  holidays?: boolean;
  folder?: string;
  format?: string;
  to?: string;
  paused?: boolean;
  as?: string;
  now?: string;
}

/** Handover is a sheet: as it would be handed over now (ID ""), or as it was. */
export interface Handover {
  id: string;
  at: string;
  /** when the shift began: the last handover, at most twelve hours before */
  since: string;
  by: string;
  to: string;
  note: string;
  /** the first due first */
  lines: HandoverLine[];
  /** live loads that need no word */
  quiet: number;
  /** what keeps the shift from closing, each with the load; empty when it may close */
  blocked: string[];
  /** lines that nobody has taken */
  open: number;
  /** every line is taken */
  closed: boolean;
}

/** HandoverLine is one load as it goes over. */
export interface HandoverLine {
  load: string;
  loadId: string;
  customer: string;
  carrier: string;
  state: LoadState;
  zone: string;
  stopClock: string;
  happened: string[];
  decided: string[];
  fragile: string[];
  promises: string[];
  open: HandoverException[];
  next: string;
  nextDue: string | null;
  owner: string;
  meters: string[];
  temp: string;
  authority: string;
  /** what the outgoing person wrote */
  words: HandoverWords;
  takenBy: string;
  /** null while nobody has taken it */
  takenAt: string | null;
}

/** HandoverException is an exception that goes over. */
export interface HandoverException {
  id: string;
  kind: string;
  severity: Severity;
  why: string;
  owner: string;
  state: string;
}

/** HandoverWords is what the outgoing person adds to a line. */
export interface HandoverWords {
  /** what was decided, and why */
  decided: string;
  /** options that were weighed and left */
  rejected: string;
  /** what looks stable and may not stay so */
  fragile: string;
}

/** HandoverNote is the words for one load. */
export interface HandoverNote {
  load: string;
  decided?: string;
  rejected?: string;
  fragile?: string;
}

/** HandOver closes a shift: the sheet is kept as it is now. It is refused, naming them, while open exceptions have no owner. */
export interface HandOver {
  to: string;
  note?: string;
  loads?: HandoverNote[];
  as?: string;
  now?: string;
}

/** TakeOver acknowledges one line, or all that are left; Back gives back instead what the same person took. */
export interface TakeOver {
  load?: string;
  all?: boolean;
  back?: boolean;
  as?: string;
  now?: string;
}

/** Handovers are the last sheets, newest first. */
export interface Handovers {
  handovers: HandoverHead[];
}

/** HandoverHead is a sheet in one line. */
export interface HandoverHead {
  id: string;
  at: string;
  by: string;
  to: string;
  lines: number;
  /** lines that nobody has taken */
  open: number;
}

/** FileRef is a file to read: a path on this computer, or an upload staged before. Exactly one is given. */
export interface FileRef {
  path?: string;
  upload?: string;
}

/** Upload is a file staged by the desk; it is forgotten after an hour unless imported. */
export interface Upload {
  upload: string;
  name: string;
  size: number;
}

/** Uploads lists staged files. */
export interface Uploads {
  uploads: Upload[];
}

/** ImportRequest asks for an import, or for a preview of one. */
export interface ImportRequest {
  files: FileRef[];
  /** read with this saved profile */
  profile?: string;
  /** read with this mapping; saved under its name if it has one */
  mapping?: Profile;
  /** what this source no longer lists is gone */
  full?: boolean;
  as?: string;
  now?: string;
}

/** Preview is what the desk makes of files before anything is written. */
export interface Preview {
  files: FilePreview[];
}

/** FilePreview is one file. */
export interface FilePreview {
  /** or the upload's name */
  path: string;
  file: FileRef;
  kind: FileKind;
  /** "TMS export, 1,204 rows, one a stop, Windows-1252, semicolons" */
  says: string;
  /** may be imported without asking */
  ready: boolean;
  /** a sheet that is read by a profile */
  needsMap: boolean;
  /** what must still be mapped */
  missing: string[];
  columns: Column[];
  /** what a column may be mapped to */
  fields: Field[];
  /** the guess, or the saved profile; null when none is needed */
  mapping: Profile | null;
  /** Mapping was confirmed before */
  known: boolean;
  /** why the order was chosen, in words; "" when nothing was ambiguous */
  dateOrder: string;
  would: WouldHappen;
  /** the first rows */
  sample: SampleRow[];
  notes: string[];
}

/** Column is a column of a sheet and what it seems to be. */
export interface Column {
  index: number;
  name: string;
  /** a field's name, "" to keep as a note */
  guess: string;
  /** 0 to 1 */
  confidence: number;
  why: string;
  samples: string[];
}

/** Field is something a column can be mapped to. */
export interface Field {
  /** "appt_start" */
  name: string;
  /** "Appointment start" */
  label: string;
  /** Load, Stop, Pickup, Delivery ... */
  group: string;
}

/** SampleRow is one row's cells, by column index. */
export interface SampleRow {
  cells: string[];
}

/** WouldHappen counts what an import would do. */
export interface WouldHappen {
  records: number;
  new: number;
  updated: number;
  unchanged: number;
  quarantined: number;
  gone: number;
  /** counted over the first part of a large file only */
  partial: boolean;
}

/** Profile is how one source's sheets are read. */
export interface Profile {
  name: string;
  /** kind/account: "tms", "carrier/ABCD" */
  source: string;
  /** load, stop or event */
  rowPer: string;
  /** MDY, DMY, YMD; "" decided by the column */
  dateOrder: string;
  /** each file lists everything */
  full: boolean;
  columns: ColumnMap[];
  usedAt?: string;
}

/** ColumnMap maps a column to a field; Field "" keeps the column as a note. */
export interface ColumnMap {
  column: string;
  field: string;
}

/** Profiles lists saved profiles. */
export interface Profiles {
  profiles: Profile[];
}

/** Started names the job that runs. */
export interface Started {
  job: string;
}

/** JobState is where a job stands. */
export type JobState = "running" | "done" | "failed" | "cancelled";

/** Job is an import under way or ended. */
export interface Job {
  id: string;
  state: JobState;
  /** reading, storing, folding */
  stage: string;
  /** the one being read */
  file: string;
  records: number;
  /** records a second */
  rate: number;
  /** bytes */
  done: number;
  /** bytes; 0 unknown */
  total: number;
  startedAt: string;
  result: ImportResult | null;
  /** a sentence, when it failed */
  error: string;
}

/** ImportResult is what an import did. */
export interface ImportResult {
  files: FileResult[];
  loads: LoadCounts;
}

/** FileResult is what became of one file. */
export interface FileResult {
  path: string;
  kind: FileKind;
  records: number;
  observations: number;
  duplicates: number;
  quarantined: Quarantined[];
  profile: string;
  notes: string[];
}

/** Quarantined is one thing that could not be read or matched. */
export interface Quarantined {
  where: string;
  reason: string;
}

/** LoadCounts is how many loads an import touched. */
export interface LoadCounts {
  new: number;
  updated: number;
  gone: number;
}

/** Quarantine is what waits, newest first. */
export interface Quarantine {
  items: QuarantineItem[];
  total: number;
}

/** QuarantineItem is one thing that could not be read or matched. */
export interface QuarantineItem {
  id: string;
  /** "row 17 of loads.csv" */
  where: string;
  source: string;
  reason: string;
  candidates: Candidate[];
  /** the bytes as text; of a whole file how it begins, "" where that is no text */
  text: string;
  receivedAt: string;
  /** the text may be corrected and read again */
  fixable: boolean;
  /** it was read, and may be said to belong to a load */
  assignable: boolean;
}

/** Candidate is a load something may belong to. Score is 0 to 1. */
export interface Candidate {
  load: string;
  loadId: string;
  customer: string;
  score: number;
  why: string;
}

/** QuarantineAction is what a person does with an item. */
export type QuarantineAction = "assign" | "fix" | "drop" | "wait";

/** Decision is a person's answer to an item. */
export interface Decision {
  action: QuarantineAction;
  load?: string;
  text?: string;
  as?: string;
  now?: string;
}

/** Decided is what came of it. */
export interface Decided {
  says: string;
  /** to undo it, when it can be undone */
  observation: string;
}

/** Tasks is what waits for a person: by due, level, load and key. */
export interface Tasks {
  asOf: string;
  seq: number;
  items: TaskItem[];
  /** all that the query chooses */
  count: number;
  /** of these, due before now */
  overdue: number;
  /** how many the query chooses after the last one listed */
  moreLater: number;
  saved: CallsSaved;
  /** the latest first */
  covered: CoveredCall[];
  /** with no items: why there are none, and how fresh the data is; else "" */
  why: string;
}

/** TaskItem is one task. */
export interface TaskItem {
  /** stable as long as it is the same task */
  key: string;
  load: string;
  loadId: string;
  customer: string;
  carrier: string;
  /** checkCall, confirmETA, chasePaper, promise, close */
  kind: string;
  stop: number;
  stopName: string;
  /** IANA; due is told in it, and answers without an offset are local to it */
  zone: string;
  due: string;
  level: Level;
  why: string;
  /** driver, dispatcher, afterHours, owner, lead, customer; for a promise whoever it was given to */
  whom: string;
  /** of that person, where it is known */
  name: string;
  /** "" where none is on file */
  phone: string;
  attempts: number;
  /** for a promise: to whom */
  said: string;
  asks: TaskAsk[];
  owner: string;
}

/** TaskAsk is a question nobody has answered yet. */
export interface TaskAsk {
  key: string;
  text: string;
  /** what its answer becomes */
  fact: string;
  type: string;
  stop: number;
}

/** CallsSaved is how many calls the data made needless. */
export interface CallsSaved {
  from: string;
  to: string;
  /** calls that fell due */
  due: number;
  /** of these, covered by data */
  covered: number;
  /** 0 to 1; 0 when none fell due */
  ratio: number;
}

/** CoveredCall is a call that nobody had to make. */
export interface CoveredCall {
  load: string;
  loadId: string;
  customer: string;
  key: string;
  stop: number;
  due: string;
  /** the data that covered it */
  why: string;
}

/** TaskOutcome is what came of a task. */
export type TaskOutcome = "reached" | "voicemail" | "noAnswer" | "wrongNumber" | "sent" | "kept" | "done";

/** TaskSettled is an outcome with what was said. */
export interface TaskSettled {
  /** id or number */
  load: string;
  /** of the task; "" for a contact that no task asked for */
  key: string;
  outcome: TaskOutcome;
  /** a step of the ladder, or who else; where left out, whom the task names */
  whom?: string;
  /** of the person; where left out, the one on file */
  name?: string;
  note?: string;
  /** only with reached */
  answers?: TaskAnswer[];
  promise?: TaskPromise;
  as?: string;
  now?: string;
}

/** TaskAnswer is the answer to a question. Times such as 2026-11-23 14:30 are local to the stop; a position is "city, ST" or "latitude, longitude". */
export interface TaskAnswer {
  key: string;
  /** where left out, the question's */
  fact?: string;
  type?: string;
  stop?: number;
  value: string;
}

/** TaskPromise is what was promised to somebody. */
export interface TaskPromise {
  to: string;
  what: string;
  until: string;
}

/** TaskNoted is the answer: the observation that holds all of the outcome. Undoing it takes all of it back. */
export interface TaskNoted {
  /** "" when the same was noted before */
  observation: string;
  says: string;
}

/** UndoRequest names the observation to take back, or the settled entry of the outgoing work that is to wait again. */
export interface UndoRequest {
  observation?: string;
  /** its id */
  intent?: string;
  as?: string;
  now?: string;
}

/** Undone is the answer to an undo. */
export interface Undone {
  /** the retraction; "" when there is none */
  observation: string;
  says: string;
}

/** History is what people did last, newest first. */
export interface History {
  acts: Act[];
}

/** Act is one thing a person did. */
export interface Act {
  id: string;
  /** "" when it made none */
  observation: string;
  /** the entry of the outgoing work that was settled; "" for anything else */
  intent: string;
  at: string;
  by: string;
  load: string;
  loadId: string;
  says: string;
  /** it took another act back */
  takesBack: boolean;
  undone: boolean;
  /** by an undo of its observation or its intent */
  canUndo: boolean;
}

/** Intents is what must still be written somewhere, newest first. */
export interface Intents {
  intents: Intent[];
}

/** Intent is one thing to be written to an outside system. */
export interface Intent {
  id: string;
  key: string;
  /** "tms", "carrier/ABCD" */
  target: string;
  /** status, note, document ... */
  kind: string;
  load: string;
  loadId: string;
  /** what to write, in words a person can type */
  text: string;
  state: IntentState;
  at: string;
  by: string;
  error: string;
  /** how it fares at the source that it is for; null: it is written there by hand */
  sending: Sending | null;
}

/** Sending is how an entry for a source fares. */
export interface Sending {
  /** the account's name */
  source: string;
  state: SendingState;
  tries: number;
  /** not tried before then */
  next: string | null;
  /** why it waits, is doubtful or parked */
  reason: string;
  /** what the system said to it */
  answer: string;
  /** what is sent, as JSON: what a person may change */
  says: string;
}

/** SendingState is where an entry for a source stands. */
export type SendingState = "waiting" | "trying" | "unsure" | "parked" | "arrived";

/** Outgoing214 is what an export as X12 214 says, and what it cannot say. */
export interface Outgoing214 {
  /** how many it says */
  statuses: number;
  leftOut: LeftOut[];
}

/** LeftOut is an intent that an export does not hold; it waits on. */
export interface LeftOut {
  /** of the intent */
  id: string;
  load: string;
  text: string;
  why: string;
}

/** IntentState is where an intent stands. */
export type IntentState = "waiting" | "sent" | "accepted" | "refused" | "done" | "dropped";

/** IntentChange settles an intent by hand. */
export interface IntentChange {
  /** done, dropped or waiting */
  state: IntentState;
  as?: string;
  now?: string;
}

/** Folder is a watched folder: what is put into it is imported or filed. */
export interface Folder {
  path: string;
  after: string;
  /** of move: where to */
  to: string;
  /** the desk's own drop folder, always watched */
  own: boolean;
  /** why it cannot be read at present; "" when it can */
  away: string;
}

/** Folders lists the watched folders. */
export interface Folders {
  folders: Folder[];
}

/** FolderChange adds, changes or removes a watched folder. */
export interface FolderChange {
  path: string;
  after?: string;
  /** of move: where to; "" is the folder "filed" in the data folder */
  to?: string;
  remove?: boolean;
  as?: string;
}

/** KPIs are the figures of a period. */
export interface KPIs {
  /** "" is everybody */
  customer: string;
  carrier: string;
  from: string;
  to: string;
  asOf: string;
  definition: Definition;
  kpis: KPI[];
  /** of the figure asked for */
  rows: KPIRow[];
  /** oldest week first */
  trend: TrendWeek[];
}

/** TrendWeek is one week, Monday to Sunday, of every figure that counted anything. */
export interface TrendWeek {
  from: string;
  to: string;
  kpis: TrendPoint[];
}

/** TrendPoint is one figure of one week. */
export interface TrendPoint {
  name: string;
  value: number;
  n: number;
  small: boolean;
}

/** Definitions are the definitions there are by name, the shipped ones first, and who uses which by choice. */
export interface Definitions {
  definitions: Definition[];
  used: DefinitionOf[];
}

/** DefinitionOf is a customer's choice; "" is the desk's for everybody else. */
export interface DefinitionOf {
  customer: string;
  definition: string;
}

/** SetDefinition keeps a definition, or chooses one for a customer. */
export interface SetDefinition {
  definition: Definition | null;
  use: DefinitionOf | null;
  as?: string;
  now?: string;
}

/** KPI is one figure. Value is null where nothing could be counted; Reason then says why. */
export interface KPI {
  name: string;
  title: string;
  unit: string;
  value: number | null;
  n: number;
  /** Wilson's interval at 95 %, of shares */
  low: number | null;
  /** likewise */
  high: number | null;
  small: boolean;
  excluded: Excluded[];
  reason?: string;
  definition: string;
}

/** Excluded is how many were left out of a figure for one cause. */
export interface Excluded {
  cause: string;
  n: number;
}

/** KPIRow is one line behind a figure: what was counted and how, or what was left out and why. Instants are in the stop's zone. */
export interface KPIRow {
  load: string;
  stop?: number;
  /** what of it, where a row is not about the load or stop as such */
  what?: string;
  customer: string;
  carrier: string;
  place?: string;
  lane: string;
  due?: string;
  dueDay?: string;
  actual?: string;
  /** of the actual, where only its day is known */
  day?: string;
  outcome?: string;
  value?: number;
  party?: string;
  excluded?: string;
}

/** Definition holds the switches in which desks and customers differ. It is kept under its name and printed on every page. */
export interface Definition {
  name: string;
  /** minutes added to the end of a window */
  grace: number;
  /** an arrival before the window's start counts as a failure */
  earlyFails: boolean;
  /** minutes before the window's start that are not early yet */
  earlyGrace: number;
  /** days are compared, not times: any time on the due day is on time */
  byDate: boolean;
  /** where no arrival was told and only the day of the handover is known, that day stands for the arrival */
  deliveryDay: boolean;
  /** minutes up to which a late arrival is called tardy */
  tardy: number;
  /** responsible parties whose lates count as the customer's */
  customerParties: string[];
  /** at least one position in so many minutes ... */
  pingMinutes: number;
  /** ... for this share of the time on the road */
  pingShare: number;
  /** a milestone told within so many minutes of happening is timely */
  timely: number;
  /** the least severity that counts: watch, minor, major, critical */
  severity: string;
  /** the same carrier, lane and kind within so many days is a repeat */
  repeatDays: number;
  /** open longer than so many days is aged */
  agedDays: number;
  /** minutes after its due time within which a check call is done on time */
  callGrace: number;
  /** business hours: from this hour, Monday to Friday ... */
  workFrom: number;
  /** ... to this hour ... */
  workTo: number;
  /** ... in this zone */
  workZone: string;
  /** arrival, appointment, later: from when free time counts */
  detentionClock: string;
  /** where the facility says nothing */
  freeMinutes: number;
  /** an hour, each quarter hour begun */
  rateUsd: number;
  /** who arrives after the window has no detention */
  lateForfeits: boolean;
}

/** SavedView is a view that a person keeps: what it chooses, how it is ordered, and which columns it shows. */
export interface SavedView {
  name: string;
  spec: ViewSpec;
  columns: ViewColumn[];
  /** the groups, by name, whose loads are not shown */
  folded: string[];
}

/** ViewColumn is a column of a view with its width in pixels; 0 is the column's own. */
export interface ViewColumn {
  key: string;
  width: number;
}

/** SavedViews are a person's own views, in their order, the columns of views that are not their own, and the view they left. */
export interface SavedViews {
  views: SavedView[];
  layouts: ViewLayout[];
  /** the board as it was left; its name is the view it began with */
  left: SavedView | null;
}

/** ViewLayout is how a person shows a shipped view: its columns, and which groups are folded. */
export interface ViewLayout {
  view: string;
  columns: ViewColumn[];
  folded: string[];
}

/** PaperStage is where a document stands in the queue. */
export type PaperStage = "reading" | "eyes" | "clean" | "problem" | "filed" | "unreadable";

/** PaperType is what a document is. */
export type PaperType = "" | "BOL" | "POP" | "POD" | "LUMPER" | "WEIGHT" | "OSD" | "OTHER" | "BLANK";

/** PaperVerdict is what the desk proposes; what a person decided is the state. */
export type PaperVerdict = "" | "verified" | "exception" | "review" | "wrong_load" | "supporting" | "not_a_proof" | "unreadable";

/** PaperQueue is a page of the queue: what a person must look at first, then the rest, the oldest first within; filed ones the newest first. */
export interface PaperQueue {
  items: PaperItem[];
  /** over the whole desk, whatever was chosen */
  counts: PaperCounts;
  /** that were chosen */
  total: number;
  /** id of the first one that needs a person; "" when none does */
  next: string;
  /** ask again with after = the last id */
  more: boolean;
}

/** PaperCounts is how many documents are in each stage. */
export interface PaperCounts {
  reading: number;
  eyes: number;
  clean: number;
  problem: number;
  filed: number;
  unreadable: number;
}

/** PaperItem is a document in the queue. */
export interface PaperItem {
  id: string;
  /** SHA-256 of the file */
  file: string;
  /** of the file */
  name: string;
  pages: number[];
  /** in the same file */
  documents: number;
  stage: PaperStage;
  state: DocumentState;
  type: PaperType;
  subtype: string;
  kind: PaperKind;
  verdict: PaperVerdict;
  /** one sentence: why it stands where it stands */
  says: string;
  reasons: string[];
  /** "" while nobody knows */
  load: string;
  loadId: string;
  customer: string;
  lane: string;
  /** the likeliest load while there is none */
  guess: string;
  /** of the match, or of the guess */
  score: number;
  receivedAt: string;
  from: string;
  /** null unless in stage reading */
  progress: PaperProgress | null;
  /** papers on file that show the same sheet */
  looksLike: PaperAs[];
}

/** PaperProgress is how far the reading of a file is. */
export interface PaperProgress {
  state: ReadingState;
  /** being read; 0 while it waits */
  page: number;
  /** 0 while unknown */
  pages: number;
  /** 0 to 1, of the whole file */
  percent: number;
  /** files before it, while it waits */
  ahead: number;
  tries: number;
}

/** ReadingState is where the reading of a file stands. */
export type ReadingState = "waiting" | "reading" | "read" | "failed" | "cancelled" | "unpacked";

/** PaperAs is another paper that shows the same sheet. */
export interface PaperAs {
  id: string;
  name: string;
  load: string;
  receivedAt: string;
  /** 0 to 1 */
  likeness: number;
  /** "looks like the paper of load 480102 from 23 Nov 2026" */
  says: string;
}

/** PaperSheet is one document beside its load, as the workbench shows it. */
export interface PaperSheet {
  item: PaperItem;
  /** the other documents of the file */
  siblings: PaperItem[];
  pageList: PaperPage[];
  /** in the order of a paper, what the load knows included */
  fields: PaperField[];
  signatures: PaperSignature[];
  notations: PaperNotation[];
  barcodes: PaperCode[];
  checks: PaperCheck[];
  /** why it is on its load, or why on none */
  match: string;
  /** whose policy was used: "everybody", or the customer's name */
  policy: string;
  candidates: PaperCandidate[];
  /** newest first */
  history: PaperDeed[];
  /** why it could not be read */
  error: string;
  /** what was passed over in reading its file */
  notes: string[];
  mime: string;
  size: number;
  /** the words of its pages */
  text: string;
}

/** PaperPage is a page of a document. */
export interface PaperPage {
  number: number;
  /** address of its upright picture; "" when there is none */
  picture: string;
  /** degrees clockwise by which a person turned it: 0, 90, 180, 270; done in the picture */
  turn: number;
  /** box a person cut it to, empty for none; the picture is whole */
  crop: number[];
}

/** PaperField is a value of the paper beside the load's. */
export interface PaperField {
  /** load, bol, pro, po, shipper, ... as a reading names them */
  name: string;
  /** as read, the best first */
  values: PaperValue[];
  /** what the desk knows, the accepted one first */
  desk: string[];
  agrees: PaperAgreement;
}

/** PaperAgreement is how a paper's value stands to the desk's. */
export type PaperAgreement = "agrees" | "differs" | "onlyPaper" | "onlyDesk";

/** PaperValue is one value that was read, with its spot. */
export interface PaperValue {
  value: string;
  /** as printed */
  text: string;
  confidence: number;
  page: number;
  box: number[];
  hand: boolean;
  why: string;
  origin: PaperOrigin;
  /** only a label that a person taught of the layout says so: why names who, when and on what */
  learned: boolean;
}

/** PaperOrigin is what a value was taken from. */
export type PaperOrigin = "" | "text" | "code" | "ocr" | "said";

/** PaperSignature is whether a role signed. Roles: shipper, driver, consignee. */
export interface PaperSignature {
  role: string;
  present: boolean;
  page: number;
  box: number[];
}

/** PaperNotation is a reservation on the paper. Kinds: short, over, damaged, refused, slc, stc, subject_to_count. */
export interface PaperNotation {
  kind: string;
  text: string;
  page: number;
  box: number[];
}

/** PaperCode is a barcode. */
export interface PaperCode {
  kind: string;
  value: string;
  page: number;
  box: number[];
}

/** PaperCheck is one named check of the paper against its load. States: passed, failed, unknown. */
export interface PaperCheck {
  name: string;
  state: string;
  /** by the customer's policy */
  required: boolean;
  paper: string;
  desk: string;
  page: number;
  box: number[];
}

/** PaperDeed is something that happened to a document. */
export interface PaperDeed {
  /** its number, to undo it; "" for what no person did */
  act: string;
  at: string;
  by: string;
  /** received, read, verified, rejected, received, unmatched, setAside, turn, crop, split, join, ask, teach */
  does: string;
  says: string;
  note: string;
  canUndo: boolean;
  undone: boolean;
}

/** PageChange is what a person does to the pages of a document. The original stays as it is. */
export interface PageChange {
  does: PageDeed;
  page?: number;
  /** degrees clockwise, added to how it is shown */
  turn?: number;
  /** empty takes the crop off */
  crop?: number[];
  /** id of the document of the same file to join */
  with?: string;
  note?: string;
  as?: string;
  now?: string;
}

/** PageDeed is what can be done to pages. */
export type PageDeed = "turn" | "crop" | "split" | "join";

/** ReadingChange is about the reading of a document's file. */
export interface ReadingChange {
  does: ReadingDeed;
  as?: string;
}

/** ReadingDeed is what can be asked of the reading. */
export type ReadingDeed = "first" | "again" | "cancel";

/** PaperAsk asks the carrier for a better paper: a draft that a person sends. Empty faults take those of the checks. */
export interface PaperAsk {
  /** as sentences: "page 2 is missing", "there is no signature of the consignee" */
  faults?: string[];
  /** the whole message, where the person wrote it */
  text?: string;
  /** store it as outgoing work and flag the paper; else only show it */
  keep?: boolean;
  as?: string;
  now?: string;
}

/** PaperBatch accepts several documents at once: only clean ones, whatever is named. No ids: all clean ones. */
export interface PaperBatch {
  ids?: string[];
  as?: string;
  now?: string;
}

/** PaperUndo takes an act on papers back: one document's, or a whole batch. */
export interface PaperUndo {
  act: string;
  as?: string;
  now?: string;
}

/** PaperDone is the answer to every act of the workbench. */
export interface PaperDone {
  says: string;
  /** to undo it; "" when nothing was done that could be */
  act: string;
  /** the documents as they are now, new ones of a split included */
  items: PaperItem[];
  /** of an ask: the message */
  draft: string;
  /** of an ask: to whom */
  to: string;
  /** id of the next one that needs a person */
  next: string;
  /** of a batch: what was not accepted and why */
  left: string[];
}

/** PaperPolicies are the policies: everybody's first, then customers with one of their own. */
export interface PaperPolicies {
  policies: PaperPolicy[];
  /** every check there is */
  checks: string[];
}

/** PaperPolicy is what a customer asks of papers, and how near is near enough. */
export interface PaperPolicy {
  /** "" is everybody */
  customer: string;
  /** checks that a proof of pickup must pass to be clean */
  pickup: string[];
  /** and one of delivery */
  delivery: string[];
  /** so many of load, BOL, PRO, PO and seal have to agree */
  agreeing: number;
  /** part by which the weight may differ */
  weightWithin: number;
  /** days by which a date may differ from the plan */
  daysWithin: number;
  /** SLC, STC and "subject to count" need no look */
  reservations: boolean;
  /** a BOL signed by the consignee counts as POD */
  signedBol: boolean;
  /** clean ones are accepted without a person */
  autoAccept: boolean;
  /** 0: as shipped */
  version: number;
  at: string | null;
  by: string;
  /** newest first */
  history: PaperPolicyV[];
}

/** PaperPolicyV is a policy that held before. */
export interface PaperPolicyV {
  version: number;
  at: string;
  by: string;
  says: string;
}

/** PaperPolicyEdit gives a customer ("" everybody) a policy; Reset takes the customer's own away. */
export interface PaperPolicyEdit {
  customer: string;
  pickup: string[];
  delivery: string[];
  agreeing: number;
  weightWithin: number;
  daysWithin: number;
  reservations: boolean;
  signedBol: boolean;
  autoAccept: boolean;
  reset?: boolean;
  as?: string;
}

/** PaperAliases is what the desk learned from decisions. */
export interface PaperAliases {
  aliases: PaperAlias[];
}

/** PaperAlias is another way in which a value is written on papers. */
export interface PaperAlias {
  customer: string;
  /** consignee, shipper, carrier ... */
  field: string;
  /** as the desk has it */
  desk: string;
  /** as papers have it */
  paper: string;
  times: number;
  at: string;
  by: string;
}

/** PaperAliasEdit forgets an alias. */
export interface PaperAliasEdit {
  customer: string;
  field: string;
  desk: string;
  paper: string;
  as?: string;
}

/** PaperNumbers are the numbers on a document of which a person may say what they are. */
export interface PaperNumbers {
  /** down the pages */
  numbers: PaperNumber[];
  /** what a number may be */
  fields: string[];
}

/** PaperNumber is a number on a page with what is printed by it. */
export interface PaperNumber {
  /** names it in PaperTeach */
  spot: string;
  value: string;
  /** as printed; "" where no words stand by it */
  label: string;
  /** what it was read as; "" for nothing */
  field: string;
  page: number;
  box: number[];
}

/** PaperTeach says what a number on a paper is. The label by it is learned for papers of the same layout, where it has one and the layout has labels enough to be known again. */
export interface PaperTeach {
  spot: string;
  /** load, bol, pro, po, seal or trailer */
  field: string;
  /** as it stands on the paper, where it was misread */
  value?: string;
  as?: string;
  now?: string;
}

/** PaperLabels are the labels that people taught, the newest first. */
export interface PaperLabels {
  labels: PaperLabel[];
}

/** PaperLabel is a label of a layout and the field that stands by it. */
export interface PaperLabel {
  id: number;
  /** as printed */
  label: string;
  field: string;
  /** some of the other labels by which the form is known */
  layout: string;
  at: string;
  by: string;
  /** name of the file on which it was taught */
  on: string;
  paper: string;
}

/** PaperLabelEdit forgets a label. */
export interface PaperLabelEdit {
  id: number;
  as?: string;
}

/** PaperExport writes papers into a folder of this computer under names made by a rule. */
export interface PaperExport {
  folder: string;
  /** "{load}_{type}_{date}" when empty; also {customer} {bol} {pro} {po} {name} {n} */
  rule?: string;
  load?: string;
  customer?: string;
  /** verified when empty; "any" for all that are on a load */
  state?: string;
  /** searchable PDF copies instead of files as they came */
  copies?: boolean;
  as?: string;
}

/** PaperExported is what was written. */
export interface PaperExported {
  folder: string;
  files: PaperFileName[];
  /** what was not written and why */
  left: string[];
}

/** PaperFileName is a file that was written. */
export interface PaperFileName {
  id: string;
  load: string;
  name: string;
  /** the same file was there already */
  known: boolean;
}

/** BulkEdit states one thing of many loads at once. */
export interface BulkEdit {
  /** ids or numbers */
  loads: string[];
  edit: Edit;
}

/** BulkStated is the answer: one observation a load, so that each can be taken back. */
export interface BulkStated {
  observations: string[];
  says: string;
  /** "1002: why not" */
  refused: string[];
}

/** Trail is where the truck was, oldest first. */
export interface Trail {
  points: TrailPoint[];
}

/** TrailPoint is one position as it was told. */
export interface TrailPoint {
  at: string;
  lat: number;
  lon: number;
  place: string;
  source: string;
}

/** Setting changes one setting of the desk: the person's display name, the zone in which a customer's day begins and ends ("" is each stop's own day), or the ids of sender and receiver in what is written as X12. */
export interface Setting {
  person?: string;
  customer?: string;
  zone?: string;
  x12Sender?: string;
  x12Receiver?: string;
  as?: string;
}

/** Rebuilt is how many loads were drawn anew. */
export interface Rebuilt {
  loads: number;
}

/** Retried is how many quarantined items found their load. */
export interface Retried {
  matched: number;
}

/** Fault is every error as the screens and commands receive it. */
export interface Fault {
  code: Code;
  /** what happened, and what it means */
  message: string;
  /** what to do; may be empty */
  hint: string;
}

/** Code is the kind of an error. */
export type Code = "invalid" | "not_found" | "conflict" | "denied" | "internal";
