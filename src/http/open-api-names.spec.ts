import { describe, expect, it } from 'vitest';
import { operationIdOf, titleOf } from './open-api-names.js';

describe('when a pipeline class is named for the document', () => {
  it.each([
    ['SentimentPipeline', 'sentiment', 'Sentiment'],
    ['TextClassificationPipeline', 'textClassification', 'Text classification'],
    ['OCRPipeline', 'ocr', 'OCR'],
    ['Llama3Pipeline', 'llama3', 'Llama 3'],
    ['Pipeline', 'pipeline', 'Pipeline'],
    ['$_', '$_', '$_'],
  ])('should call %s %s, and %s for people', (className, id, title) => {
    expect(operationIdOf(className)).toBe(id);
    expect(titleOf(className)).toBe(title);
  });
});
