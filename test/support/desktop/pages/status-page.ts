import type { Locator, Page } from '@playwright/test';

/** The Status screen. Statuses go by their words ("Do not disturb"); locators are for `expect(...)`, which waits. */
export class StatusPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The confirmed status, large: expect it toHaveText('Away'). */
  currentWord(): Locator {
    return this.current().getByRole('heading', { level: 1 });
  }

  /** "Since 14:05, set by you". */
  story(): Locator {
    return this.current().getByText(/^Since /);
  }

  /** That Zoom took back what was set here. */
  ended(): Locator {
    return this.current().getByText(/ ended in Zoom\./);
  }

  /** "42 min left"; only there while a timer runs. */
  timeLeft(): Locator {
    return this.current().getByRole('timer');
  }

  /** ", then Available at 15:05". */
  follows(): Locator {
    return this.current().getByText(/then .+ at /);
  }

  /** Drops the running timer. */
  async keep(): Promise<void> {
    await this.current().getByRole('button', { name: 'Remove timer' }).click();
  }

  /** Asks Zoom again what the status is (shown when it is offline or unknown). */
  async checkAgain(): Promise<void> {
    await this.current().getByRole('button', { name: 'Check again' }).click();
  }

  /** The radio of a status; expect it toBeChecked() when it is what the person last asked for. */
  option(word: string): Locator {
    return this.page
      .getByRole('radiogroup', { name: 'Set your status' })
      .getByRole('radio', { name: word, exact: true });
  }

  async choose(word: string): Promise<void> {
    await this.option(word).click();
  }

  /** Do not disturb for a length as its button says: '1 hour', or /^Until/ for the morning. */
  async doNotDisturbFor(length: string | RegExp): Promise<void> {
    await this.timed().selectOption('Do not disturb');
    await this.press('For a while', length);
  }

  /** The chosen status, unless that is Available, for a length as its button says: '15 minutes'. */
  async forAWhile(length: string): Promise<void> {
    await this.press('For a while', length);
  }

  /** Which status the lengths and the field are for. */
  timed(): Locator {
    return this.page.getByRole('combobox', { name: 'Status for a while' });
  }

  /** "How long, or until when"; its description is what the typed time means, or what is wrong with it. */
  timeField(): Locator {
    return this.page.getByRole('textbox', { name: 'How long, or until when' });
  }

  /** Types a time as given and presses Set. */
  async setFor(word: string, typed: string): Promise<void> {
    await this.timed().selectOption(word);
    await this.timeField().fill(typed);
    await this.setButton().click();
  }

  /** Gives the status and the time that are typed a name. */
  async saveAsPreset(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Save as a preset' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'New preset' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** What a wide window has beside the status. */
  beside(title: 'Presets' | 'Recent' | 'Today' | 'Meetings'): Locator {
    return this.page.getByRole('region', { name: title });
  }

  setButton(): Locator {
    return this.page
      .getByRole('region', { name: 'For a while' })
      .getByRole('button', { name: 'Set', exact: true });
  }

  /** "Back to Available". */
  undo(): Locator {
    return this.current().getByRole('button', { name: /^Back to/ });
  }

  /** "Switching to Away in 0:42" with its reason and Cancel. */
  waiting(): Locator {
    return this.page.getByRole('region', { name: 'Waiting' });
  }

  /** The digits "0:42" alone. */
  waitingCountdown(): Locator {
    return this.waiting().getByRole('timer');
  }

  async cancelWaiting(): Promise<void> {
    await this.waiting().getByRole('button', { name: 'Cancel' }).click();
  }

  /** "Sending Away". */
  sending(): Locator {
    return this.page.getByRole('region', { name: 'Sending' });
  }

  /** "Couldn’t set Away" with what happened and the way out. */
  failure(): Locator {
    return this.page.getByRole('region', { name: 'Not sent' });
  }

  /** Presses the failure's main button, whatever its fix is called. */
  async retry(): Promise<void> {
    await this.failure()
      .getByRole('button', { name: /^(Try again|Sign in again)$/ })
      .click();
  }

  async dismissFailure(): Promise<void> {
    await this.failure().getByRole('button', { name: 'Dismiss' }).click();
  }

  /** "Tally may not set your status" with the permission and where to add it. */
  permissionNeeded(): Locator {
    return this.page.getByRole('region', { name: 'Tally doesn’t have permission to set your status' });
  }

  /** The quiet line, where only reading is not allowed. */
  readingNotAllowed(): Locator {
    return this.page.getByText(/^Tally doesn’t have permission to read your status/);
  }

  /** What a rule makes of the status, or why none does anything. */
  automation(): Locator {
    return this.page.getByRole('region', { name: 'Automation', exact: true });
  }

  /** The ends that are a press away, as they stand. */
  endsOnOffer(): Locator {
    return this.page
      .getByRole('region', { name: 'For a while' })
      .getByRole('button', { name: /^(Until |\d)/ });
  }

  private current(): Locator {
    return this.page.getByRole('region', { name: 'Current status' });
  }

  private async press(section: string, name: string | RegExp): Promise<void> {
    const region = this.page.getByRole('region', { name: section });
    await region.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }
}
