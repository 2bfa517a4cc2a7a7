/**
 * A route of NestJS alone that answers with the text it is started with: `node bench/api/bare-route.mjs <file>`. Says
 * `Ready: <address>`, and ends with its parent.
 */
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const body = await readFile(process.argv[2], 'utf8');

class RouteController {
  answer() {
    return body;
  }
}
const answer = Object.getOwnPropertyDescriptor(RouteController.prototype, 'answer');
Get('covid/incidence')(RouteController.prototype, 'answer', answer);
Header('content-type', 'application/json; charset=utf-8')(RouteController.prototype, 'answer', answer);
Controller()(RouteController);
class RouteModule {}
Module({ controllers: [RouteController] })(RouteModule);

const app = await NestFactory.create(RouteModule, { logger: false });
await app.listen(0, '127.0.0.1');
console.log(`Ready: ${await app.getUrl()}`);
process.stdin.resume().on('end', () => process.exit());
