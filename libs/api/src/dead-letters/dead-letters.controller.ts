import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { DeadLettersService, type Page, type PublicDeadLetter } from '@weir/operations';
import { ApiProblems, problemsOfScopedRoutes } from '../docs/problem.dto.js';
import { RequireScope } from '../http/key.guard.js';
import { DeadLetterPageDto, DeadLettersQueryDto } from './dead-letters.dto.js';

@ApiTags('Dead letters')
@ApiSecurity('x-key')
@RequireScope('pipelines')
@Controller('dlq')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLettersService) {}

  @Get()
  @ApiOperation({
    summary: 'What the sink refused',
    description:
      'Records that ClickHouse would not take even alone, the oldest first, with the reason and what they hold. The operator mends the sink and publishes them once more with `npx weir dlq replay`. A page may hold fewer than `limit`. Embedded, nothing is refused without failing its run, and this is empty.',
  })
  @ApiOkResponse({ type: DeadLetterPageDto, description: 'One page of dead letters' })
  @ApiProblems(...problemsOfScopedRoutes, 'invalid_cursor')
  list(@Query() query: DeadLettersQueryDto): Promise<Page<PublicDeadLetter>> {
    return this.deadLetters.publicList(query);
  }
}
