import { applyDecorators } from '@nestjs/common';
import { isDay } from '@weir/incidence';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** The rules for fields of queries and bodies; messages go on after the field's name. */

export function Text(): PropertyDecorator {
  return rule(
    'text',
    (value) => typeof value === 'string' && value !== '',
    (value) => (value === undefined ? 'is missing' : 'must be a text, given once and not empty'),
  );
}

export function Day(): PropertyDecorator {
  return rule(
    'day',
    (value) => typeof value === 'string' && isDay(value),
    once('must be a day that exists, as YYYY-MM-DD'),
  );
}

export function OneOf(allowed: readonly string[]): PropertyDecorator {
  return rule(
    'one_of',
    (value) => typeof value === 'string' && allowed.includes(value),
    once(`must be one of ${allowed.join(', ')}`),
  );
}

/** A whole number in a query: decimal digits, nothing else. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  const inRange = (value: unknown) => typeof value === 'number' && value >= least && value <= most;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
    ),
    rule('whole_number', inRange, once(`must be a whole number from ${least} to ${most}`)),
  );
}

/** A parameter that may be repeated. */
export function Texts(): PropertyDecorator {
  const isTexts = (value: unknown) =>
    Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '');
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value)),
    rule('texts', isTexts, () => 'must be a text, and not empty'),
  );
}

/** A parameter that was repeated arrives as an array, whose values may each be right: that is not what is wrong then. */
function once(message: string) {
  return (value: unknown) => (Array.isArray(value) ? 'must be given once' : message);
}

function rule(
  name: string,
  validate: (value: unknown) => boolean,
  message: (value: unknown) => string,
): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: (validated) => message(validated?.value) } });
}
