import { MosecFactory } from 'nestjs-mosec';
import { AppModule } from './app.module.js';

await MosecFactory.listen(AppModule);
