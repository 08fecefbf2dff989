import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qualityMetrics } from '../../src/api/resolvers/quality-metric.ts';
import type { FollowedMetrics } from '../../src/app/client/operations.ts';
import { metricNamed } from '../../src/app/commands/run-quality.ts';
import { QUALITY_METRICS } from '../../src/domain/quality.ts';

test('a run is shown by the figure that it is judged by, whichever it is', () => {
  const figures = Object.fromEntries(QUALITY_METRICS.map((metric, i) => [metric, i / 100]));
  const metrics = figures as unknown as FollowedMetrics;
  const names = QUALITY_METRICS.map((metric, i) => {
    const { name, of } = metricNamed(qualityMetrics[metric]);
    assert.equal(of(metrics), (i / 100).toFixed(3));
    assert.equal(of(null), '–');
    return name;
  });
  assert.equal(new Set(names).size, names.length);
  assert.equal(metricNamed('KNN_ACCURACY').name, 'kNN accuracy');
});
