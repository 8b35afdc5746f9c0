import { Injectable, NotFoundException } from '@nestjs/common';
import { MosecConfigurationError } from '../../interfaces/mosec-configuration.error.js';
import { ModelStatistics } from '../statistics/model-statistics.js';
import type { ServedModel } from './served-model.js';

interface Entry {
  readonly model: ServedModel;
  readonly statistics: ModelStatistics;
}

/** Longest part of a path that an error repeats. */
const SHOWN_CHARACTERS = 64;

/** The models of an application, from all its feature modules. */
@Injectable()
export class ModelRepository {
  private readonly entries = new Map<string, Entry>();

  get models(): readonly ServedModel[] {
    return [...this.entries.values()].map(({ model }) => model);
  }

  /** @throws MosecConfigurationError when another model has the name */
  add(model: ServedModel): void {
    if (this.entries.has(model.name)) {
      throw new MosecConfigurationError(
        `Model "${model.name}" is in two OpenInferenceModule.forFeature() calls: give one of them another name.`,
      );
    }
    this.entries.set(model.name, { model, statistics: new ModelStatistics() });
  }

  /**
   * @param version as in the path; undefined where that names none
   * @throws NotFoundException 404 naming what there is not
   */
  find(name: string, version?: string): ServedModel {
    const model = this.entries.get(name)?.model;
    if (!model) throw new NotFoundException(`there is no model "${name.slice(0, SHOWN_CHARACTERS)}"`);
    if (version === undefined || version === model.version) return model;
    const asked = version.slice(0, SHOWN_CHARACTERS);
    throw new NotFoundException(`model "${name}" has no version "${asked}"; it has "${model.version}"`);
  }

  statisticsOf(model: ServedModel): ModelStatistics {
    return (this.entries.get(model.name) as Entry).statistics;
  }
}
