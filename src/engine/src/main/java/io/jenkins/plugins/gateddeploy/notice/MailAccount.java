package io.jenkins.plugins.gateddeploy.notice;

import jakarta.mail.Session;
import java.util.List;

/** Whose mail it is, and by which server it goes, as the host has it configured. Asked anew for each mail. */
public interface MailAccount {

    /**
     * {@return the session of the server}
     *
     * @throws Undelivered when it cannot be had
     */
    Session session() throws Undelivered;

    /** {@return the sender's address, as RFC 5322 has it: {@code Deployments <deploy@example.org>}} */
    String from();

    /** {@return the addresses of those who are to read a notice; empty when nobody is known who should} */
    List<String> recipients(Notice notice);
}
