import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { Profile, RegisteredUser, IssuedKey } from '@weir/accounts';
import { Text } from '../http/fields.js';

const exampleKey = 'weir_a1B2c3D4_0YyWc7kYb2mT4rHq9LxVnP5sZeJgUd8fAoRi3KtBw61_5d2c8f0e';

@ApiSchema({ name: 'Credentials' })
export class CredentialsDto {
  @ApiProperty({
    format: 'email',
    maxLength: 254,
    example: 'ada@example.org',
    description: 'Compared without regard to letter case.',
  })
  @Text()
  email!: string;

  @ApiProperty({
    format: 'password',
    minLength: 8,
    maxLength: 72,
    example: 'correct horse battery',
    description: '8 characters to 72 bytes in UTF-8, without NUL.',
  })
  @Text()
  password!: string;
}

function ApiKeyText(): PropertyDecorator {
  return ApiProperty({
    example: exampleKey,
    description: 'To be sent as `x-key`. It is shown this once and cannot be read again.',
  });
}

@ApiSchema({ name: 'IssuedKey' })
export class IssuedKeyDto implements IssuedKey {
  @ApiKeyText()
  api_key!: string;
}

@ApiSchema({ name: 'RegisteredUser' })
export class RegisteredUserDto implements RegisteredUser {
  @ApiProperty({ format: 'uuid', example: '6f1c2a9e-3b7d-4c58-9e0a-1d2b3c4d5e6f', description: 'Of the user.' })
  id!: string;

  @ApiProperty({ format: 'email', example: 'ada@example.org', description: 'As it was registered.' })
  email!: string;

  @ApiKeyText()
  api_key!: string;
}

@ApiSchema({ name: 'ProfileKey' })
class ProfileKeyDto {
  @ApiProperty({ example: 'a1B2c3D4', description: 'The part of the key that is no secret.' })
  id!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:30:00.000Z', description: 'UTC.' })
  created_at!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-21T12:01:30.000Z',
    description: 'UTC; written at most once a minute.',
  })
  last_used_at!: string | null;
}

@ApiSchema({ name: 'Profile' })
export class ProfileDto implements Profile {
  @ApiProperty({ format: 'uuid', example: '6f1c2a9e-3b7d-4c58-9e0a-1d2b3c4d5e6f', description: 'Of the user.' })
  id!: string;

  @ApiProperty({ format: 'email', example: 'ada@example.org', description: 'As it was registered.' })
  email!: string;

  @ApiProperty({ enum: ['data', 'pipelines'], isArray: true, example: ['data'], description: 'What the key may do.' })
  scopes!: Profile['scopes'];

  @ApiProperty({ type: ProfileKeyDto, description: 'The key that this request was made with.' })
  key!: ProfileKeyDto;
}
