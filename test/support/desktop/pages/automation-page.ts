import type { Locator, Page } from '@playwright/test';

/** The Automation screen. Every change is kept at once. */
export class AutomationPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Switches a rule on or off by its name. */
  async toggle(rule: string): Promise<void> {
    await this.card('Rules').getByText(rule, { exact: true }).click();
  }

  rule(name: string): Locator {
    return this.card('Rules').getByRole('switch', { name: new RegExp(`^${name}`) });
  }

  /** What a rule that is on sees right now. */
  seen(words: RegExp): Locator {
    return this.card('Rules').getByText(words);
  }

  /** A choice of a rule that is on. */
  choice(name: string): Locator {
    return this.card('Rules').getByRole('combobox', { name, exact: true });
  }

  /** The hours of a day, as they are typed. */
  day(word: string): Locator {
    return this.page.getByRole('textbox', { name: word, exact: true });
  }

  /** What a rule has set, or why none does anything. */
  rightNow(): Locator {
    return this.card('Right now');
  }

  /** What the rules make of the day, in order. */
  today(): Locator {
    return this.card('Today').getByRole('listitem');
  }

  /** The newest first. */
  log(): Locator {
    return this.card('What happened, and why').getByRole('listitem');
  }

  /** Adds a calendar by its address. */
  async addCalendar(address: string): Promise<void> {
    await this.calendars().getByRole('textbox', { name: 'Address of a calendar' }).fill(address);
    await this.page.keyboard.press('Enter');
  }

  /** Adds the calendars of a login, by the dialog. */
  async addLogin(server: string, user: string, password: string): Promise<void> {
    await this.calendars().getByRole('button', { name: 'Add with a login…' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Address of the server').fill(server);
    await dialog.getByLabel('Name or email').fill(user);
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The calendars, and how they are. */
  calendars(): Locator {
    return this.card('Calendars');
  }

  /** What is run when the status changes, and how that went. */
  command(): Locator {
    return this.card('When the status changes');
  }

  /** The broker that is told of the status, and how that goes. */
  broker(): Locator {
    return this.card('MQTT and Home Assistant');
  }

  /** Types where a broker is, and its login if it has one, and saves it without TLS. */
  async saveBroker(host: string, port: number, login?: { user: string; password: string }): Promise<void> {
    const card = this.broker();
    await card.getByRole('textbox', { name: 'Host of the broker' }).fill(host);
    await card.getByRole('checkbox', { name: /^Encrypt with TLS/ }).uncheck();
    await card.getByRole('textbox', { name: 'Port' }).fill(String(port));
    if (login) {
      await card.getByRole('textbox', { name: 'User' }).fill(login.user);
      await card.getByRole('textbox', { name: 'Password' }).fill(login.password);
    }
    await card.getByRole('button', { name: 'Save without TLS' }).click();
  }

  /** Types a command, and saves it. */
  async saveCommand(program: string, args: readonly string[]): Promise<void> {
    await this.command().getByRole('textbox', { name: 'Program' }).fill(program);
    await this.command().getByRole('textbox', { name: 'Arguments, one a line' }).fill(args.join('\n'));
    await this.command().getByRole('button', { name: 'Save' }).click();
  }

  private card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }
}
