import { applyDecorators } from '@nestjs/common';
import { metrics, readAsOf } from '@weir/incidence';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/** Rules for parameters that only the figures have; messages go on after the parameter's name. */

/** Names of metrics, separated by commas, as an array of them. */
export function MetricNames(): PropertyDecorator {
  const known: readonly unknown[] = metrics;
  return applyDecorators(
    // Given twice it is an array already: an empty text stands for that, which no rule lets pass.
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : '')),
    ValidateBy({
      name: 'metric_names',
      validator: {
        validate: (value) => Array.isArray(value) && value.every((each) => known.includes(each)),
        defaultMessage: () => `must be names separated by commas, given once; allowed: ${metrics.join(', ')}`,
      },
    }),
  );
}

/** A day or a time, see `readAsOf`. */
export function AsOf(): PropertyDecorator {
  const mistake = (value: unknown) => {
    const read = typeof value === 'string' ? readAsOf(value) : 'must be given once';
    return typeof read === 'string' ? read : null;
  };
  return ValidateBy({
    name: 'as_of',
    validator: {
      validate: (value) => mistake(value) === null,
      defaultMessage: (validated) => mistake(validated?.value) ?? '',
    },
  });
}
