/** The Pipeline steps: their parameters, and how an order runs beside a Pipeline without holding it up. */
package io.jenkins.plugins.gateddeploy.jenkins.step;
