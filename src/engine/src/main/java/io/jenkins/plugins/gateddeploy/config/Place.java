package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.problem.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.tomlj.Toml;

/**
 * Where a value stands: its key with the whole path, and the position in the file.
 *
 * <p>The path is a chain and is put together only for a message: written out at once for every value, a file within the limits
 * with one very long table name would take gigabytes.
 *
 * @param parent the table or array around it; null for the file itself
 * @param segment one key as TOML writes it, or an index in brackets
 * @param location the position of the key, or of the array's item
 */
record Place(Place parent, String segment, Location location) {

    static Place file(String name) {
        return new Place(null, "", new Location(name, 0, 0));
    }

    Place key(String name, int line, int column) {
        return new Place(this, Toml.joinKeyPath(List.of(Quoted.clip(name))), at(line, column));
    }

    /** {@return the place of a key that nobody wrote: it is reported where the table around it begins} */
    Place absentKey(String name) {
        return key(name, location.line(), location.column());
    }

    Place item(int index, int line, int column) {
        return new Place(this, "[" + index + "]", at(line, column));
    }

    /** {@return the whole path, such as {@code environments.production.targets[1].host}} */
    String path() {
        Deque<String> segments = new ArrayDeque<>();
        for (Place place = this; place.parent != null; place = place.parent) {
            segments.addFirst(place.segment);
        }
        return String.join(".", segments).replace(".[", "[");
    }

    private Location at(int line, int column) {
        return new Location(location.file(), line, column);
    }
}
