/**
 * One deployment at a time for an application in an environment, first in first out: who waits, whose turn it is, and
 * what people may do about that. Pure values, and the port through which a host keeps them; whoever deploys asks here for
 * its turn.
 */
package io.jenkins.plugins.gateddeploy.lane;
