import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { AccountsService, type Principal } from '@weir/accounts';
import { ApiProblems } from '../docs/problem.dto.js';
import { Public } from '../http/key.guard.js';
import { LimitedBy } from '../http/rate-limit.guard.js';
import { Caller } from '../http/request-context.js';
import { NoParameters } from '../http/request.dto.js';
import { CredentialsDto, IssuedKeyDto, ProfileDto, RegisteredUserDto } from './users.dto.js';

@ApiTags('Users')
@Controller('users')
export class UsersController {
  constructor(private readonly accounts: AccountsService) {}

  @Post()
  @Public()
  @LimitedBy('address', 'account')
  @ApiOperation({ summary: 'Register and get an API key', description: 'The key has the scope `data`.' })
  @ApiCreatedResponse({ type: RegisteredUserDto, description: 'The user, and a key that is shown this once' })
  @ApiProblems(
    'validation_failed',
    'malformed_json',
    'email_taken',
    'body_too_large',
    'unsupported_media_type',
    'too_many_requests',
    'dependency_unavailable',
  )
  register(@Body() { email, password }: CredentialsDto, @Query() _none: NoParameters): Promise<RegisteredUserDto> {
    return this.accounts.register(email, password);
  }

  @Post('key')
  @HttpCode(200)
  @Public()
  @LimitedBy('address', 'account')
  @ApiOperation({
    summary: 'Replace your API key',
    description: 'The old key stops working at once. Keys that an operator granted you stay as they are.',
  })
  @ApiOkResponse({ type: IssuedKeyDto, description: 'The new key, shown this once' })
  @ApiProblems(
    'validation_failed',
    'malformed_json',
    'invalid_credentials',
    'body_too_large',
    'unsupported_media_type',
    'too_many_requests',
    'dependency_unavailable',
  )
  reissue(@Body() { email, password }: CredentialsDto, @Query() _none: NoParameters): Promise<IssuedKeyDto> {
    return this.accounts.reissue(email, password);
  }

  @Get('me')
  @ApiSecurity('x-key')
  @ApiOperation({ summary: 'Who holds this key', description: 'And what the key may do.' })
  @ApiOkResponse({ type: ProfileDto, description: 'The user, and the key of this request' })
  @ApiProblems('validation_failed', 'missing_api_key', 'invalid_api_key', 'too_many_requests', 'dependency_unavailable')
  me(@Caller() caller: Principal, @Query() _none: NoParameters): Promise<ProfileDto> {
    return this.accounts.profile(caller);
  }
}
