package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.TimingAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.nodes.StepAtomNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** A Pipeline job that checks the application out on the controller, and deploys it or rolls it back. */
final class PipelineJob {
    private final Place place;
    private final WorkflowJob job;
    private final String directory;

    private PipelineJob(Place place, WorkflowJob job, String directory) {
        this.place = place;
        this.job = job;
        this.directory = directory;
    }

    /**
     * How long it took, in seconds.
     *
     * @param step from where the Pipeline comes to the step to where it goes on after it
     * @param build from the first line of its console to the last
     */
    record Took(double step, double build) {}

    /**
     * {@return one that has not run yet; its deploy.toml is in every commit from now on}
     *
     * @param count to how many of the servers it deploys
     */
    static PipelineJob create(Place place, int count) throws Exception {
        String directory = "step-" + count;
        place.application().file(directory + ".toml", place.deployToml(directory, count));
        WorkflowJob job = place.jenkins().createProject(WorkflowJob.class, directory);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("COMMIT", ""), new StringParameterDefinition("STEP", "")));
        job.setDefinition(
                new CpsFlowDefinition("""
                node {
                  checkout scmGit(branches: [[name: params.COMMIT]], userRemoteConfigs: [[url: '%s']])
                  if (params.STEP == 'deployApp') {
                    deployApp environment: 'production', config: '%s.toml'
                  } else if (params.STEP == 'rollbackTo') {
                    rollbackTo environment: 'production', config: '%s.toml', release: 'previous'
                  }
                }
                """.formatted(place.application().path(), directory, directory), true));
        return new PipelineJob(place, job, directory);
    }

    /** {@return its directory's name on the servers} */
    String directory() {
        return directory;
    }

    /** Only checks a commit out. */
    void checkOut(String commit) throws Exception {
        build(commit, "none");
    }

    /** Makes a release of the commit and makes it current. */
    Took deploy(String commit) throws Exception {
        return took(build(commit, "deployApp"), "deployApp");
    }

    /**
     * Makes the release current that was so before.
     *
     * @param commit that is current
     */
    Took rollback(String commit) throws Exception {
        return took(build(commit, "rollbackTo"), "rollbackTo");
    }

    private WorkflowRun build(String commit, String step) throws Exception {
        return place.jenkins()
                .assertBuildStatusSuccess(job.scheduleBuild2(
                        0,
                        new ParametersAction(
                                new StringParameterValue("COMMIT", commit), new StringParameterValue("STEP", step))));
    }

    private static Took took(WorkflowRun build, String step) {
        return new Took(seconds(build, step), build.getDuration() / 1e3);
    }

    private static double seconds(WorkflowRun build, String step) {
        List<FlowNode> nodes = new DepthFirstScanner().allNodes(build.getExecution());
        FlowNode begin = nodes.stream()
                .filter(node -> node instanceof StepAtomNode atom
                        && atom.getDescriptor() != null
                        && atom.getDescriptor().getFunctionName().equals(step))
                .findAny()
                .orElseThrow();
        FlowNode end = nodes.stream()
                .filter(node -> node.getParents().contains(begin))
                .findAny()
                .orElseThrow();
        return (TimingAction.getStartTime(end) - TimingAction.getStartTime(begin)) / 1e3;
    }
}
