package io.jenkins.plugins.gateddeploy.command;

import java.util.List;

/**
 * What is left to do when a deployment is over.
 *
 * @param outcome one word for the journal, such as {@code SUCCEEDED}
 * @param record a line for {@code releases.jsonl}; empty for none
 * @param prune releases to remove because newer ones took their place
 * @param discard releases to remove with all that is known of them, because they failed
 */
public record Ending(String outcome, String record, List<String> prune, List<String> discard) {}
