import { MosecFactory } from 'nestjs-mosec';
import { AppModule } from './app.module.js';

const app = await MosecFactory.listen(AppModule);
const { port } = new URL(await app.getUrl());
process.stdout.write(`curl --data-binary @apps/ocr/samples/letter.png http://localhost:${port}/ocr\n`);
