import type { Locator, Page } from '@playwright/test';

/** The steps to an account, and the wait for the browser. */
export class ConnectPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  heading(): Locator {
    return this.page.getByRole('heading', { name: 'Connect Zoom' });
  }

  /** The sheet of a step. */
  step(name: 'Choose' | 'Create' | 'Paste'): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  async goTo(name: 'Choose' | 'Create' | 'Paste'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).click();
    await this.step(name).waitFor();
  }

  async chooseCloud(word: 'zoom.us' | 'zoomgov.com'): Promise<void> {
    await this.goTo('Choose');
    await this.page.getByRole('radiogroup', { name: 'Where do you sign in' }).getByText(word).click();
  }

  async openMarketplace(): Promise<void> {
    await this.goTo('Create');
    await this.page.getByRole('button', { name: 'Open Zoom App Marketplace' }).click();
  }

  async copyRedirectUri(): Promise<void> {
    await this.page.getByRole('button', { name: 'Copy: redirect address' }).click();
  }

  /** The box of a feature, such as 'Status' or 'Backgrounds'. */
  feature(word: string): Locator {
    return this.page
      .getByRole('group', { name: 'What should Tally be able to do?' })
      .getByRole('checkbox', { name: new RegExp(`^${word}`) });
  }

  /** A box of the list of what is done at Zoom. */
  tick(words: RegExp): Locator {
    return this.step('Create').getByRole('checkbox', { name: words });
  }

  /** The scope names shown. */
  scopes(): Promise<string[]> {
    return this.page.getByRole('list', { name: 'Scopes' }).locator('code').allTextContents();
  }

  /** The way back by its words, opening the choice where it is closed; the https ones take an address. */
  async chooseWayBack(word: string, address?: string): Promise<void> {
    const group = this.page.getByRole('radiogroup', { name: 'How the browser comes back' });
    if (!(await group.isVisible())) await this.page.getByText('Does Zoom say “Wrong URL format”').click();
    await group.getByText(word, { exact: true }).click();
    if (address === undefined) return;
    await this.page.getByRole('textbox', { name: 'Your https address' }).fill(address);
    await this.page.getByRole('button', { name: 'Use this address for the app' }).click();
  }

  async saveManifest(): Promise<void> {
    await this.page.getByText('Does your app’s page offer to upload a manifest?').click();
    await this.page.getByRole('button', { name: 'Save app manifest' }).click();
  }

  /** The choice of a way back by its words. */
  wayBack(word: string): Locator {
    return this.page
      .getByRole('radiogroup', { name: 'How the browser comes back' })
      .getByRole('radio', { name: new RegExp(`^${word}`) })
      .first();
  }

  /** That another program has the port to which the browser would come back. */
  portTaken(): Locator {
    return this.page.getByRole('region', { name: 'The port is taken' });
  }

  async chooseNextWay(): Promise<void> {
    await this.portTaken().getByRole('button', { name: 'Use an https page instead' }).click();
  }

  /** Pastes a setup as one does that a colleague has sent. */
  async offer(text: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Setup' });
    const more = this.page.getByRole('button', { name: 'I have a setup from a colleague' });
    if (!(await field.isVisible())) await more.click();
    await field.fill(text);
    await this.page.getByRole('button', { name: 'Use this setup' }).click();
  }

  /** A setup that was given, or why it cannot be used. */
  setup(): Locator {
    return this.page.getByRole('region', { name: /^(The setup you were given|From your administrator)$/ });
  }

  /** Begins the sign-in by the setup that was given. */
  async signInWithZoom(): Promise<void> {
    await this.setup().getByRole('button', { name: 'Sign in with Zoom' }).click();
  }

  clientId(): Locator {
    return this.page.getByRole('textbox', { name: 'Client ID' });
  }

  /** Ticks "My app has a secret" where it is not yet. */
  async typeSecret(secret: string): Promise<void> {
    await this.goTo('Paste');
    await this.page.getByRole('checkbox', { name: /^My app has a secret/ }).check();
    await this.secret().fill(secret);
  }

  secret(): Locator {
    return this.page.getByLabel('Client secret');
  }

  /** What is wrong in the last step, or with the pasted address. */
  problem(): Locator {
    return this.page.locator('p.text-danger');
  }

  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: 'Continue in the browser' }).click();
  }

  /** Begins a sign-in with a public client id. */
  async connect(clientId: string): Promise<void> {
    if (!(await this.clientId().isVisible())) await this.goTo('Paste');
    await this.clientId().fill(clientId);
    await this.submit();
  }

  /** The person is expected in the browser, whether it could be opened or not. */
  waiting(): Locator {
    return this.page.getByRole('heading', {
      name: /^(Waiting for you in the browser|The browser didn’t open)$/,
    });
  }

  /** Time left: "4:32". */
  timeLeft(): Locator {
    return this.page.getByRole('timer', { name: 'Time left' });
  }

  /** An answer that did not belong to the sign-in. */
  stray(): Locator {
    return this.page.getByRole('main').getByRole('alert');
  }

  async cancel(): Promise<void> {
    await this.page.getByRole('button', { name: 'Cancel', exact: true }).click();
  }

  async openBrowserAgain(): Promise<void> {
    await this.page
      .getByRole('button', { name: /^(Open the browser again|Try to open the browser)$/ })
      .click();
  }

  async copyAddress(): Promise<void> {
    await this.page.getByRole('button', { name: 'Copy the address' }).click();
  }

  /** Types the address that the browser ended at, opening its field where that is closed. */
  async paste(address: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Address of that page' });
    const more = this.page.getByRole('button', { name: 'Didn’t return to Tally?' });
    if (!(await field.isVisible())) await more.click();
    await field.fill(address);
    await this.page.getByRole('button', { name: 'Use this address' }).click();
  }

  finishing(): Locator {
    return this.page.getByRole('heading', { name: 'Almost there' });
  }

  failed(): Locator {
    return this.page.getByRole('heading', { name: 'The sign-in didn’t work' });
  }

  /** What happened and why. */
  failure(): Locator {
    return this.page.getByRole('main').getByRole('alert');
  }

  async startAgain(): Promise<void> {
    await this.page.getByRole('button', { name: 'Start again' }).click();
  }

  async dismiss(): Promise<void> {
    await this.page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  }
}
