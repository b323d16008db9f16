package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.Request.Method;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.lane.Lane;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** The console's JSON API, as docs/console-api.md describes it. Safe for use by several threads. */
public final class Console implements AutoCloseable {
    private final Deployments deployments;
    private final Logs logs;
    private final Environments environments;
    private final Rollbacks rollbacks;
    private final GateDecisions gates;
    private final LanePages lanes;
    private final Skips skips;
    private final Background background = new Background();

    /** A console with indexes of logs of its own. */
    public Console(History history, ConsoleHost host, Clock clock) {
        this(history, host, clock, new LogIndexes());
    }

    /**
     * A console.
     *
     * @param history whose deployments are shown; stays open when this is closed
     * @param indexes of logs, which all consoles and the {@link Live} of a host share
     */
    public Console(History history, ConsoleHost host, Clock clock, LogIndexes indexes) {
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(host, "host");
        Looks looks = new Looks(host, clock, background);
        Differences differences = new Differences(host, clock, background);
        gates = new GateDecisions(history.gates(), host, clock);
        lanes = new LanePages(history.lanes(), clock);
        skips = new Skips(history, host);
        deployments = new Deployments(history, host, gates);
        logs = new Logs(deployments, indexes, clock);
        StandingPins pins = new StandingPins(history, host, clock);
        environments = new Environments(history, host, deployments, pins);
        rollbacks = new Rollbacks(history, host, deployments, pins, new Rollbacks.Known(looks, differences));
    }

    /** {@return the answer; whatever goes wrong is one too} */
    public Response answer(Request request) {
        try {
            return route(request);
        } catch (ProblemReport.Refusal e) {
            return Response.problem(e.report());
        } catch (HistoryException e) {
            return Response.problem(ProblemReport.outOfOrder("The history cannot be read", e));
        }
    }

    private Response route(Request request) {
        List<String> path = request.path();
        String first = path.isEmpty() ? "" : path.get(0);
        return switch (first) {
            case "deployments" -> deployments(request, path);
            case "environments" -> environments(request, path);
            case "gates" -> gates(request, path);
            case "lanes" -> lanes(request, path);
            case "skips" -> skips(request, path);
            default -> throw nothingThere(request);
        };
    }

    private Response deployments(Request request, List<String> path) {
        if (path.size() == 1) {
            only(Method.GET, request);
            return Response.json(200, deployments.list(request));
        }
        only(Method.GET, request);
        String id = path.get(1);
        if (path.size() == 2) {
            return Response.json(200, deployments.details(request, id));
        }
        if (path.size() == 3 && path.get(2).equals("log")) {
            return Response.json(200, logs.piece(request, id));
        }
        if (path.size() == 3 && path.get(2).equals("log.txt")) {
            return logs.whole(request, id);
        }
        if (path.size() == 4 && path.get(2).equals("log")) {
            return Response.json(200, log(request, id, path.get(3)));
        }
        throw nothingThere(request);
    }

    private Object log(Request request, String id, String what) {
        return switch (what) {
            case "outline" -> logs.outline(request, id);
            case "lines" -> logs.lines(request, id);
            case "matches" -> logs.matches(request, id);
            default -> throw nothingThere(request);
        };
    }

    private Response environments(Request request, List<String> path) {
        if (path.size() == 1) {
            only(Method.GET, request);
            return Response.json(200, environments.overview(request));
        }
        if (path.size() == 4 && path.get(3).equals("rollbacks")) {
            Place place = new Place(path.get(1), path.get(2));
            return request.method() == Method.GET
                    ? Response.json(200, rollbacks.list(request, place))
                    : Response.json(202, rollbacks.start(request, place));
        }
        if (path.size() == 4 && path.get(3).equals("unpin")) {
            only(Method.POST, request);
            return Response.json(200, rollbacks.unpin(request, new Place(path.get(1), path.get(2))));
        }
        throw nothingThere(request);
    }

    private Response gates(Request request, List<String> path) {
        if (path.size() == 3 && path.get(2).equals("decisions")) {
            only(Method.POST, request);
            return Response.json(200, gates.decide(request, path.get(1)));
        }
        if (path.size() == 3 && path.get(2).equals("withdrawals")) {
            only(Method.POST, request);
            return Response.json(200, gates.withdraw(request, path.get(1)));
        }
        only(Method.GET, request);
        return switch (path.size()) {
            case 1 -> Response.json(200, gates.list(request));
            case 2 -> Response.json(200, gates.one(request, path.get(1)));
            default -> throw nothingThere(request);
        };
    }

    private Response lanes(Request request, List<String> path) {
        if (path.size() == 4) {
            only(Method.POST, request);
            return Response.json(200, lanes.change(request, new Lane(path.get(1), path.get(2)), path.get(3)));
        }
        only(Method.GET, request);
        return switch (path.size()) {
            case 1 -> Response.json(200, lanes.list(request));
            case 3 -> Response.json(200, lanes.one(request, new Lane(path.get(1), path.get(2))));
            default -> throw nothingThere(request);
        };
    }

    private Response skips(Request request, List<String> path) {
        only(Method.GET, request);
        if (path.size() > 1) {
            throw nothingThere(request);
        }
        return Response.json(200, skips.list(request));
    }

    private static void only(Method method, Request request) {
        if (request.method() != method) {
            throw new ProblemReport(
                            405,
                            "Not that way",
                            request.method() + " is not possible here, only " + method + ".",
                            List.of())
                    .refusal();
        }
    }

    private static ProblemReport.Refusal nothingThere(Request request) {
        return ProblemReport.notFound("There is no /" + String.join("/", request.path()) + " in this API.")
                .refusal();
    }

    /** Ends what is looked up in the background. */
    @Override
    public void close() {
        background.close();
    }
}
