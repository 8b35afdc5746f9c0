import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { modelFile } from '../models/model-file.js';

/** Names of the classes: `id2label` of `config.json`, as the hub has it beside each classifier. */
@Injectable()
export class Labels implements OnModuleInit {
  /** In order of the classes. */
  all: readonly string[] = [];

  async onModuleInit(): Promise<void> {
    const { id2label } = JSON.parse(await readFile(modelFile('config.json'), 'utf8')) as {
      id2label?: Record<string, string>;
    };
    if (!id2label) throw new Error('config.json has no "id2label": take the one of the model.');
    this.all = Array.from(Object.keys(id2label), (_, index) => {
      const label = id2label[index];
      if (label === undefined)
        throw new Error(`config.json has no label for class ${index}: take the one of the model.`);
      return label;
    });
  }
}
