package io.jenkins.plugins.gateddeploy.notice;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells people by e-mail: one message to all of them. */
public final class Mail implements Channel {
    private final MailAccount account;
    private final Consumer<String> log;

    /** @param log takes a sentence when a mail reached only some of its readers */
    public Mail(MailAccount account, Consumer<String> log) {
        this.account = account;
        this.log = log;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void deliver(Notice notice) throws Undelivered {
        List<InternetAddress> readers = readers(notice);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // The API finds the protocol and the encoders of text through the thread's class loader.
        Thread.currentThread().setContextClassLoader(Session.class.getClassLoader());
        try {
            Session session = account.session();
            // A server that takes nothing must not hold this up, and one bad address must not keep others from reading.
            Properties properties = session.getProperties();
            properties.put("mail.smtp.writetimeout", "20000");
            properties.put("mail.smtp.sendpartial", "true");
            Transport.send(new Letter(session, sender(), notice).to(readers));
        } catch (SendFailedException e) {
            judge(notice, e);
        } catch (MessagingException e) {
            throw Undelivered.later("the mail server said: " + words(e));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private InternetAddress sender() throws Undelivered {
        try {
            return new InternetAddress(account.from(), true);
        } catch (AddressException e) {
            // Somebody may mend the setting meanwhile.
            throw Undelivered.later("the sender's address \"" + account.from() + "\" is none (" + e.getMessage() + ")");
        }
    }

    private List<InternetAddress> readers(Notice notice) throws Undelivered {
        Set<InternetAddress> readers = new LinkedHashSet<>();
        List<String> unusable = new ArrayList<>();
        for (String address : account.recipients(notice)) {
            try {
                readers.add(new InternetAddress(address, true));
            } catch (AddressException e) {
                unusable.add(address);
            }
        }
        if (readers.isEmpty()) {
            throw Undelivered.forGood(
                    unusable.isEmpty()
                            ? "no address is known of anybody who should read it"
                            : "these are no addresses: " + String.join(", ", unusable));
        }
        return List.copyOf(readers);
    }

    /** Who has it must not get it again. */
    private void judge(Notice notice, SendFailedException e) throws Undelivered {
        String refused = list(e.getInvalidAddresses());
        if (e.getValidSentAddresses() != null && e.getValidSentAddresses().length > 0) {
            log.accept("The mail " + notice.key() + " did not reach " + refused + list(e.getValidUnsentAddresses())
                    + ": " + words(e));
            return;
        }
        boolean nobodyLeft =
                !refused.isEmpty() && list(e.getValidUnsentAddresses()).isEmpty();
        String message = "the mail server did not take it: " + words(e);
        throw nobodyLeft ? Undelivered.forGood(message) : Undelivered.later(message);
    }

    private static String list(Address[] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses).map(Address::toString).collect(Collectors.joining(", "));
    }

    /** {@return what went wrong in each of the chained exceptions, on one line} */
    private static String words(MessagingException e) {
        List<String> parts = new ArrayList<>();
        for (Exception next = e;
                next != null;
                next = next instanceof MessagingException m ? m.getNextException() : null) {
            parts.add(next.getMessage() == null ? next.getClass().getSimpleName() : next.getMessage());
        }
        return Letter.oneLine(parts.stream().distinct().collect(Collectors.joining("; ")));
    }
}
