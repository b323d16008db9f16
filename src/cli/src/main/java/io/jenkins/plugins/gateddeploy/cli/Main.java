package io.jenkins.plugins.gateddeploy.cli;

/** The process: runs the command and ends with its exit code. */
public final class Main {
    private Main() {}

    /** Runs the command. */
    public static void main(String[] args) {
        Outside outside = Outside.ofProcess();
        int code = ExitCode.FAILED;
        try {
            code = Cli.run(outside, args);
        } catch (Throwable e) {
            // Out of memory, a class that is not there: whatever threads are left must not keep the process alive.
            outside.err().println("gated-deploy: This should not have happened: " + e);
        }
        outside.out().flush();
        outside.err().flush();
        // Threads of libraries must not keep a finished command from ending.
        Runtime.getRuntime().halt(code);
    }
}
