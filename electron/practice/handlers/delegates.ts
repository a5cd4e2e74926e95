import { zoomTime } from '../clock.ts';
import { refused, unknownUser } from '../errors.ts';
import { licence, type Person } from '../state/person.ts';
import { findPerson, type World } from '../world.ts';
import { type HandlersFor, noContent, ok } from './call.ts';

/** Those for whom a person may schedule: everybody who made them an assistant. */
export function schedulersOf(world: World, person: Person): Person[] {
  return world.people.filter((one) => one.assistants.includes(person.id));
}

function canDelegate(person: Person): boolean {
  return person.type === licence.licensed || person.type === licence.onPrem;
}

function mustBeLicensed(idOrEmail: string) {
  return refused(200, `The user must either be a Licensed user or an On-prem user : ${idOrEmail}.`);
}

function known(world: World, idOrEmail: string): Person {
  const person = findPerson(world, idOrEmail);
  if (!person) throw unknownUser(idOrEmail);
  return person;
}

function unassign(of: Person, assistantId: string): void {
  of.assistants = of.assistants.filter((id) => id !== assistantId);
  of.privateEventAssistants = of.privateEventAssistants.filter((id) => id !== assistantId);
}

export const delegates: HandlersFor<
  | 'userAssistants'
  | 'userAssistantCreate'
  | 'userAssistantsDelete'
  | 'userAssistantDelete'
  | 'userSchedulers'
  | 'userSchedulersDelete'
  | 'userSchedulerDelete'
> = {
  userAssistants: ({ world, person }) => {
    const found = person.assistants.flatMap((id) => findPerson(world, id) ?? []);
    return ok({
      assistants: found.map(({ id, email }) => ({
        id,
        email,
        can_manage_host_private_event: person.privateEventAssistants.includes(id),
      })),
    });
  },

  userAssistantCreate: ({ world, person, body }) => {
    if (world.account.plan === 'free')
      throw refused(200, `Current account must be paid account: ${world.account.id}`);
    if (!canDelegate(person)) throw mustBeLicensed(person.email);
    // Everything is checked before anybody is added, so that a refused call changes nothing.
    const added = (body?.assistants ?? []).map((wanted) => {
      const named = wanted.id ?? wanted.email ?? '';
      const assistant = findPerson(world, named);
      if (!assistant) throw refused(200, `Can't find user ${named}.`);
      if (assistant === person) throw refused(200, "Can't assign scheduling privilege to yourself.");
      if (!canDelegate(assistant)) throw mustBeLicensed(named);
      if (person.assistants.includes(assistant.id)) {
        throw refused(200, `User ${assistant.email} has already granted scheduling privilege.`);
      }
      return { id: assistant.id, isTrusted: wanted.can_manage_host_private_event === true };
    });
    const ids = added.map(({ id }) => id);
    const trusted = added.filter(({ isTrusted }) => isTrusted).map(({ id }) => id);
    person.assistants = [...new Set([...person.assistants, ...ids])];
    person.privateEventAssistants = [...new Set([...person.privateEventAssistants, ...trusted])];
    return { status: 201, body: { ids: ids.join(','), add_at: zoomTime(world.clock.now()) } };
  },

  userAssistantsDelete: ({ person }) => {
    person.assistants = [];
    person.privateEventAssistants = [];
    return noContent;
  },

  userAssistantDelete: ({ world, person, path }) => {
    unassign(person, known(world, path.assistantId).id);
    return noContent;
  },

  userSchedulers: ({ world, person }) => {
    const schedulers = schedulersOf(world, person).map(({ id, email, pmi }) => ({ id, email, pmi }));
    return ok({ schedulers });
  },

  userSchedulersDelete: ({ world, person }) => {
    for (const scheduler of schedulersOf(world, person)) unassign(scheduler, person.id);
    return noContent;
  },

  userSchedulerDelete: ({ world, person, path }) => {
    unassign(known(world, path.schedulerId), person.id);
    return noContent;
  },
};
