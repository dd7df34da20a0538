import { expect, it } from 'vitest';
import { createAnswers } from './answers.ts';

it('C10 an answer for everybody is checked and made into text once; one that may change, each time', () => {
  const answers = createAnswers();
  let checks = 0;
  const check = (answer: unknown) => {
    checks++;
    return answer;
  };
  const directory = Object.freeze({ sensors: ['WL-1'] });
  const first = answers.json(directory, check);
  expect(first.text).toBe('{"sensors":["WL-1"]}');
  for (let window = 0; window < 200; window++) expect(answers.json(directory, check)).toBe(first);
  expect(first.bytes).toBe(first.bytes);
  expect(checks).toBe(1);
  const own = { n: 1 };
  answers.json(own, check);
  own.n = 2;
  expect(answers.json(own, check).text).toBe('{"n":2}');
  expect(checks).toBe(3);
});

it('an answer that does not fit is told of each time', () => {
  const answers = createAnswers();
  const refuse = () => {
    throw new Error('bad');
  };
  const answer = Object.freeze({});
  for (let i = 0; i < 2; i++) expect(() => answers.json(answer, refuse)).toThrow('bad');
});
