package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.model.Computer;
import hudson.remoting.Channel;
import java.util.Optional;

/** Where connections to servers start. */
sealed interface Place {

    /** {@return whether it can be used now} */
    boolean isThere();

    /** On the controller itself. */
    record Controller() implements Place {
        @Override
        public boolean isThere() {
            return true;
        }
    }

    /**
     * On an agent.
     *
     * @param agent its name
     * @param channel as long as it is open
     */
    record Agent(String agent, Channel channel) implements Place {

        /** {@return the place on a computer of this Jenkins, if it is connected} */
        static Optional<Place> on(Computer computer) {
            return computer.getChannel() instanceof Channel channel && !channel.isClosingOrClosed()
                    ? Optional.of(new Agent(computer.getName(), channel))
                    : Optional.empty();
        }

        @Override
        public boolean isThere() {
            return !channel.isClosingOrClosed();
        }
    }
}
