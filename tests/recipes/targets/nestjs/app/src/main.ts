import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
// slot: top

async function bootstrap() {
  const app = await NestFactory.create(
    AppModule,
    // slot: options
  );
  // slot: first
  // slot: recipe
  // slot: late
  await app.listen(process.env.PORT ?? 3000, '127.0.0.1');
  // slot: after
}
await bootstrap();
