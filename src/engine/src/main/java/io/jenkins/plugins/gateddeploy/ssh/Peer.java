package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Duration;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;

/** Whom a connection is meant for, kept on the connection from its first byte on. */
final class Peer {
    private static final AttributeKey<Peer> KEY = new AttributeKey<>();

    private final Target target;
    private final Duration keepAlive;
    private final boolean throughJump;
    private volatile Unreachable refusal;

    Peer(Target target, Duration keepAlive, boolean throughJump) {
        this.target = target;
        this.keepAlive = keepAlive;
        this.throughJump = throughJump;
    }

    /** {@return the peer of a connection that this package opened} */
    static Peer of(Session session) {
        AttributeRepository context =
                (AttributeRepository) session.getIoSession().getAttribute(AttributeRepository.class);
        return context.getAttribute(KEY);
    }

    AttributeRepository asContext() {
        return AttributeRepository.ofKeyValuePair(KEY, this);
    }

    Target target() {
        return target;
    }

    Duration keepAlive() {
        return keepAlive;
    }

    /** {@return whether the connection runs inside one to a jump host} */
    boolean throughJump() {
        return throughJump;
    }

    /** {@return why its host key was refused; null when it was not} */
    Unreachable refusal() {
        return refusal;
    }

    void refuse(Unreachable why) {
        refusal = why;
    }
}
