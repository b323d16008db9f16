package io.jenkins.plugins.gateddeploy.jenkins.hand;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.jenkins.order.BackByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.order.Errand;
import io.jenkins.plugins.gateddeploy.jenkins.order.GoingBack;
import io.jenkins.plugins.gateddeploy.jenkins.order.OutsideBuilds;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.LanePlace;
import io.jenkins.plugins.gateddeploy.release.Ports;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A rollback that a person has asked for, on its way to its turn: nobody is asked to agree to a way back, and it is let
 * through a closed environment.
 *
 * @param record as it was when the attempt began
 * @param back asks for it
 */
record Returning(Errands errands, Errand errand, DeploymentRecord record, BackByHand back, GoingBack wanted)
        implements Way {
    private static final Logger LOGGER = Logger.getLogger(Returning.class.getName());

    @Override
    public void goOn() throws ProblemException, IOException {
        BackByHand.Prepared prepared = back.prepare(wanted);
        Ports ports = ByHand.ports(back.job(), back.person());
        if (!errands.hasTurn(errand, record, ports, new LanePlace(record.id(), "", "", prepared.rules()))) {
            return;
        }
        back.entering(record);
        Errands.entered(record, ports);
        Deployer.Request request = prepared.request();
        try {
            new Deployer(ports)
                    .rollback(request.with(request.mandate().continuing(record.id())), wanted.release(), wanted.undo());
        } catch (ProblemException e) {
            // How it ends is in the history and in its log, which its page shows.
            LOGGER.log(Level.FINE, "A rollback was refused", e);
            new Waiting(ports).refused(record.id(), e);
        } finally {
            OutsideBuilds.forget(record.id());
        }
    }
}
