/** What a person does at a panel, each with what is seen of it; rejects where it is not. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Box,
  changedBox,
  difference,
  type Point,
  type Screen,
  type Shot,
  until,
} from '../support/desktop/screen.ts';

/** What a panel may take to let go of everything when it ends, and a window to open that must not, in ms. */
export const settling = 5_000;
/** Where no panel and no window has anything that a pointer changes. */
export const aside: Point = { x: 640, y: 450 };

export async function hasOpened(screen: Screen): Promise<boolean> {
  return (await screen.windows()).length > 0;
}

/** A click opens the window, and a second one hides it. */
export async function toggleWindow(screen: Screen, place: Point): Promise<void> {
  await screen.click(place, 1);
  await until(() => hasOpened(screen), 'the window after a click');
  await delay(settling / 2);
  await screen.click(place, 1);
  await until(async () => !(await hasOpened(screen)), 'no window after a second click');
}

/** Minimized, then on another workspace: a click on the icon brings it here. */
export async function fetchWindow(screen: Screen, place: Point): Promise<void> {
  const opens = (what: string) => until(() => hasOpened(screen), what);
  const goes = (what: string) => until(async () => !(await hasOpened(screen)), what);
  /** Two clicks make a double click; and one right after the window has lost the focus is one that took it away. */
  const click = async () => {
    await delay(settling / 5);
    await screen.click(place, 1);
  };
  await click();
  await opens('the window after a click');
  await delay(settling / 5);
  for (const window of await screen.windows()) await screen.putAway(window);
  await goes('no window once it is minimized');
  await click();
  await opens('the window that was minimized');
  await delay(settling / 5);
  await screen.leave();
  await goes('no window on the other workspace');
  await click();
  await opens('the window that was on another workspace');
  await click();
  await goes('no window after a further click');
}

/** How wide and high the popover is at 100 %, and how far from the icon it may be: a panel lies between them. */
const popover = { width: 360, height: 440 };
const nearIcon = 70;
/** A panel may draw the icon in another way once it was clicked, and a window manager a shadow round the popover. */
const besides = 60;

/** A click on the icon opens the popover beside it; a second one and Escape close it. There is no other window that could be clicked. */
export async function openPopover(screen: Screen, place: Point): Promise<void> {
  await screen.move(place);
  await delay(settling / 5);
  const closed = await screen.takeShot();
  const open = async () => {
    // Two clicks make a double click; and one right after the popover has lost the focus is one that took it away.
    await delay(settling / 5);
    await screen.click(place, 1);
    await until(() => hasOpened(screen), 'the popover after a click');
    await delay(settling / 5);
  };
  const closes = (how: string) => until(async () => !(await hasOpened(screen)), `no popover after ${how}`);
  await open();
  const box = changedBox(closed, await screen.takeShot());
  if (!box || !isBeside(box, place))
    throw new Error(`The popover is not beside the icon: ${JSON.stringify(box)}`);
  await screen.click(place, 1);
  await closes('a second click');
  await open();
  await screen.press('Escape');
  await closes('Escape');
}

function isBeside({ left, top, right, bottom }: Box, { x, y }: Point): boolean {
  const isSize = (size: number, wanted: number) => size >= wanted - 20 && size <= wanted + besides;
  return (
    isSize(right - left, popover.width) &&
    isSize(bottom - top, popover.height) &&
    x >= left - nearIcon &&
    x <= right + nearIcon &&
    y >= top - nearIcon &&
    y <= bottom + nearIcon
  );
}

export async function openMenu(screen: Screen, place: Point): Promise<void> {
  const before = await screen.takeShot();
  await screen.click(place, 1);
  await until(async () => changedBox(before, await screen.takeShot()), 'the menu');
  await screen.press('Escape');
}

/** A panel may light up the icon's own place, which is no tooltip. */
export async function showTooltip(screen: Screen, place: Point): Promise<void> {
  await screen.move(aside);
  await delay(settling / 5);
  const before = await screen.takeShot();
  const others = async () => difference(before, await screen.takeShot(), place);
  // To some panels a pointer that jumps there has not moved on it.
  await screen.move({ x: place.x - 2, y: place.y });
  await screen.move(place);
  await until(async () => (await others()) > 300, 'the tooltip');
  await screen.move(aside);
  await until(async () => (await others()) < 300, 'no tooltip');
}

/** "Busy" is a bit less than a third down the menu, and "Until I change it" the first line of what opens beside it. */
export async function chooseByPointer(screen: Screen, closed: Shot): Promise<void> {
  const opened = await screen.takeShot();
  const menu = changedBox(closed, opened);
  if (!menu) throw new Error('There is no menu');
  const middle = ({ left, right }: { left: number; right: number }) => Math.round((left + right) / 2);
  await screen.move({ x: middle(menu), y: Math.round(menu.top + (menu.bottom - menu.top) * 0.32) });
  // It opens towards the middle of the screen.
  const besides = { ...menu, top: 0, right: opened.width, bottom: opened.height };
  const look = async () => changedBox(opened, await screen.takeShot(), besides);
  await until(look, 'the submenu of Busy');
  await delay(settling / 5);
  const submenu = await until(look, 'the submenu of Busy');
  const line = submenu.top + (submenu.bottom - submenu.top) * 0.05;
  await screen.click({ x: middle(submenu), y: Math.round(line) }, 1);
}
