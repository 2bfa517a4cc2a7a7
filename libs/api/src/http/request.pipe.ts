import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { WeirError } from '@weir/pipeline';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate } from 'class-validator';
import type { FieldError } from './problems.js';
import { unacceptableText } from './unacceptable-text.js';

/**
 * Turns a query or a body into its DTO, or refuses it naming every field at fault. Unlike Nest's own pipe it drops
 * nothing silently, not even `__proto__`.
 */
@Injectable()
export class RequestPipe implements PipeTransform {
  async transform(value: unknown, { metatype, type, data }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom') return value;
    const errors = unacceptableText(value ?? null, data ?? '');
    if (errors.length > 0) throw refused(errors);
    if (metatype === undefined || primitives.has(metatype)) return value;
    const given: unknown = value === undefined ? {} : value;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) throw notAnObject();
    const fields = fieldsOf(metatype);
    const unknown = Object.keys(given).filter((name) => !fields.includes(name));
    if (unknown.length > 0) throw refused(unknown.map((field) => ({ field, message: unknownField(type, fields) })));
    const dto = plainToInstance(metatype, { ...given }) as object;
    const found = fields.length === 0 ? [] : await validate(dto, { stopAtFirstError: true });
    if (found.length === 0) return dto;
    throw refused(
      found.map(({ property, constraints }) => ({
        field: property,
        message: Object.values(constraints ?? {})[0] ?? 'is wrong',
      })),
    );
  }
}

/** What an answer says of what is wrong, at most: it must not be many times as long as the request. */
const mostErrors = 20;
const longestName = 100;

const primitives = new Set<Type | undefined>([String, Number, Boolean, Array, Object]);

function fieldsOf(dto: Type): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

function unknownField(type: ArgumentMetadata['type'], fields: readonly string[]): string {
  const kind = type === 'query' ? 'parameter' : 'field';
  return `is no ${kind} of this request; ${fields.length === 0 ? 'it takes none' : `allowed: ${fields.join(', ')}`}`;
}

function refused(all: readonly FieldError[]): WeirError {
  const errors = all.slice(0, mostErrors).map(({ field, message }) => ({ field: shortened(field), message }));
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  const more = all.length - errors.length;
  const rest = more > 0 ? `; and ${more} more` : '';
  return new WeirError('validation_failed', `${detail}${rest}.`, { details: { errors } });
}

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}

function notAnObject(): WeirError {
  return new WeirError('validation_failed', 'The body must be a JSON object.');
}
