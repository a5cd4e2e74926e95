/** What an app is made of, once all of it was found right. */
export interface NewApp {
  readonly name: string;
  readonly redirectUri: string;
  readonly allowList: readonly string[];
  readonly scopes: readonly string[];
  readonly isPublic: boolean;
}

/** What is wrong with the name of an app; undefined when nothing is. */
export function nameProblem(name: string): string | undefined {
  return name.length >= 1 && name.length < 50 ? undefined : 'The name must have 1 to 49 characters.';
}
