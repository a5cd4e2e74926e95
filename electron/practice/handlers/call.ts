import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import type { OperationTypes } from '../../../shared/zoom/types.gen.ts';
import type { Part } from '../multipart.ts';
import type { Person } from '../state/person.ts';
import type { World } from '../world.ts';

/** A call that was authorized and whose path, query and body are valid by the catalogue. */
export interface Call<K extends OperationId> {
  readonly world: World;
  /** Whose token it is. */
  readonly owner: Person;
  /** Whether the call is about the token's owner. */
  readonly self: boolean;
  /** Whom the call is about; the owner where the path names nobody. */
  readonly person: Person;
  readonly path: OperationTypes[K]['path'];
  readonly query: OperationTypes[K]['query'];
  readonly body: OperationTypes[K]['body'];
  /** The parts of a multipart body. */
  readonly parts: readonly Part[];
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** Carries a call out and answers it, or throws a ZoomError. */
export type Handler<K extends OperationId> = (call: Call<K>) => Reply;

/** The handlers of some operations. */
export type HandlersFor<K extends OperationId> = { readonly [Id in K]: Handler<Id> };

export const noContent: Reply = { status: 204 };

/** 200 with nothing in it. */
export const accepted: Reply = { status: 200 };

/** 200 with what was asked for. */
export const ok = (body: unknown): Reply => ({ status: 200, body });
