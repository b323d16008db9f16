package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.notice.Notice;
import io.jenkins.plugins.gateddeploy.notice.Outbox;
import io.jenkins.plugins.gateddeploy.notice.WentBack;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What was told, in the history's file. */
final class OutboxInFile implements Outbox {
    /** In days. What is older can come from no gate that is still looked at. */
    private static final int KEPT = 30;

    private final HistoryFile file;

    OutboxInFile(HistoryFile file) {
        this.file = file;
    }

    @Override
    public Map<String, Instant> channels(Set<String> names, Instant now) {
        Map<String, Instant> known = file.read(OutboxInFile::channels);
        if (known.keySet().equals(names)) {
            return known;
        }
        try {
            return file.write(handle -> {
                channels(handle).keySet().stream()
                        .filter(name -> !names.contains(name))
                        .forEach(name -> handle.execute("delete from notice_channel where name = ?", name));
                Set<String> there = channels(handle).keySet();
                names.stream()
                        .filter(name -> !there.contains(name))
                        .forEach(name -> handle.execute(
                                "insert into notice_channel (name, since) values (?, ?)", name, Columns.time(now)));
                return channels(handle);
            });
        } catch (HistoryException e) {
            // Another process was a moment faster.
            return Optional.of(e)
                    .filter(Faults::isDuplicate)
                    .map(duplicate -> file.read(OutboxInFile::channels))
                    .orElseThrow(() -> e);
        }
    }

    private static Map<String, Instant> channels(Handle handle) {
        Map<String, Instant> channels = new HashMap<>();
        handle.createQuery("select name, since from notice_channel")
                .map((row, context) -> Map.entry(row.getString(1), Columns.instant(row, 2)))
                .forEach(e -> channels.put(e.getKey(), e.getValue()));
        return channels;
    }

    @Override
    public List<Gate> gates(Instant after) {
        return file.read(handle -> new GateTable(handle).openAfter(after));
    }

    @Override
    public List<WentBack> wentBack(Instant after) {
        return file.read(handle -> handle.createQuery("select id, app, environment, sequence_number, tag, commit_id,"
                        + " subject, actor, job, build, message, ended from deployment where state = 'ROLLED_BACK' and"
                        + " ended > ? and id in (select deployment from event where state = 'CONFIRMING' and message"
                        + " like ?) order by entry")
                .bind(0, Columns.time(after))
                .bind(1, WentBack.WATCHED + "%")
                .map((row, context) -> new WentBack(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        revision(row.getString(5), row.getString(6), row.getString(7)),
                        row.getString(8),
                        row.getString(9),
                        row.getInt(10),
                        row.getString(11),
                        Columns.instant(row, 12)))
                .list());
    }

    private static String revision(String tag, String commit, String subject) {
        String name = tag.isEmpty() ? commit.substring(0, Math.min(7, commit.length())) : tag;
        return subject.isEmpty() ? name : name + " \"" + subject + "\"";
    }

    @Override
    public Map<String, Entry> entries(String channel, Instant after) {
        return file.read(handle -> {
            Map<String, Entry> entries = new HashMap<>();
            handle.createQuery("select notice_key, state, attempts, next_attempt, error from notice"
                            + " where channel = ? and happened > ?")
                    .bind(0, channel)
                    .bind(1, Columns.time(after))
                    .map((row, context) -> Map.entry(
                            row.getString(1),
                            new Entry(
                                    State.valueOf(row.getString(2)),
                                    row.getInt(3),
                                    Columns.instant(row, 4),
                                    row.getString(5))))
                    .forEach(e -> entries.put(e.getKey(), e.getValue()));
            return entries;
        });
    }

    @Override
    public boolean claim(Notice notice, String channel, int attempts, Instant until) {
        String key = notice.key().toString();
        if (attempts > 0) {
            return file.write(handle -> handle.execute(
                            "update notice set attempts = attempts + 1, next_attempt = ?"
                                    + " where notice_key = ? and channel = ? and attempts = ? and state = ?",
                            Columns.time(until),
                            key,
                            channel,
                            attempts,
                            State.TRYING.name()))
                    == 1;
        }
        try {
            return file.write(handle -> handle.execute(
                            "insert into notice (notice_key, channel, happened, state, attempts, next_attempt, error)"
                                    + " values (?, ?, ?, ?, 1, ?, '')",
                            key,
                            channel,
                            Columns.time(notice.time()),
                            State.TRYING.name(),
                            Columns.time(until)))
                    == 1;
        } catch (HistoryException e) {
            if (Faults.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void settle(String key, String channel, State state, String error) {
        file.write(handle -> handle.execute(
                "update notice set state = ?, error = ? where notice_key = ? and channel = ?",
                state.name(),
                Columns.text(error),
                key,
                channel));
    }

    @Override
    public void retry(String key, String channel, Instant next, String error) {
        file.write(handle -> handle.execute(
                "update notice set next_attempt = ?, error = ? where notice_key = ? and channel = ? and state = ?",
                Columns.time(next),
                Columns.text(error),
                key,
                channel,
                State.TRYING.name()));
    }

    @Override
    public Map<String, String> giveUp(String channel, Instant before) {
        Map<String, String> stale = file.read(handle -> trying(handle, channel, before));
        if (stale.isEmpty()) {
            return stale;
        }
        return file.write(handle -> {
            Map<String, String> still = trying(handle, channel, before);
            handle.execute(
                    "update notice set state = ? where channel = ? and state = ? and happened <= ?",
                    State.GIVEN_UP.name(),
                    channel,
                    State.TRYING.name(),
                    Columns.time(before));
            handle.execute("delete from notice where happened < ?", Columns.time(before.minus(KEPT, ChronoUnit.DAYS)));
            return still;
        });
    }

    private static Map<String, String> trying(Handle handle, String channel, Instant before) {
        Map<String, String> errors = new HashMap<>();
        handle.createQuery("select notice_key, error from notice where channel = ? and state = ? and happened <= ?")
                .bind(0, channel)
                .bind(1, State.TRYING.name())
                .bind(2, Columns.time(before))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(e -> errors.put(e.getKey(), e.getValue()));
        return errors;
    }
}
