package io.jenkins.plugins.gateddeploy.jenkins.notice;

import hudson.ExtensionPoint;
import io.jenkins.plugins.gateddeploy.notice.Channel;

/** Mail, where a plugin is installed that knows how to send it. */
interface MailChannel extends ExtensionPoint {

    /** {@return the channel} */
    Channel channel();
}
