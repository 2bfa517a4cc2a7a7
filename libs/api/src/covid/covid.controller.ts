import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { IncidenceService } from '@weir/incidence';
import type { Request, Response } from 'express';
import { ApiProblems, problemsOfScopedRoutes } from '../docs/problem.dto.js';
import { RequireScope } from '../http/key.guard.js';
import {
  incidenceParameters,
  IncidenceQueryDto,
  RegionsQueryDto,
  stateParameters,
  SummaryQueryDto,
} from './covid-query.dto.js';
import { RegionPageDto, SummaryPageDto } from './covid.dto.js';
import { regionsExample, summaryExample } from './covid.examples.js';
import { ApiFigures, ApiIncidence } from './covid.responses.js';
import { negotiateFormat } from './negotiate.js';
import { sendFigures } from './send-figures.js';

const dataset = 'covid';

@ApiTags('Covid')
@ApiSecurity('x-key')
@RequireScope('data')
@Controller('covid')
export class CovidController {
  constructor(private readonly incidence: IncidenceService) {}

  @Get('incidence')
  @ApiOperation({
    summary: 'Figures per region and day, week or month',
    description:
      'JSON comes in pages; CSV and NDJSON without `limit` stream everything. All pages of an answer come from the state ' +
      'that the first page saw, whatever is loaded meanwhile.',
  })
  @ApiIncidence()
  @ApiProblems(...problemsOfScopedRoutes, 'invalid_cursor', 'unknown_region', 'not_acceptable')
  async list(@Query() query: IncidenceQueryDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return sendFigures(
      request,
      response,
      await this.incidence.list(dataset, incidenceParameters(query), negotiateFormat(request, query.format)),
    );
  }

  @Get('regions')
  @ApiOperation({ summary: 'Regions that have figures', description: 'All of them, ordered by code.' })
  @ApiFigures(RegionPageDto, 'All regions', regionsExample)
  @ApiProblems(...problemsOfScopedRoutes)
  async regions(@Query() query: RegionsQueryDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return sendFigures(request, response, await this.incidence.regions(dataset, stateParameters(query)));
  }

  @Get('summary')
  @ApiOperation({
    summary: 'Latest figures, totals and seven-day sums of each region',
    description: 'With the change on the week before. A region’s seven days end on its own latest day.',
  })
  @ApiFigures(SummaryPageDto, 'One entry for each region that has figures, by code', summaryExample)
  @ApiProblems(...problemsOfScopedRoutes, 'unknown_region')
  async summary(@Query() query: SummaryQueryDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    return sendFigures(request, response, await this.incidence.summary(dataset, stateParameters(query)));
  }
}
