import type { TaskAsk } from '$lib/api';
import { written } from '../load/written';

/** How a question is answered. */
export type AnswerKind = 'time' | 'number' | 'temperature' | 'money' | 'position' | 'tracking' | 'words';

const kinds: Record<string, AnswerKind> = {
  eta: 'time', arrived: 'time', departed: 'time', loaded: 'time', unloaded: 'time', picked_up: 'time', delivered: 'time', pieces: 'number', pallets: 'number', weight: 'number', temperature: 'temperature', money: 'money', position: 'position', tracking: 'tracking',
};

export const kindOf = (ask: TaskAsk): AnswerKind => kinds[ask.fact] ?? 'words';

/** What an answer goes as: a time is made whole with its day, still local to the stop; what is no time ("not yet") goes as it was said. */
export const valueOf = (ask: TaskAsk, text: string, zone: string, now: number): string => (kindOf(ask) === 'time' ? (written(text, zone || 'UTC', now) ?? text.trim()) : text.trim());

/** The time that is read in an answer, "2026-11-23 14:30"; null when none is. */
export const timeIn = (ask: TaskAsk, text: string, zone: string, now: number): string | null => (kindOf(ask) === 'time' ? written(text, zone || 'UTC', now) : null);
