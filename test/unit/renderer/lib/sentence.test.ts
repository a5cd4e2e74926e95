import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { sentence } from '../../../../renderer/lib/sentence.tsx';

const bold = (text: string) => createElement('b', undefined, text);

describe('a sentence with elements in it', () => {
  it('has each where its language puts it', () => {
    const said = sentence((name, place) => `In ${place}, ${name} waits.`, bold('Ann'), bold('Rome'));
    expect(renderToStaticMarkup(said)).toBe('In <b>Rome</b>, <b>Ann</b> waits.');
  });

  it('may begin or end with one, and have none', () => {
    expect(renderToStaticMarkup(sentence((name) => name, bold('Ann')))).toBe('<b>Ann</b>');
    expect(renderToStaticMarkup(sentence(() => 'Nobody.'))).toBe('Nobody.');
  });
});
