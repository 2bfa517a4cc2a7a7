import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { IncidenceService, type IncidenceRow, type Page, type RegionSummary } from '@weir/incidence';
import { ApiProblems } from '../docs/problem.dto.js';
import { RequireScope } from '../http/key.guard.js';
import { NoParameters } from '../http/request.dto.js';
import { IncidencePageDto, IncidenceQueryDto, RegionPageDto } from './covid.dto.js';

const dataset = 'covid';

@ApiTags('Covid')
@ApiSecurity('x-key')
@RequireScope('data')
@Controller('covid')
export class CovidController {
  constructor(private readonly incidence: IncidenceService) {}

  @Get('incidence')
  @ApiOperation({
    summary: 'Daily figures per region',
    description: 'All pages of an answer come from the state that the first page saw, whatever is published meanwhile.',
  })
  @ApiOkResponse({ type: IncidencePageDto, description: 'One page of figures' })
  @ApiProblems(
    'validation_failed',
    'invalid_cursor',
    'unknown_region',
    'missing_api_key',
    'invalid_api_key',
    'missing_scope',
    'too_many_requests',
    'dependency_unavailable',
  )
  list(@Query() { region, ...query }: IncidenceQueryDto): Promise<Page<IncidenceRow>> {
    return this.incidence.list(dataset, { ...query, ...(region && { regions: region }) });
  }

  @Get('regions')
  @ApiOperation({ summary: 'Regions that have figures', description: 'All of them, ordered by code.' })
  @ApiOkResponse({ type: RegionPageDto, description: 'All regions' })
  @ApiProblems(
    'validation_failed',
    'missing_api_key',
    'invalid_api_key',
    'missing_scope',
    'too_many_requests',
    'dependency_unavailable',
  )
  regions(@Query() _none: NoParameters): Promise<Page<RegionSummary>> {
    return this.incidence.regions(dataset);
  }
}
