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
    const given = value ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) throw notAnObject();
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

const primitives = new Set<Type | undefined>([String, Number, Boolean, Array, Object]);

function fieldsOf(dto: Type): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

function unknownField(type: ArgumentMetadata['type'], fields: readonly string[]): string {
  const kind = type === 'query' ? 'parameter' : 'field';
  return `is no ${kind} of this request; ${fields.length === 0 ? 'it takes none' : `allowed: ${fields.join(', ')}`}`;
}

function refused(errors: readonly FieldError[]): WeirError {
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ');
  return new WeirError('validation_failed', `${detail}.`, { details: { errors } });
}

function notAnObject(): WeirError {
  return new WeirError('validation_failed', 'The body must be a JSON object.');
}
