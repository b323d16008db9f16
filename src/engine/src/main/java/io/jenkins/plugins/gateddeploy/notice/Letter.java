package io.jenkins.plugins.gateddeploy.notice;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * A notice as a message: plain text in UTF-8. All mails about one gate refer to the same first message, so that programs
 * show them as one conversation (RFC 5322, section 3.6.4); none of them is to be answered by a machine (RFC 3834); a list
 * id lets people sort them (RFC 2919).
 */
final class Letter extends MimeMessage {
    private static final int LONGEST_SUBJECT = 200;

    private final String id;

    Letter(Session session, InternetAddress sender, Notice notice) throws MessagingException {
        super(session);
        String domain = domain(sender);
        String first = id(new Notice.Key(notice.key().thread(), "opened"), domain);
        id = id(notice.key(), domain);
        setFrom(sender);
        setSubject(clipped(oneLine(notice.text().title())), "UTF-8");
        setText(String.join("\n", notice.text().lines()), "UTF-8", "plain");
        setSentDate(Date.from(notice.time()));
        setHeader("Auto-Submitted", "auto-generated");
        setHeader("List-Id", "<gated-deploy." + domain + ">");
        if (!id.equals(first)) {
            setHeader("In-Reply-To", first);
            setHeader("References", first);
        }
    }

    Letter to(List<InternetAddress> readers) throws MessagingException {
        setRecipients(Message.RecipientType.TO, readers.toArray(InternetAddress[]::new));
        return this;
    }

    /** The same for the same notice, so that a program which gets it twice can show it once. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    /** Names of people can be in a key; only their digest goes out. */
    private static String id(Notice.Key key, String domain) {
        return "<" + UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.UTF_8)) + "@" + domain + ">";
    }

    private static String domain(InternetAddress sender) {
        String address = sender.getAddress();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return domain.matches("[A-Za-z0-9.-]+") ? domain : "gated-deploy.invalid";
    }

    /** {@return the text with a space for every line end and control character: what stands in a header ends there} */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }

    private static String clipped(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_SUBJECT) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
    }
}
