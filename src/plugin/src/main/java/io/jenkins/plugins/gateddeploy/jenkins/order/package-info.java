/**
 * What a build asks for: deploy, roll back, verify. An order is kept with its step, is carried out by the engine at a
 * {@link io.jenkins.plugins.gateddeploy.jenkins.order.Site}, and is the same whether a Pipeline or a freestyle job gave it.
 */
package io.jenkins.plugins.gateddeploy.jenkins.order;
