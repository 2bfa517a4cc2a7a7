export { kinds } from './kinds.js';
export { PipelineCatalogue, type CatalogueEntry } from './pipeline-catalogue.js';
export { previewPipeline, type Preview, type PreviewStage } from './preview.js';
