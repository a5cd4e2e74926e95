import type { SettableStatus } from '../zoom/presence.ts';

/** Something that is so at this moment; instants in epoch ms. The words come from elsewhere and are for showing alone. */
export interface Fact {
  /** Tells one occurrence from the next one of its rule: it stays the same as long as the fact does. */
  readonly since: number;
  /** When it will surely be over. */
  readonly until?: number;
  readonly device?: 'microphone' | 'camera';
  /** What uses it. */
  readonly program?: string;
  /** Of a calendar's event; never kept on the disk. */
  readonly title?: string;
  /** When what it is about begins, where that is yet to come. */
  readonly begins?: number;
  /** In place of the one that the rule sets. */
  readonly status?: SettableStatus;
}

/** What the settings of each rule have. */
export interface RuleSettings {
  readonly on: boolean;
  readonly status: SettableStatus;
  /** For how many seconds what it goes by still counts when it is over; absent: not at all. */
  readonly calm?: number;
}

/** The most of them. */
export const calmSeconds = 600;
