/** A unique name such as `:1.42`, or one that a program has taken such as `org.freedesktop.StatusNotifierItem-7-1`. */
const busName = /^(?::\d+(?:\.\d+)+|[a-z_-][\w-]*(?:\.[a-z_-][\w-]*)+)$/i;

/**
 * The bus name of the program whose icon a watcher lists. Watchers write it alone, with the path of the icon's object after it
 * (`:1.9/StatusNotifierItem`), or with an @ between the two (GNOME's AppIndicator extension: electron#53138). Undefined for anything
 * else.
 */
export function connectionOf(item: unknown): string | undefined {
  const name = typeof item === 'string' ? item.split(/[@/]/)[0] : undefined;
  return name !== undefined && busName.test(name) ? name : undefined;
}
