/** What a person does at a panel, each with what is seen of it; rejects where it is not. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Box,
  changedBox,
  changedWindow,
  difference,
  type Point,
  type Screen,
  type Shot,
  still,
  until,
} from '../support/desktop/screen.ts';

/** Takes a picture of what is there in the middle of something. */
export type Picture = (what: string) => Promise<void>;

/** What a panel may take to let go of everything when it ends, and a window to open that must not, in ms. */
export const settling = 5_000;
/** Two clicks that are not so far apart are a double click, or one that took the focus away first; in ms. */
const apart = 1_000;
/** Where no panel and no window has anything that a pointer changes. */
export const aside: Point = { x: 640, y: 450 };
/** A line of a menu that is lit up, or is no longer, is at least so many pixels. */
const aLine = 300;

export async function hasOpened(screen: Screen): Promise<boolean> {
  return (await screen.windows()).length > 0;
}

async function opens(screen: Screen, what: string): Promise<void> {
  await until(() => hasOpened(screen), `${what}: a window`);
  await until(() => screen.hasKeys(), `${what}: the keys for it`);
  await still(screen);
}

const goes = (screen: Screen, what: string) =>
  until(async () => !(await hasOpened(screen)), `${what}: no window`);

async function click(screen: Screen, place: Point): Promise<void> {
  await delay(apart);
  await screen.click(place, 1);
}

/** A click opens the window, and a second one hides it. */
export async function toggleWindow(screen: Screen, place: Point, picture: Picture): Promise<void> {
  await click(screen, place);
  await opens(screen, 'after a click');
  await picture('window');
  await click(screen, place);
  await goes(screen, 'after a second click');
}

/** Minimized, then on another workspace: a click on the icon brings it here. */
export async function fetchWindow(screen: Screen, place: Point): Promise<void> {
  await click(screen, place);
  await opens(screen, 'after a click');
  for (const window of await screen.windows()) await screen.putAway(window);
  await goes(screen, 'once it is minimized');
  await click(screen, place);
  await opens(screen, 'after a click when it was minimized');
  await screen.leave();
  await goes(screen, 'on the other workspace');
  await click(screen, place);
  await opens(screen, 'after a click on the other workspace');
  await click(screen, place);
  await goes(screen, 'after a further click');
}

/** How wide and high the popover is at 100 %, and how far from the icon it may be: a panel lies between them. */
const popover = { width: 360, height: 440 };
const nearIcon = 70;
/** A window manager may draw an edge round it. */
const edge = 8;
/** Of what is not the popover so many pixels may change: a clock goes on. A list of windows with one more changes more. */
const elsewhere = 1_000;

/** A click on the icon opens the popover beside it; a second one and Escape close it. There is no other window that could be clicked. */
export async function openPopover(screen: Screen, place: Point, picture: Picture): Promise<void> {
  await screen.move(place);
  const closed = await still(screen);
  await click(screen, place);
  await opens(screen, 'after a click');
  await picture('popover-open');
  const shot = await screen.takeShot();
  const box = changedWindow(closed, shot, popover);
  if (!box || !isBeside(box, place))
    throw new Error(`The popover is not beside the icon: ${JSON.stringify(box)}`);
  const others = difference(withoutBox(closed, box), withoutBox(shot, box), place);
  if (others > elsewhere)
    throw new Error(`More than the popover is seen: ${others} pixels of something else`);
  await click(screen, place);
  await goes(screen, 'after a second click');
  await click(screen, place);
  await opens(screen, 'after a third click');
  await screen.press('Escape');
  await goes(screen, 'after Escape');
}

function isBeside({ left, top, right, bottom }: Box, { x, y }: Point): boolean {
  const isSize = (size: number, wanted: number) => Math.abs(size - wanted) <= edge;
  return (
    isSize(right - left, popover.width) &&
    isSize(bottom - top, popover.height) &&
    x >= left - nearIcon &&
    x <= right + nearIcon &&
    y >= top - nearIcon &&
    y <= bottom + nearIcon
  );
}

/** A picture in which a box, and what a window manager draws round it, is black. */
function withoutBox({ width, height, rgb }: Shot, { left, top, right, bottom }: Box): Shot {
  const copy = Buffer.from(rgb);
  for (let y = Math.max(0, top - edge); y <= Math.min(height - 1, bottom + edge); y += 1) {
    const row = y * width;
    copy.fill(0, (row + Math.max(0, left - edge)) * 3, (row + Math.min(width, right + 1 + edge)) * 3);
  }
  return { width, height, rgb: copy };
}

/** The screen without the menu, with the pointer on the icon, which may be part of the picture; the menu stays open. */
export async function openMenu(screen: Screen, place: Point, button: 1 | 3): Promise<Shot> {
  await screen.move(place);
  const closed = await still(screen);
  await screen.click(place, button);
  await until(async () => changedBox(closed, await screen.takeShot()), 'the menu');
  await still(screen);
  return closed;
}

/** A panel may light up the icon's own place, which is no tooltip. */
export async function showTooltip(screen: Screen, place: Point, picture: Picture): Promise<void> {
  await screen.move(aside);
  const before = await still(screen);
  const others = async () => difference(before, await screen.takeShot(), place);
  // To some panels a pointer that jumps there has not moved on it.
  await screen.move({ x: place.x - 2, y: place.y });
  await screen.move(place);
  await until(async () => (await others()) > 300, 'the tooltip');
  await picture('tooltip-shown');
  await screen.move(aside);
  await until(async () => (await others()) < 300, 'no tooltip');
}

/** Keys for a menu, each once it can be seen what came of the one before: a menu takes none while a submenu of it opens. */
export async function chooseByKeys(screen: Screen, keys: readonly string[], picture: Picture): Promise<void> {
  for (const [at, key] of keys.entries()) {
    const before = await still(screen);
    if (at === keys.length - 1) await picture('chosen');
    await screen.press(key);
    const count = `key ${at + 1} of the menu, ${key}`;
    await until(async () => difference(before, await screen.takeShot()) > aLine, count);
  }
}

/** "Busy" is a bit less than a third down the menu, and "Until I change it" the first line of what opens beside it. */
export async function chooseByPointer(screen: Screen, closed: Shot, picture: Picture): Promise<void> {
  const opened = await still(screen);
  const menu = changedBox(closed, opened);
  if (!menu) throw new Error('There is no menu');
  const middle = ({ left, right }: { left: number; right: number }) => Math.round((left + right) / 2);
  await screen.move({ x: middle(menu), y: Math.round(menu.top + (menu.bottom - menu.top) * 0.32) });
  // It opens towards the middle of the screen.
  const besides = { ...menu, top: 0, right: opened.width, bottom: opened.height };
  await until(async () => changedBox(opened, await screen.takeShot(), besides), 'the submenu of Busy');
  const submenu = changedBox(opened, await still(screen), besides);
  if (!submenu) throw new Error('The submenu of Busy went');
  await picture('chosen');
  const line = submenu.top + (submenu.bottom - submenu.top) * 0.05;
  await screen.click({ x: middle(submenu), y: Math.round(line) }, 1);
}
