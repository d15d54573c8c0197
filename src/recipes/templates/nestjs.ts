// In bootstrap() of src/main.ts, right after NestFactory.create(), before any app.use():
app.enableCors({
  origin: ['«origin»'], // further origins go into this list
  methods: ['«method»'],
  allowedHeaders: [«headers/'%'»],
«?exposed»  exposedHeaders: [«exposed/'%'»],
«?credentials»  credentials: true,
«?maxage»  maxAge: «maxage»,
});
