package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.registration.Starter.Kind;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who is acting in this Jenkins. The security realm is asked once for each call, which may take as long as its server
 * takes; keep what comes back.
 */
public final class Actors {
    private static final Logger LOG = Logger.getLogger(Actors.class.getName());

    private Actors() {}

    /** {@return the person, timer or change at the root of a build's chain of causes} */
    public static Actor of(Run<?, ?> build) {
        return root(build).actor();
    }

    /** {@return the same, with what it is and with whose permissions} */
    public static Root root(Run<?, ?> build) {
        return Causes.root(build.getCauses());
    }

    /** {@return a person with the groups that the security realm knows} */
    public static Actor of(User user) {
        return person(user).actor();
    }

    /** {@return whoever calls: the person of a request, or nobody who is logged in} */
    public static Actor current() {
        return root(Jenkins.getAuthentication2()).actor();
    }

    /** {@return a person who is logged in, with the groups of that login} */
    public static Root root(Authentication login) {
        if (ACL.SYSTEM2.equals(login)) {
            return nobody("(jenkins)", "Jenkins itself");
        }
        if (ACL.isAnonymous2(login)) {
            return anonymous();
        }
        User user = User.get2(login);
        String id = user == null ? login.getName() : user.getId();
        String name = user == null ? login.getName() : user.getDisplayName();
        return new Root(Kind.PERSON, new Actor(notReserved(id), name, groups(login)), login);
    }

    /** {@return the person whom a cause names} */
    static Root person(String id) {
        if (id == null) {
            return anonymous();
        }
        if (id.equalsIgnoreCase(ACL.SYSTEM_USERNAME)) {
            return nobody("(jenkins)", "Jenkins itself");
        }
        User user = User.getById(id, false);
        return user == null
                ? new Root(Kind.PERSON, new Actor(notReserved(id), id, Set.of()), Jenkins.ANONYMOUS2)
                : person(user);
    }

    /** {@return what is no person, with a name in parentheses, which no person has here} */
    static Root machine(Kind kind, String id, String name) {
        return new Root(kind, new Actor(id, name, Set.of()), Jenkins.ANONYMOUS2);
    }

    static Root nobody(String id, String name) {
        return machine(Kind.OTHER, id, name);
    }

    private static Root anonymous() {
        // Jenkins lets nobody sign up under this name.
        return new Root(Kind.PERSON, new Actor(ACL.ANONYMOUS_USERNAME, "Anonymous", Set.of()), Jenkins.ANONYMOUS2);
    }

    private static Root person(User user) {
        Authentication login = login(user);
        Actor actor = new Actor(notReserved(user.getId()), user.getDisplayName(), groups(login));
        return new Root(Kind.PERSON, actor, login);
    }

    /**
     * What the realm says of a person who is not here. A realm that cannot tell lets Jenkins use the groups of the last
     * login. User.getAuthorities would do too, but answers administrators alone.
     */
    private static Authentication login(User user) {
        try {
            return user.impersonate2();
        } catch (AuthenticationException e) {
            // Gone from the realm, or the realm is out of order: no group, no right but everybody's.
            LOG.log(Level.FINE, e, () -> "The security realm does not know " + user.getId());
            return Jenkins.ANONYMOUS2;
        }
    }

    private static Set<String> groups(Authentication login) {
        String everybody = SecurityRealm.AUTHENTICATED_AUTHORITY2.getAuthority();
        return login.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(group -> group != null && !group.equals(everybody))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** So that nobody is taken for a timer: a realm may give out such ids, though Jenkins' own does not. */
    private static String notReserved(String id) {
        return id.startsWith("(") && id.endsWith(")") ? "user " + id : id;
    }
}
