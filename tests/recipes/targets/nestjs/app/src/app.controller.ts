import { Controller, Delete, Get, Param, ParseIntPipe, Put, UseGuards } from '@nestjs/common';
import { AppService } from './app.service.js';
import { AuthGuard } from './auth.guard.js';
// slot: controller-top

@Controller()
export class AppController {
  constructor(private readonly appService: AppService) {}

  // slot: items
  @Get('items')
  items() {
    return this.appService.all();
  }

  @Put('items/:id')
  @UseGuards(AuthGuard)
  put(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }

  @Delete('items/:id')
  @UseGuards(AuthGuard)
  remove(@Param('id', ParseIntPipe) id: number) {
    return { deleted: id };
  }

  @Get('broken')
  broken() {
    throw new Error('The handler is broken');
  }
}
