interface FieldError {
  readonly field: string;
  readonly message: string;
}

interface Extra {
  readonly fields?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of Zoom's that is not a success: `{code, message, errors?}` with an HTTP status. */
export class ZoomError extends Error {
  readonly http: number;
  readonly code: number;
  readonly fields: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(http: number, code: number, message: string, extra: Extra = {}) {
    super(message);
    this.http = http;
    this.code = code;
    this.fields = extra.fields;
    this.headers = extra.headers ?? {};
  }

  /** The JSON body of the answer. */
  body(): { code: number; message: string; errors?: readonly FieldError[] } {
    const { code, message } = this;
    return this.fields ? { code, message, errors: this.fields } : { code, message };
  }
}

/** 400/300 naming the fields that Zoom did not take. */
export function invalidFields(fields: readonly string[]): ZoomError {
  return new ZoomError(400, 300, 'Validation Failed.', {
    fields: fields.map((field) => ({ field, message: 'Invalid field.' })),
  });
}

/** 404/1001. Backgrounds and ZAK word it otherwise than the rest. */
export function unknownUser(userId: string): ZoomError {
  return new ZoomError(404, 1001, `User does not exist: ${userId}.`);
}

/** 400 with one of Zoom's codes. */
export function refused(code: number, message: string): ZoomError {
  return new ZoomError(400, code, message);
}
