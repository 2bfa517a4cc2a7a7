/** A part of an answer, for the OpenAPI document. */
export const metricsExample = `# HELP weir_ready 1 when \`/health/ready\` says so, else 0.
# TYPE weir_ready gauge
weir_ready 1

# HELP weir_dependency_up 1 where the dependency answered at this scrape, 0 where it refused or did not answer in time.
# TYPE weir_dependency_up gauge
weir_dependency_up{dependency="postgres"} 1
weir_dependency_up{dependency="clickhouse"} 1
`;
