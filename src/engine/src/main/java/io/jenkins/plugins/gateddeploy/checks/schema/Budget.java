package io.jenkins.plugins.gateddeploy.checks.schema;

/** Bounds the work of one comparison: unions of unions multiply. */
final class Budget {
    private long left;

    /** @param steps how many there may be */
    Budget(long steps) {
        this.left = steps;
    }

    /** Takes one step. */
    void spend() throws Spent, InterruptedException {
        if (--left < 0) {
            throw new Spent();
        }
        if (left % 1024 == 0 && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** It took too many steps. */
    static final class Spent extends Exception {
        private static final long serialVersionUID = 1;
    }
}
