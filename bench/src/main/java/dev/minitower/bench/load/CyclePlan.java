package dev.minitower.bench.load;

/**
 * What the runs of a load are like.
 *
 * @param runners that cycle
 * @param creators that keep the queue filled
 * @param queueBound runs that may wait at most
 * @param logLines of each run, in batches of 100; 0 sends no batch
 * @param waitSeconds of a poll; 0 asks as the seed's runners do
 * @param patienceSeconds that the last runs may take to end
 */
public record CyclePlan(
    int runners,
    int creators,
    int queueBound,
    int logLines,
    int waitSeconds,
    int patienceSeconds) {}
