import 'reflect-metadata';

/** Own metadata of a class with `@Stage`. */
export const STAGE_METADATA = 'mosec:stage';
/** Metadata of a base class that brings options along; stages that extend it inherit it. */
export const STAGE_BASE_METADATA = 'mosec:stage-base';
/** Own metadata of a class with `@Pipeline`. */
export const PIPELINE_METADATA = 'mosec:pipeline';
/** Metadata of the base class that `PipelineOf` makes; subclasses inherit it. */
export const PIPELINE_OF_METADATA = 'mosec:pipeline-of';
/** Own metadata of a class with `@Route`. */
export const ROUTE_METADATA = 'mosec:route';
/** Own metadata of a pipeline class: the injection token of its client. */
export const TOKEN_METADATA = 'mosec:pipeline-token';
