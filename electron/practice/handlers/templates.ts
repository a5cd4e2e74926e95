import { invalidFields } from '../errors.ts';
import { type HandlersFor, ok } from './call.ts';

/** Zoom's own, which everybody has. */
const summaryTemplates = [
  ['1e1356ad', 'General', 'Recap and next steps'],
  ['7c20b9e4', 'One-on-one', 'What was agreed between two people'],
  ['b4f8d012', 'Stand-up', 'Done, planned and blocked, by person'],
] as const;

export const templates: HandlersFor<'getMeetingSummaryTemplates' | 'getUserMeetingTemplates'> = {
  getMeetingSummaryTemplates: () =>
    ok(
      summaryTemplates.map(([id, name, description]) => ({
        meeting_summary_template_id: id,
        name,
        description,
      })),
    ),

  getUserMeetingTemplates: ({ person, path: { meetingTemplateId: id } }) => {
    const found = person.meetingTemplates.find((template) => template.id === id);
    // [U] What Zoom says of a template that is not there.
    if (!found) throw invalidFields(['meetingTemplateId']);
    return ok(found);
  },
};
