import { Module } from '@nestjs/common';
import { CovidController } from './covid.controller.js';

@Module({ controllers: [CovidController] })
export class CovidModule {}
