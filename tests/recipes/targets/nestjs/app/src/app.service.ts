import { Injectable } from '@nestjs/common';

@Injectable()
export class AppService {
  private readonly items = [
    { id: 1, name: 'Pen' },
    { id: 2, name: 'Paper' },
  ];

  all() {
    return this.items;
  }
}
